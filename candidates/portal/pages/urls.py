"""Addresses of this slice."""

from django.urls import path

from candidates.portal.pages import views
from candidates.portal.pages.settings import views as preferences

urlpatterns = [
    path("", views.status_link, name="status_link"),
    path("address/<str:signed>/", views.status_address, name="status_address"),
    path("<str:token>/", views.status, name="status"),
    path("<str:token>/confirm/", views.status_confirm, name="status_confirm"),
    path("<str:token>/language/", views.status_language, name="status_language"),
    path("<str:token>/same/", views.status_same, name="status_same"),
    path("<str:token>/details/", views.status_details, name="status_details"),
    path("<str:token>/preferences/", preferences.status_preferences, name="status_preferences"),
    path("<str:token>/documents/", views.status_add_document, name="status_add_document"),
    path("<str:token>/documents/<int:document_id>/", views.status_document, name="status_document"),
    path("<str:token>/messages/<int:application_id>/", views.status_message, name="status_message"),
    path("<str:token>/praise/<int:praise_id>/", views.status_praise, name="status_praise"),
    path("<str:token>/manager/<int:application_id>/", views.status_manager, name="status_manager"),
    path("<str:token>/withdraw/<int:application_id>/", views.status_withdraw, name="status_withdraw"),
]
