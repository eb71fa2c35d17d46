"""Addresses of this slice."""

from django.urls import path

from candidates.submissions.pages import views

urlpatterns = [
    path("applications/<int:application_id>/put-forward/ask/", views.ask, name="submission_ask"),
    path(
        "applications/<int:application_id>/put-forward/answer/", views.note_answer, name="submission_answer"
    ),
    path("applications/<int:application_id>/put-forward/", views.put_forward, name="submission_put"),
    path("applications/<int:application_id>/put-forward/end/", views.end, name="submission_end"),
    path("submissions/", views.submission_list, name="submission_list"),
    path("submissions/export.csv", views.submission_export, name="submission_export"),
]
