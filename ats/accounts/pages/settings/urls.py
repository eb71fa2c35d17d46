"""Addresses of the settings about people."""

from django.urls import path

from ats.accounts.pages.settings import views

urlpatterns = [
    path("people/", views.people, name="settings_people"),
    path("sign-in/", views.sign_in, name="settings_sign_in"),
    path("people/invite/", views.invite, name="settings_invite"),
    path("people/<int:user_id>/", views.person, name="settings_person"),
    path("people/<int:user_id>/role/", views.change_role, name="settings_person_role"),
    path("people/<int:user_id>/manager/", views.set_manager, name="settings_person_manager"),
    path("people/<int:user_id>/organisations/", views.organisations, name="settings_person_organisations"),
    path("people/<int:user_id>/deactivate/", views.deactivate, name="settings_person_deactivate"),
    path("people/<int:user_id>/reactivate/", views.reactivate, name="settings_person_reactivate"),
    path(
        "people/<int:user_id>/forget-second-steps/",
        views.forget_second_steps,
        name="settings_person_forget_second_steps",
    ),
    path("people/<int:user_id>/end-sessions/", views.end_sessions, name="settings_person_end_sessions"),
    path(
        "people/invitations/<int:invitation_id>/revoke/",
        views.revoke_invitation,
        name="settings_invitation_revoke",
    ),
]
