"""Addresses of the settings about due work."""

from django.urls import path

from ats.duework import views

urlpatterns = [
    path("due-work/", views.due_work, name="settings_due_work"),
    path("due-work/<str:model>/<int:pk>/try-again/", views.try_again, name="settings_due_work_retry"),
    path("due-work/<int:pk>/dismiss/", views.dismiss, name="settings_due_work_dismiss"),
]
