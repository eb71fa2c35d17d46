"""Addresses of this slice."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from candidates.scorecards.pages import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.scorecard_list, name="scorecard_list"),
    path("<int:scorecard_id>/", views.scorecard, name="scorecard"),
    path("<int:scorecard_id>/draft/", views.save, name="scorecard_save"),
    path("<int:scorecard_id>/correct/", views.correct, name="scorecard_correct"),
    path("<int:scorecard_id>/notes/", views.notes, name="scorecard_notes"),
    path("debrief/<int:application_id>/", views.debrief, name="debrief"),
]
