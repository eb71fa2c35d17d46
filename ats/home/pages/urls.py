"""The addresses of my day, of who waits too long, and of the first start."""

from django.urls import path

from ats.home.pages import views

urlpatterns = [
    path("", views.my_day, name="my_day"),
    path("next/", views.day_next, name="day_next"),
    path("waiting/", views.waiting, name="waiting"),
    path("start/", views.start, name="start"),
    path("start/organisation/", views.house, name="start_house"),
    path("start/organisation/work/", views.work, name="start_work"),
    path("start/team/", views.team, name="start_team"),
]
