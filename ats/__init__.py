"""Accord's ground floor and roof."""

from ats.celery import app as celery_app

__all__ = ["celery_app"]
