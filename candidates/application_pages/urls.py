"""Addresses of applications."""

from django.urls import path

from candidates.application_pages import views

urlpatterns = [
    path("<int:application_id>/", views.application, name="application"),
    path("<int:application_id>/move/", views.move, name="application_move"),
    path("<int:application_id>/move/undo/", views.undo_move, name="application_undo_move"),
    path("<int:application_id>/notes/", views.note, name="application_note"),
    path("<int:application_id>/notes/<int:note_id>/", views.change_note, name="note_change"),
    path("<int:application_id>/notes/<int:note_id>/remove/", views.remove_note, name="note_remove"),
    path("<int:application_id>/write/", views.write_dialog, name="application_write"),
    path("<int:application_id>/messages/", views.write, name="application_message"),
    path(
        "<int:application_id>/messages/<int:message_id>/share/",
        views.ask_to_share,
        name="message_share",
    ),
    path(
        "<int:application_id>/messages/<int:message_id>/answered/",
        views.needs_no_answer,
        name="message_answered",
    ),
    path(
        "<int:application_id>/messages/<int:message_id>/take-back/",
        views.take_back_message,
        name="message_take_back",
    ),
    path("<int:application_id>/mails/<int:mail_id>/again/", views.mail_again, name="mail_again"),
    path("<int:application_id>/mails/<int:mail_id>/fate/", views.mail_fate, name="mail_fate"),
    path("<int:application_id>/promise/", views.promise, name="application_promise"),
    path("<int:application_id>/told/", views.told, name="application_told"),
    path("<int:application_id>/tags/", views.tags, name="application_tags"),
]
