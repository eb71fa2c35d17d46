"""Addresses of a candidate's offers."""

from django.urls import path

from candidates.portal.pages.offers import views

urlpatterns = [
    path("<str:token>/offers/<int:offer_id>/", views.status_offer, name="status_offer"),
    path(
        "<str:token>/offers/<int:offer_id>/letter.pdf",
        views.status_offer_letter,
        {"kind": "letter"},
        name="status_offer_letter",
    ),
    path(
        "<str:token>/offers/<int:offer_id>/signed.pdf",
        views.status_offer_letter,
        {"kind": "signed"},
        name="status_offer_signed",
    ),
    path("<str:token>/offers/<int:offer_id>/accept/", views.status_offer_accept, name="status_offer_accept"),
    path(
        "<str:token>/offers/<int:offer_id>/decline/", views.status_offer_decline, name="status_offer_decline"
    ),
    path("<str:token>/matters/<int:application_id>/", views.status_matters, name="status_matters"),
]
