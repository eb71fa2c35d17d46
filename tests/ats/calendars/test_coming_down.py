"""Four models changed package: what was said of them by their content type is still said."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType

from ats.calendars.models import BusyTime, CalendarLink, CalendarSubscription, WorkingHours

pytestmark = pytest.mark.django_db

MIGRATION = import_module("candidates.migrations.0026_calendars_come_down")
MODELS = (BusyTime, CalendarLink, CalendarSubscription, WorkingHours)


def test_tables_keep_their_names():
    assert [model._meta.db_table for model in MODELS] == [f"candidates_{name}" for name in MIGRATION.MOVED]
    assert {model._meta.app_label for model in MODELS} == {"ats"}


def test_content_types_and_their_permissions_come_along():
    ContentType.objects.filter(model__in=MIGRATION.MOVED).delete()
    old = ContentType.objects.create(app_label="candidates", model="busytime")
    may = Permission.objects.create(content_type=old, codename="view_busytime", name="Can view busy time")
    MIGRATION.down(apps, None)
    ContentType.objects.clear_cache()
    may.refresh_from_db()
    assert may.content_type == ContentType.objects.get_for_model(BusyTime)
    assert may.content_type.app_label == "ats"
    MIGRATION.up(apps, None)
    assert ContentType.objects.get(pk=old.pk).app_label == "candidates"
