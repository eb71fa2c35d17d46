"""Addresses of the settings about sitting in."""

from django.urls import path

from candidates.shadowing.pages.settings import views

urlpatterns = [
    path("shadowing/", views.shadowing, name="settings_shadowing"),
]
