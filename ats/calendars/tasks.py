"""Declares the reading of calendars."""

from ats.calendars.actions import read_calendars

__all__ = ["read_calendars"]
