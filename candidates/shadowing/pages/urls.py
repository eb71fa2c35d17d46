"""Addresses of this slice."""

from django.urls import path

from candidates.shadowing.pages import views

urlpatterns = [
    path("interviews/<int:interview_id>/shadow/", views.let_in, name="shadow_let_in"),
    path("interviews/<int:interview_id>/shadow/write/", views.write, name="shadow_write"),
    path("interviews/<int:interview_id>/alone/", views.confirm_alone, name="confirm_alone"),
    path(
        "applications/<int:application_id>/alone/<int:planned_id>/",
        views.confirm_planned,
        name="confirm_planned_alone",
    ),
    path("interviews/<int:interview_id>/shadow/<int:seat_id>/let-out/", views.let_out, name="shadow_let_out"),
    path("interviews/<int:interview_id>/shadow/<int:seat_id>/confirm/", views.confirm, name="shadow_confirm"),
]
