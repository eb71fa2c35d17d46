"""Addresses of the settings about agreements."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from partners.partnerships.pages.settings import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("agreements/", views.agreements, name="settings_agreements"),
]
