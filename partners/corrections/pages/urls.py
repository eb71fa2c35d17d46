"""Addresses of this slice."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from partners.corrections.pages import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<int:partnership_id>/corrections/", views.correction_list, name="correction_list"),
    path("<int:partnership_id>/corrections/new/", views.correction_new, name="correction_new"),
    path("corrections/<int:correction_id>/", views.correction, name="correction"),
    path("corrections/<int:correction_id>/steps/", views.step_add, name="correction_step_add"),
    path("corrections/<int:correction_id>/stop/", views.stop, name="correction_stop"),
    path("corrections/steps/<int:step_id>/", views.step_done, name="correction_step_done"),
]
