"""Addresses of this slice."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from candidates.reviews import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.review_list, name="review_list"),
    path("<int:review_id>/", views.review, name="review"),
]
