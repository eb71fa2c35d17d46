"""Addresses of this slice."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from partners.delegations.pages import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("away/", views.delegations, name="delegations"),
    path("away/<int:delegation_id>/end/", views.end, name="delegation_end"),
]
