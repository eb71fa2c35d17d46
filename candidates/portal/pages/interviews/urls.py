"""Addresses of the candidate's interviews."""

from django.urls import path

from candidates.portal.pages.interviews import views

urlpatterns = [
    path("<str:token>/times/<int:request_id>/", views.status_times, name="status_times"),
    path("<str:token>/time-zone/", views.status_zone, name="status_zone"),
    path("<str:token>/interviews/<int:interview_id>/", views.status_interview, name="status_interview"),
    path(
        "<str:token>/interviews/<int:interview_id>/needs/",
        views.status_interview_needs,
        name="status_interview_needs",
    ),
    path(
        "<str:token>/interviews/<int:interview_id>/move/",
        views.status_interview_move,
        name="status_interview_move",
    ),
    path(
        "<str:token>/interviews/<int:interview_id>/cancel/",
        views.status_interview_cancel,
        name="status_interview_cancel",
    ),
    path(
        "<str:token>/interviews/<int:interview_id>/interview.ics",
        views.status_interview_file,
        name="status_interview_file",
    ),
]
