"""Further e-mail addresses and telephone numbers of a person, and which of them is the first."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import get_for
from ats.kernel.errors import Conflict, Invalid, Missing
from ats.kernel.languages import too_long
from ats.kernel.staff_words import gettext
from candidates.people.actions import index
from candidates.people.actions.change import (
    change_contact,
    check_known,
    is_hidden,
    is_taken,
    one_at_a_time,
)
from candidates.people.domain import phones
from candidates.people.domain.addresses import can_be_written_to, email_key
from candidates.people.domain.keys import one_line
from candidates.people.models import AddressKind, Candidate, FurtherAddress

CHANGE = "candidates.change_candidate"
MOST = 20
LONGEST_LABEL = 40


@transaction.atomic
def add_address(
    *, candidate_id: int, kind: str, value: str, by: User, now: datetime, label: str = ""
) -> FurtherAddress:
    """Note another address or number, as a colleague typed it; refused where it is somebody else's address."""
    candidate = _held(candidate_id, by)
    value, label = one_line(value), one_line(label)
    key = key_of(kind, value)
    if len(label) > LONGEST_LABEL:
        raise Invalid(too_long(LONGEST_LABEL), field="label")
    if key == key_of_first(candidate, kind):
        raise Invalid(gettext("This is the first one already."), field="value")
    if candidate.further_addresses.count() >= MOST:
        raise Invalid(gettext("That is enough: remove one that is no use any more."), field="value")
    row = FurtherAddress(candidate=candidate, kind=kind, value=value, key=key, label=label)
    if kind == AddressKind.EMAIL:
        one_at_a_time(key)
        row.is_beside = candidate.only_confidential or is_hidden(candidate, key, by.works_for)
        if not row.is_beside and is_taken(key, by=candidate):
            raise Invalid(gettext("Somebody else is known by this address."), field="value")
    if candidate.further_addresses.filter(kind=kind, key=key).exists():
        raise Conflict(gettext("This is noted already."))
    row.save()
    index.refresh([candidate.pk])
    record("candidate.address_added", subject=candidate, by=by, now=now)
    return row


@transaction.atomic
def remove_address(*, candidate_id: int, address_id: int, by: User, now: datetime) -> None:
    candidate = _held(candidate_id, by)
    _one(candidate, address_id).delete()
    index.refresh([candidate.pk])
    record("candidate.address_removed", subject=candidate, by=by, now=now)


@transaction.atomic
def make_first(*, candidate_id: int, address_id: int, by: User, now: datetime) -> Candidate:
    """From now on it is the one that is used; the one before is kept as a further one."""
    candidate = _held(candidate_id, by)
    row = _one(candidate, address_id)
    before = FurtherAddress(
        candidate=candidate,
        kind=row.kind,
        value=getattr(candidate, row.kind),
        key=key_of_first(candidate, row.kind),
        is_beside=candidate.only_confidential,
        confirmed_at=candidate.email_confirmed_at if row.kind == AddressKind.EMAIL else None,
    )
    row.delete()
    change_contact(candidate=candidate, by=by, now=now, **{row.kind: row.value})
    if row.kind == AddressKind.EMAIL and row.confirmed_at != candidate.email_confirmed_at:
        candidate.email_confirmed_at = row.confirmed_at
        candidate.save(update_fields=["email_confirmed_at"])
    if before.value and before.key:
        before.save()
    index.refresh([candidate.pk])
    return candidate


def key_of(kind: str, value: str) -> str:
    """By what it is compared; `Invalid` where it cannot be one."""
    if kind == AddressKind.EMAIL:
        if len(value) > 254 or not can_be_written_to(value):
            raise Invalid(gettext("Write an e-mail address like name@example.com."), field="value")
        return email_key(value)
    if kind != AddressKind.PHONE:
        raise Invalid(gettext("Choose what it is."), field="kind")
    if len(value) > phones.LONGEST:
        raise Invalid(too_long(phones.LONGEST), field="value")
    if len(digits := phones.digits_of(value)) < phones.FEWEST_DIGITS:
        raise Invalid(gettext("Write a telephone number."), field="value")
    return digits


def key_of_first(candidate: Candidate, kind: str) -> str:
    return (candidate.email_key or "") if kind == AddressKind.EMAIL else phones.digits_of(candidate.phone)


def _held(candidate_id: int, by: User) -> Candidate:
    rows = Candidate.objects.without_words()
    candidate = get_for(rows, candidate_id, user=by, permission=CHANGE, for_update=True)
    check_known(candidate)
    return candidate


def _one(candidate: Candidate, address_id: int) -> FurtherAddress:
    row = candidate.further_addresses.filter(pk=address_id).first()
    if row is None:
        raise Missing("They have no such address any more.")
    return row
