"""Addresses of this slice."""

from django.urls import path

from partners.advice.pages import views

urlpatterns = [
    path("<int:partnership_id>/advice/", views.advice, name="advice"),
    path("advice/<int:advice_id>/take-up/", views.take_up, name="advice_take_up"),
    path("advice/<int:advice_id>/put-off/", views.put_off, name="advice_put_off"),
    path("advice/<int:advice_id>/answer/", views.answer, name="advice_answer"),
]
