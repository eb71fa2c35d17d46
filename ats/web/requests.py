"""What a request carries behind `@signed_in`, for type checkers: somebody, and what htmx says."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from ats.accounts.models import User


class StaffRequest(HttpRequest):
    """The request of a person who has signed in."""

    user: User
    htmx: HtmxDetails
