"""Addresses of this slice. The page of a partnership is the dashboard's: it shows all slices together."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from partners.partnerships.pages import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<int:partnership_id>/accept/", views.accept, name="partnership_accept"),
    path("<int:partnership_id>/propose/", views.propose, name="partnership_propose"),
    path("<int:partnership_id>/update/", views.update, name="partnership_update"),
    path("<int:partnership_id>/word/", views.word, name="partnership_word"),
]
