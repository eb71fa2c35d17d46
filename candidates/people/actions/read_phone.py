"""Saying of which country a number is that does not say so itself: what was typed stays, however it is read."""

from datetime import datetime

from django.db import transaction

from ats.activity.record import CanAct, record
from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from candidates.people.domain import phones
from candidates.people.models import Candidate


@transaction.atomic
def read_phone(*, candidate: Candidate, country: str, by: CanAct, now: datetime) -> Candidate:
    """Dial the number as one of this country ("DE"); without one it is known of none again."""
    number = phones.in_country(candidate.phone, country) if country else phones.as_dialled(candidate.phone)
    if country and not number:
        raise Invalid(gettext("This cannot be a number of that country."), field="phone")
    if number == candidate.phone_normalised:
        return candidate
    candidate.phone_normalised = number
    candidate.save(update_fields=["phone_normalised"])
    said = f"as one of {country}" if country else "without a country"
    record("candidate.phone_read", subject=candidate, by=by, now=now, data={"how": said})
    return candidate
