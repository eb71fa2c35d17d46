"""Addresses that the readers of our mail open, and those who carry it."""

from django.urls import path

from ats.mail.pages.public import hooks, views

urlpatterns = [
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("hooks/<str:provider>/<str:what>/", hooks.hook, name="mail_hook"),
]
