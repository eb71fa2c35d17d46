"""Addresses of the search at the top."""

from django.urls import path

from candidates.finding import views

urlpatterns = [
    path("", views.suggested, name="suggested"),
    path("all/", views.searched, name="search"),
]
