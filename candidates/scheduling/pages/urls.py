"""Addresses of finding a time."""

from django.urls import path

from candidates.scheduling.pages import availability, proposed, views

urlpatterns = [
    path("applications/<int:application_id>/", views.application_interviews, name="application_interviews"),
    path("applications/<int:application_id>/book/", views.book_interviews, name="book_interviews"),
    path("applications/<int:application_id>/ask/", views.ask_for_time, name="ask_for_time"),
    path(
        "applications/<int:application_id>/times/<int:booking_request_id>/take-back/",
        views.take_back_times,
        name="take_back_times",
    ),
    path(
        "applications/<int:application_id>/availability/",
        availability.ask_for_availability,
        name="ask_for_availability",
    ),
    path(
        "applications/<int:application_id>/availability/<int:availability_request_id>/take-back/",
        availability.take_back_availability,
        name="take_back_availability",
    ),
    path("times/<int:availability_request_id>/", availability.give_availability, name="give_availability"),
    path("proposed/<int:proposed_time_id>/take/", proposed.take_proposed_time, name="take_proposed_time"),
    path(
        "proposed/<int:proposed_time_id>/refuse/", proposed.refuse_proposed_time, name="refuse_proposed_time"
    ),
    path("<int:interview_id>/move/", views.move_interview, name="move_interview"),
    path("<int:interview_id>/cancel/", views.cancel_interview, name="cancel_interview"),
    path("<int:interview_id>/no-show/", views.no_show, name="no_show"),
    path(
        "<int:interview_id>/seats/<int:seat_id>/replace/",
        views.replace_in_interview,
        name="replace_in_interview",
    ),
]
