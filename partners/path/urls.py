"""Addresses of this slice."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from partners.path import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<int:partnership_id>/path/", views.path, name="partner_path"),
    path("evidence-exercise/", views.exercise, name="evidence_exercise"),
]
