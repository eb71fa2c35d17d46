"""Addresses that those who carry our mail call."""

from django.urls import path

from ats.mail.pages.public import hooks

urlpatterns = [path("hooks/<str:provider>/<str:what>/", hooks.hook, name="mail_hook")]
