"""The addresses of my day, of who waits too long, and of the first start."""

from django.urls import path

from ats.home import start, views, waiting_views

urlpatterns = [
    path("", views.my_day, name="my_day"),
    path("next/", views.day_next, name="day_next"),
    path("waiting/", waiting_views.waiting, name="waiting"),
    path("start/", start.start, name="start"),
    path("start/organisation/", start.house, name="start_house"),
    path("start/organisation/work/", start.work, name="start_work"),
    path("start/team/", start.team, name="start_team"),
]
