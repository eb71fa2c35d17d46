"""Addresses of single requests about data, for whoever answers them."""

from django.urls import path

from candidates.data_requests.pages import views

urlpatterns = [
    path("corrections/<int:data_correction_id>/", views.data_correction, name="data_correction"),
    path("complaints/<int:data_complaint_id>/", views.data_complaint, name="data_complaint"),
    path("copies/<int:candidate_id>/", views.data_copy_for_them, name="data_copy_for_them"),
]
