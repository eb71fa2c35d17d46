"""Addresses of people who may be one."""

from django.urls import path

from candidates.duplicates.pages import views

urlpatterns = [
    path("duplicates/", views.duplicates, name="duplicates"),
    path("<int:candidate_id>/alike/", views.alike, name="candidate_alike"),
    path("<int:candidate_id>/alike/<int:twin_id>/", views.beside, name="candidate_merge"),
    path("<int:candidate_id>/alike/<int:twin_id>/apart/", views.apart, name="candidate_apart"),
    path("merges/<int:merge_id>/undo/", views.undo_merge, name="merge_undo"),
]
