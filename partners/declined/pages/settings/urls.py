"""Addresses of the settings about declined requests."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from partners.declined.pages.settings import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("declined/", views.readers, name="settings_declined"),
]
