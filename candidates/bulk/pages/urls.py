"""Addresses of this slice."""

from django.urls import path

from candidates.bulk.pages import views

urlpatterns = [
    path("", views.run_list, name="bulk_runs"),
    path("new/", views.new, name="bulk_new"),
    path("mine/", views.pill, name="bulk_pill"),
    path("<int:run_id>/", views.run, name="bulk_run"),
    path("<int:run_id>/progress/", views.progress, name="bulk_progress"),
    path("<int:run_id>/people/", views.people, name="bulk_people"),
    path("<int:run_id>/start/", views.start, name="bulk_start"),
    path("<int:run_id>/stop/", views.stop, name="bulk_stop"),
    path("<int:run_id>/undo/", views.undo, name="bulk_undo"),
    path("<int:run_id>/discard/", views.discard, name="bulk_discard"),
    path("<int:run_id>/table/", views.table, name="bulk_table"),
]
