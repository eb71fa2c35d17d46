"""Addresses of the erasure of one candidate."""

from django.urls import path

from candidates.erasure.pages import views

urlpatterns = [
    path("<int:candidate_id>/erase/", views.erase, name="candidate_erase"),
    path("<int:candidate_id>/hold/", views.hold, name="candidate_hold"),
]
