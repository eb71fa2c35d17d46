"""Addresses of this slice."""

from django.urls import path

from candidates.offers.pages.settings import views

urlpatterns = [
    path("offer-letters/", views.settings_offer_letters, name="settings_offer_letters"),
    path("offer-letters/texts/", views.settings_offer_letter_texts, name="settings_offer_letter_texts"),
    path("offer-letters/preview/", views.settings_offer_letter_preview, name="settings_offer_letter_preview"),
]
