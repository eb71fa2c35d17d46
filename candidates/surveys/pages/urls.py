"""Addresses of the report on respect."""

from django.urls import path

from candidates.surveys.pages import views

urlpatterns = [
    path("", views.reports, name="reports"),
    path("respect/", views.respect, name="respect"),
    path("respect/figures.csv", views.respect_csv, name="respect_csv"),
    path("respect/customers.csv", views.future_customers, name="future_customers"),
    path("respect/words/<uuid:response_id>/", views.respect_tag, name="respect_tag"),
]
