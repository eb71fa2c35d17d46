"""The address behind the link in a survey's message."""

from django.urls import path

from candidates.surveys.pages.public import views

urlpatterns = [path("<str:signed>/", views.survey, name="survey")]
