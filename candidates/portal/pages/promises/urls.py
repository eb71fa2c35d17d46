"""The addresses at which candidates ask where an answer is, and for feedback."""

from django.urls import path

from candidates.portal.pages.promises import views

urlpatterns = [
    path("<str:token>/asked/<int:application_id>/", views.status_ask_after, name="status_ask_after"),
    path("<str:token>/feedback/<int:application_id>/", views.status_ask_feedback, name="status_ask_feedback"),
]
