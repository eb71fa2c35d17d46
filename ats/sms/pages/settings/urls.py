"""Addresses of the settings of SMS."""

from django.urls import path

from ats.sms.pages.settings import views

urlpatterns = [
    path("sms/", views.accounts, name="settings_sms"),
    path("sms/<int:account_id>/", views.account, name="settings_sms_account"),
]
