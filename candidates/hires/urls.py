"""Addresses of this slice."""

from django.urls import path

from candidates.hires import views

urlpatterns = [
    path("", views.hire_list, name="hire_list"),
    path("export/", views.hire_export, name="hire_export"),
    path("offers/<int:offer_id>/not-coming/", views.offer_renege, name="offer_renege"),
]
