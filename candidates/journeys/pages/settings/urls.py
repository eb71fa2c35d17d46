"""Addresses of the settings about journeys."""

from django.urls import path

from candidates.journeys.pages.settings import views

urlpatterns = [
    path("journeys/", views.journeys, name="settings_journeys"),
    path("journeys/<int:organisation_id>/from-us/", views.from_us, name="journey_from_us"),
    path(
        "journeys/<int:organisation_id>/from-us/<int:row_id>/remove/",
        views.from_us_remove,
        name="journey_from_us_remove",
    ),
    path("journeys/<int:organisation_id>/new/", views.step_new, name="journey_step_new"),
    path("journeys/<int:organisation_id>/order/", views.order, name="journey_order"),
    path("journeys/<int:organisation_id>/most/", views.most, name="journey_most"),
    path("journeys/<int:organisation_id>/progress/", views.progress, name="journey_progress"),
    path("journeys/<int:organisation_id>/preview/", views.preview, name="journey_preview"),
    path("journeys/<int:organisation_id>/<slug:key>/", views.step, name="journey_step"),
    path("journeys/<int:organisation_id>/<slug:key>/texts/", views.step_texts, name="journey_step_texts"),
    path("journeys/<int:organisation_id>/<slug:key>/switch/", views.switch, name="journey_step_switch"),
    path("journeys/<int:organisation_id>/<slug:key>/remove/", views.remove, name="journey_step_remove"),
    path("journeys/<int:organisation_id>/<slug:key>/shift/", views.shift, name="journey_step_shift"),
]
