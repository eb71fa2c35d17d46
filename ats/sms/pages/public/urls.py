"""Addresses that providers of SMS call."""

from django.urls import path

from ats.sms.pages.public import views

urlpatterns = [path("hooks/<int:account_id>/", views.sms_hook, name="sms_hook")]
