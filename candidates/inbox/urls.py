"""Addresses of this slice."""

from django.urls import path

from candidates.inbox import views

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<int:incoming_id>/", views.message, name="inbox_message"),
    path("<int:incoming_id>/place/", views.place, name="inbox_place"),
    path("<int:incoming_id>/note/", views.note, name="inbox_note"),
    path("<int:incoming_id>/aside/", views.set_aside, name="inbox_set_aside"),
]
