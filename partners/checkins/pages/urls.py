"""Addresses of this slice."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from partners.checkins.pages import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("check-ins/<int:check_in_id>/", views.check_in, name="check_in"),
    path("check-ins/<int:check_in_id>/notes/", views.notes, name="check_in_notes"),
    path("check-ins/<int:check_in_id>/confirm/", views.confirm, name="check_in_confirm"),
    path("check-ins/<int:check_in_id>/held/", views.held, name="check_in_held"),
    path("check-ins/<int:check_in_id>/move/", views.move, name="check_in_move"),
    path("check-ins/<int:check_in_id>/actions/", views.agree, name="check_in_agree"),
    path("<int:partnership_id>/rhythm/", views.rhythm, name="check_in_rhythm"),
    path("check-ins/actions/<int:action_id>/", views.action_done, name="check_in_action_done"),
]
