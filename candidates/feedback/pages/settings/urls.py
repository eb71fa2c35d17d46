"""Addresses of the settings about feedback."""

from django.urls import path

from candidates.feedback.pages.settings import views

urlpatterns = [path("feedback/", views.feedback_rules, name="settings_feedback")]
