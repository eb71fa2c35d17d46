"""Addresses of the settings about surveys."""

from django.urls import path

from candidates.surveys.pages.settings import views

urlpatterns = [path("surveys/", views.surveys, name="settings_surveys")]
