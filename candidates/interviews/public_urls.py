"""The address of somebody's private calendar feed."""

from django.urls import path

from candidates.interviews import public_views as views

urlpatterns = [path("feed/<str:token>.ics", views.calendar_feed, name="calendar_feed")]
