"""Addresses of this slice."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from partners.retrospectives import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<int:partnership_id>/retrospective/", views.retrospective, name="retrospective"),
    path("<int:partnership_id>/retrospective/keep/", views.keep, name="retrospective_keep"),
    path(
        "<int:partnership_id>/retrospective/keep/<int:keepsake_id>/let-go/",
        views.let_go,
        name="retrospective_let_go",
    ),
]
