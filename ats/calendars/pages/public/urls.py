"""The address of somebody's private calendar feed."""

from django.urls import path

from ats.calendars.pages.public import views

urlpatterns = [path("feed/<str:token>.ics", views.calendar_feed, name="calendar_feed")]
