"""Addresses of a candidate's choice of SMS."""

from django.urls import path

from candidates.portal.pages.sms import views

urlpatterns = [
    path("<str:token>/sms/", views.status_sms, name="status_sms"),
    path("<str:token>/sms/number/", views.status_sms_number, name="status_sms_number"),
    path("<str:token>/sms/code/", views.status_sms_code, name="status_sms_code"),
    path("<str:token>/sms/end/", views.status_sms_end, name="status_sms_end"),
]
