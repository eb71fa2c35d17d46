"""Addresses of one's availability."""

from django.urls import path

from ats.calendars.pages.settings import views

urlpatterns = [
    path("availability/", views.availability, name="availability"),
    path("availability/hours/", views.change_hours, name="availability_hours"),
    path("availability/hours/office/", views.use_office_hours, name="availability_office_hours"),
    path("availability/calendars/", views.add_calendar, name="availability_calendar_add"),
    path(
        "availability/calendars/<int:subscription_id>/again/",
        views.read_calendar_again,
        name="availability_calendar_again",
    ),
    path(
        "availability/calendars/<int:subscription_id>/remove/",
        views.remove_calendar,
        name="availability_calendar_remove",
    ),
    path("availability/blocks/", views.add_block, name="availability_block_add"),
    path("availability/blocks/<int:block_id>/remove/", views.remove_block, name="availability_block_remove"),
    path("availability/feed/", views.make_feed, name="availability_feed"),
    path("availability/feed/revoke/", views.revoke_feed, name="availability_feed_revoke"),
]
