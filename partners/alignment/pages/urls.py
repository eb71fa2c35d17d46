"""Addresses of this slice."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from partners.alignment.pages import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("alignment/", views.overview, name="alignment_overview"),
    path("<int:partnership_id>/alignment/", views.alignment, name="alignment"),
    path("<int:partnership_id>/alignment/outcomes/", views.serve, name="serve_outcome"),
    path("contradictions/<int:contradiction_id>/", views.decide, name="decide_contradiction"),
    path("sign/", views.mine, name="to_sign"),
    path("sign/<int:signature_id>/", views.sign, name="sign_brief"),
]
