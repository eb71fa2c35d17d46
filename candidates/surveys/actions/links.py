"""The way into a survey: a signed link that opens one survey of one application until it ends, and nothing else."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from candidates.surveys.models import Occasion

SALT = "candidates.surveys"
VALID_DAYS = 45


@dataclass(frozen=True)
class Link:
    application_id: int
    occasion: str
    ends_on: date

    def is_over(self, now: datetime) -> bool:
        return now.date() > self.ends_on


def address_for(*, application_id: int, occasion: str, now: datetime) -> str:
    """The absolute address at which this survey is answered."""
    ends = now.date() + timedelta(days=VALID_DAYS)
    signed = signing.dumps([application_id, occasion, ends.toordinal()], salt=SALT)
    return f"{settings.BASE_URL}{reverse('survey', args=[signed])}"


def read(signed: str) -> Link | None:
    """What this link opens; None if it is not one of ours."""
    try:
        application_id, occasion, ends = signing.loads(signed, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Link(application_id, Occasion(occasion), date.fromordinal(ends))
