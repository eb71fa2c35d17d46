"""Addresses of candidates."""

from django.urls import path

from candidates.people_pages import views

urlpatterns = [
    path("", views.candidate_list, name="candidate_list"),
    path("beside/", views.candidates_beside, name="candidates_beside"),
    path("columns/", views.candidate_columns, name="candidate_columns"),
    path("counts/", views.candidate_counts, name="candidate_counts"),
    path("new/", views.candidate_new, name="candidate_new"),
    path("new/resume/", views.candidate_new_resume, name="candidate_new_resume"),
    path("new/faster/", views.faster, name="candidate_faster"),
    path("new/phone/", views.candidate_new_phone, name="candidate_new_phone"),
    path("<int:candidate_id>/", views.candidate, name="candidate"),
    path("<int:candidate_id>/edit/", views.candidate_edit, name="candidate_edit"),
    path("<int:candidate_id>/address/", views.other_address, name="candidate_other_address"),
    path("<int:candidate_id>/addresses/", views.addresses, name="candidate_addresses"),
    path(
        "<int:candidate_id>/addresses/<int:address_id>/",
        views.address,
        name="candidate_address",
    ),
    path("<int:candidate_id>/phone/", views.phone_country, name="candidate_phone_country"),
    path("<int:candidate_id>/roles/", views.take_up, name="candidate_take_up"),
]
