"""The Celery application: workers run tasks that hurry along what due rows already guarantee."""

import os
from typing import Any

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ats.settings")

app = Celery("accord")
app.config_from_object("django.conf:settings", namespace="CELERY")


@signals.worker_init.connect
@signals.beat_init.connect
def look_at_tables(**kwargs: Any) -> None:
    """Older code on newer tables says so once, instead of failing task by task; a demo is not for production."""
    import django

    django.setup()
    from ats import published, tables

    tables.refuse_newer()
    published.refuse()


@signals.beat_init.connect
def watch_the_mailbox(**kwargs: Any) -> None:
    """There is one beat, it is always there, and it has nothing else to do for most of a minute."""
    from ats.mail import watching

    watching.begin()


@signals.worker_process_shutdown.connect
def wake_who_waits(**kwargs: Any) -> None:
    """A worker's process ends without waiting for its threads."""
    from ats.duework.tasks import wakes

    wakes.flush()
