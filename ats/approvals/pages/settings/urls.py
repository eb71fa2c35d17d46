"""Addresses of the settings about who approves what."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from ats.approvals.pages.settings import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("approvals/", views.chains, name="settings_approvals"),
    path("approvals/<str:kind>/", views.chain, name="settings_approval_chain"),
    path("approvals/<str:kind>/words/", views.words, name="settings_approval_words"),
    path("approvals/<str:kind>/drop/", views.drop, name="settings_approval_drop"),
]
