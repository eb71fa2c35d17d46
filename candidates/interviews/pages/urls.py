"""Addresses of the calendar."""

from django.urls import path

from candidates.interviews.pages import views

urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("interviews/<int:interview_id>/", views.interview_for_me, name="interview_for_me"),
    path("interviews/<int:interview_id>/answer/", views.answer_invitation, name="answer_invitation"),
]
