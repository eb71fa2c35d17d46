"""Addresses at which candidates say whether they want to be put forward."""

from django.urls import path

from candidates.portal.pages.submissions import views

urlpatterns = [
    path("<str:token>/put-forward/<int:application_id>/", views.status_submission, name="status_submission"),
    path(
        "<str:token>/put-forward/<int:application_id>/back/",
        views.status_submission_back,
        name="status_submission_back",
    ),
]
