"""Addresses of this slice."""

from django.urls import path

from candidates.apply import views

urlpatterns = [
    path("<slug:slug>/apply/", views.apply, name="apply"),
    path("<slug:slug>/thanks/", views.thanks, name="apply_thanks"),
]
