"""Addresses of one's own access; the rest of /accounts/ is allauth's."""

from django.urls import path

from ats.accounts.pages import views

urlpatterns = [
    path("profile/", views.profile, name="account_profile"),
    path("invitation/<str:token>/", views.accept_invitation, name="account_invitation"),
    path("code/", views.code, name="account_code"),
    path("session/", views.session, name="account_session"),
    path("sessions/", views.sessions, name="usersessions_list"),
    path("email/", views.addresses, name="account_email"),
]
