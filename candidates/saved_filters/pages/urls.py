"""Addresses of this slice."""

from django.urls import path

from candidates.saved_filters.pages import views

urlpatterns = [
    path("", views.filter_list, name="saved_filters"),
    path("new/", views.new, name="saved_filter_new"),
    path("<int:filter_id>/", views.edit, name="saved_filter"),
    path("<int:filter_id>/remove/", views.remove, name="saved_filter_remove"),
    path("<int:filter_id>/follow/", views.follow, name="saved_filter_follow"),
    path("<int:filter_id>/fresh/", views.fresh, name="saved_filter_fresh"),
]
