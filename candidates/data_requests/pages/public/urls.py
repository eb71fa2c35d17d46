"""Addresses for whoever the data is about: below their own page, behind the link in a mail, and for everybody."""

from django.urls import path

from candidates.data_requests.pages.public import views

urlpatterns = [
    path("status/<str:token>/data/", views.status_data, name="status_data"),
    path("status/<str:token>/data/copy/", views.status_data_copy, name="status_data_copy"),
    path("status/<str:token>/data/correction/", views.status_data_correction, name="status_data_correction"),
    path("status/<str:token>/data/complaint/", views.status_data_complaint, name="status_data_complaint"),
    path("your-data/<str:key>/", views.data_copy, name="data_copy"),
    path("privacy/complaint/", views.privacy_complaint, name="privacy_complaint"),
]
