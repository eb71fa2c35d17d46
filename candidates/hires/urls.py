"""Addresses of this slice."""

from django.urls import path

from candidates.hires import views

urlpatterns = [
    path("", views.hire_list, name="hire_list"),
    path("export/", views.hire_export, name="hire_export"),
    path("<int:hire_id>/", views.hire, name="hire"),
    path("<int:hire_id>/first-day/", views.hire_first_day, name="hire_first_day"),
    path("<int:hire_id>/not-coming/", views.hire_not_coming, name="hire_not_coming"),
]
