"""The new hire's own addresses."""

from django.urls import path

from partners.outcomes.pages.public import views

urlpatterns = [
    path("<str:token>/", views.first_months, name="first_months"),
    path("<str:token>/<int:day>/", views.answer, name="first_months_answer"),
]
