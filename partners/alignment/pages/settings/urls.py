"""Addresses of the settings about signing."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from partners.alignment.pages.settings import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("signing/", views.signing, name="settings_signing"),
]
