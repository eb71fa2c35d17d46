"""Addresses of the settings about messages."""

from django.urls import path

from ats.mail.pages.settings import views

urlpatterns = [
    path("messages/", views.templates, name="settings_templates"),
    path("messages/<str:role_name>/", views.template, name="settings_template"),
    path("messages/<str:role_name>/preview/", views.preview, name="settings_template_preview"),
    path("messages/<str:role_name>/reset/", views.reset, name="settings_template_reset"),
    path("outbox/", views.outbox, name="settings_outbox"),
    path("outbox/<int:mail_id>/", views.message, name="settings_message"),
    path("outbox/<int:mail_id>/settle/", views.settle_unknown, name="settings_message_settle"),
    path("outbox/<int:mail_id>/retry/", views.retry, name="settings_message_retry"),
    path("outbox/<int:mail_id>/cancel/", views.cancel, name="settings_message_cancel"),
    path("outbox/addresses/<int:suppression_id>/lift/", views.lift, name="settings_suppression_lift"),
]
