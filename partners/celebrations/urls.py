"""Addresses of this slice."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from partners.celebrations import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("celebrations/", views.celebrations, name="celebrations"),
]
