"""The lane of this slice, declared when Django is ready."""

from ats.mail import delivery  # noqa: F401
