"""Addresses of the settings about promises."""

from django.urls import path

from candidates.promises.pages.settings import views

urlpatterns = [
    path("promises/", views.promises, name="settings_promises"),
    path("promises/<int:organisation_id>/approve/", views.approve, name="approve_promise_words"),
]
