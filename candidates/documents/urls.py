"""Addresses of this slice."""

from django.urls import path

from candidates.documents import views

urlpatterns = [
    path("<int:document_id>/file/", views.document_file, name="document_file"),
    path("<int:document_id>/original/", views.document_original, name="document_original"),
    path("<int:document_id>/pages/<int:number>/", views.document_page, name="document_page"),
]
