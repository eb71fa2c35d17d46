"""Addresses of this slice."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from partners.commitments import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("commitments/<int:commitment_id>/excuse/", views.excuse, name="commitment_excuse"),
]
