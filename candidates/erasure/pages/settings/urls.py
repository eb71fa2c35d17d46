"""Addresses of how long people are kept."""

from django.urls import path

from candidates.erasure.pages.settings import views

urlpatterns = [
    path("retention/", views.retention, name="settings_retention"),
    path("retention/<int:organisation_id>/", views.save, name="settings_retention_save"),
    path("retention/<int:organisation_id>/switch/", views.switch_on_or_off, name="settings_retention_switch"),
    path("retention/holds/", views.hold_a_role, name="settings_retention_hold"),
]
