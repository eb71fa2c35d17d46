"""Addresses of this slice."""

from django.urls import path

from candidates.feedback.pages import views

urlpatterns = [
    path("<int:application_id>/feedback/", views.feedback, name="feedback"),
    path("<int:application_id>/feedback/decline/", views.feedback_decline, name="feedback_decline"),
    path("<int:application_id>/feedback/take-back/", views.feedback_take_back, name="feedback_take_back"),
    path("<int:application_id>/feedback/client/", views.client_word, name="client_word"),
    path(
        "<int:application_id>/feedback/client/<int:word_id>/remove/",
        views.client_word_remove,
        name="client_word_remove",
    ),
]
