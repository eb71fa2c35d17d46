"""The Celery application: workers run tasks that hurry along what due rows already guarantee."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ats.settings")

app = Celery("accord")
app.config_from_object("django.conf:settings", namespace="CELERY")
