"""Addresses of signals."""

from django.urls import path

from candidates.signals.pages import views

urlpatterns = [
    path("", views.signals, name="signals"),
    path("<int:signal_id>/", views.decide, name="signal_decide"),
]
