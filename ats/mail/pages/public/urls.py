"""Addresses that the readers of our mail open."""

from django.urls import path

from ats.mail.pages.public import views

urlpatterns = [path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe")]
