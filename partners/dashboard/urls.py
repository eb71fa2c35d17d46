"""Addresses of this slice."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from partners.dashboard import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.partnership_list, name="partnership_list"),
    path("dashboard/", views.dashboard, name="dashboard"),
    path("<int:partnership_id>/", views.partnership, name="partnership"),
    path("<int:partnership_id>/version/", views.version, name="partnership_version"),
]
