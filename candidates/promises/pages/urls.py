"""Addresses of the page of who is told by law in time; below `/waiting/`."""

from django.urls import path

from candidates.promises.pages import views

urlpatterns = [path("by-law/", views.by_law, name="told_by_law")]
