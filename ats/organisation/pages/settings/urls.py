"""Addresses of the settings about organisations and calendars."""

from django.urls import path

from ats.organisation.pages.settings import views

urlpatterns = [
    path("", views.index, name="settings"),
    path("organisations/", views.organisations, name="settings_organisations"),
    path("organisations/new/", views.new_organisation, name="settings_organisation_new"),
    path("organisations/<int:organisation_id>/", views.organisation, name="settings_organisation"),
    path(
        "organisations/<int:organisation_id>/texts/",
        views.organisation_texts,
        name="settings_organisation_texts",
    ),
    path(
        "organisations/<int:organisation_id>/departments/",
        views.add_department,
        name="settings_department_add",
    ),
    path(
        "organisations/<int:organisation_id>/locations/new/",
        views.new_location,
        name="settings_location_new",
    ),
    path(
        "organisations/departments/<int:department_id>/rename/",
        views.change_department,
        name="settings_department_rename",
    ),
    path(
        "organisations/departments/<int:department_id>/remove/",
        views.remove_department,
        name="settings_department_remove",
    ),
    path("organisations/locations/<int:location_id>/", views.location, name="settings_location"),
    path(
        "organisations/locations/<int:location_id>/remove/",
        views.remove_location,
        name="settings_location_remove",
    ),
    path("law/", views.law, name="settings_law"),
    path("law/<int:organisation_id>/sizes/", views.law_sizes, name="settings_law_sizes"),
    path("calendars/", views.calendars, name="settings_calendars"),
    path("calendars/new/", views.new_calendar, name="settings_calendar_new"),
    path("calendars/kinds/", views.calendar_kinds, name="settings_calendar_kinds"),
    path("calendars/<int:calendar_id>/", views.calendar, name="settings_calendar"),
    path("calendars/<int:calendar_id>/holidays/", views.add_holiday, name="settings_holiday_add"),
    path(
        "calendars/<int:calendar_id>/years/<int:year>/confirm/",
        views.confirm_days,
        name="settings_calendar_confirm",
    ),
    path("calendars/holidays/<int:holiday_id>/remove/", views.remove_holiday, name="settings_holiday_remove"),
]
