"""Addresses of this slice."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from partners.declined.pages import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("declined/", views.declined_list, name="declined_list"),
    path("declined/new/", views.declined_new, name="declined_new"),
    path("declined/<int:declined_id>/", views.declined, name="declined"),
    path("declined/<int:declined_id>/add/", views.add, name="declined_add"),
    path("declined/<int:declined_id>/answer/", views.answer, name="declined_answer"),
    path("declined/<int:declined_id>/support/", views.support, name="declined_support"),
    path("declined/<int:declined_id>/export/", views.export, name="declined_export"),
]
