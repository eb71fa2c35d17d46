"""Addresses of decisions on an application."""

from django.urls import path

from candidates.decision_pages import views

urlpatterns = [
    path("<int:application_id>/reject/", views.reject, name="application_reject"),
    path("<int:application_id>/hire/", views.hire, name="application_hire"),
    path("<int:application_id>/tell/", views.tell, name="application_tell"),
    path("<int:application_id>/undo/", views.undo, name="application_undo"),
]
