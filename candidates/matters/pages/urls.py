"""Addresses of this slice."""

from django.urls import path

from candidates.matters.pages import views

urlpatterns = [path("<int:application_id>/matters/<slug:key>/", views.matter_mark, name="matter_mark")]
