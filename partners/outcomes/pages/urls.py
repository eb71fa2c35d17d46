"""Addresses of this slice."""

from django.urls import path

from partners.outcomes.pages import views

urlpatterns = [
    path("outcomes/", views.quality, name="quality_of_hire"),
    path("outcomes/of/<int:application_id>/", views.hire_outcome, name="hire_outcome"),
    path("outcomes/of/<int:application_id>/agree/", views.agree, name="agree_outcomes"),
    path("outcomes/reviews/<int:outcome_review_id>/", views.review, name="outcome_review"),
]
