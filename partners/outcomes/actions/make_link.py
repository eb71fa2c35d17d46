"""The link to a new hire's page; the token is in the link alone."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from partners.outcomes.models import HireOutcome, OutcomeLink
from partners.outcomes.queries.links import hash_of

VALID_FOR = timedelta(days=60)


def new_link(outcome: HireOutcome, *, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    OutcomeLink.objects.create(
        outcome=outcome, token_hash=hash_of(token), created_at=now, expires_at=now + VALID_FOR
    )
    return settings.BASE_URL + reverse("first_months", args=[token])
