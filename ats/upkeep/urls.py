"""Addresses of the settings about the upkeep of the house."""

from django.urls import path

from ats.upkeep import views

urlpatterns = [path("outbox/release/", views.release, name="settings_release")]
