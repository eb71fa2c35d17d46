"""Adding people, each once, and changing what is known about them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from ats.activity.record import CanAct, record
from ats.kernel import guards, staff_words, writing
from ats.kernel.errors import Conflict, Invalid, WrongState
from ats.kernel.languages import too_long
from ats.kernel.prepared import Prepared
from candidates.people.actions import index
from candidates.people.domain import names
from candidates.people.domain.addresses import can_be_written_to, email_key
from candidates.people.domain.keys import name_key, one_line
from candidates.people.domain.phones import as_dialled
from candidates.people.models import AddressKind, Candidate

CHANGEABLE = frozenset(
    {
        "first_name",
        "last_name",
        "called",
        "email",
        "phone",
        "city",
        "country",
        "time_zone",
        "language",
        "headline",
        "links",
    }
)


@transaction.atomic
def find_or_create(
    *,
    first_name: str,
    last_name: str,
    email: str,
    phone: str = "",
    now: datetime,
    by: CanAct | None = None,
    confidential_role: int | None = None,
    **fields: Any,
) -> tuple[Candidate, bool]:
    """The person with this address, or a new one; and whether they are new.

    Whoever types an address need not own it: what is already known about its owner is left as it is, and who
    came through a confidential requisition alone is found through that one only. Anybody else who types their
    address adds somebody new, and cannot tell the difference; and so does somebody behind a wall who types the
    address of a person whom only its other side knows. `by`: who adds them, None: they themselves.
    `confidential_role`: the number of the confidential requisition through which they come.
    """
    facts = _checked(
        {"first_name": first_name, "last_name": last_name, "email": email, "phone": phone, **fields}
    )
    facts["first_name"], facts["last_name"] = _named(facts["first_name"], facts["last_name"])
    key = email_key(facts["email"]) or None
    if confidential_role is not None and key:
        one_at_a_time(key)
    side = getattr(by, "works_for", None)
    if side is not None and key:
        one_at_a_time(key)
    known, hidden = _known(key, confidential_role, side)
    if known is None:
        alone = hidden or confidential_role is not None
        new = _create(facts, key=key, now=now, by=by, only_confidential=alone)
        if new is not None:
            return new, True
        known, _ = _known(key, confidential_role, side)
    if known is None:
        raise Conflict(
            gettext_lazy("Somebody else changed this address at this very moment. Please send it again.")
        )
    return known, False


def _known(
    key: str | None, confidential_role: int | None, side: Sequence[int] | None = None
) -> tuple[Candidate | None, bool]:
    """Who has this address; and whether somebody has it whom only the other side of a wall may know."""
    if not key:
        return None, False
    if confidential_role is not None:
        # The applications lie a slice higher: they are known here by the relation's name.
        within = Candidate.objects.with_address(key).filter(applications__requisition=confidential_role)
        if (theirs := within.without_words().order_by("pk").first()) is not None:
            return theirs, False
    if side is not None:
        return _known_here(key, side)
    return next(iter(_with_address(key=key)), None), False


def _known_here(key: str, side: Sequence[int]) -> tuple[Candidate | None, bool]:
    """On this side of a wall: whoever applies there, first who is known openly; or applies nowhere yet."""
    rows = Candidate.objects.with_address(key)
    open_or_own = Q(only_confidential=False) | Q(applications__requisition__confidential=False)
    here = Q(applications__requisition__organisation__in=list(side)) & open_or_own
    found = rows.filter(here | Q(applications=None)).without_words()
    known = found.order_by("only_confidential", "pk").first()
    return known, known is None and Candidate.objects.with_address(key, openly=True).exists()


@Prepared
def _with_address(*, key: str) -> QuerySet[Candidate]:
    return Candidate.objects.with_address(key, openly=True).without_words()


def one_at_a_time(key: str) -> None:
    """No index keeps two apart who add the same address to a confidential role: the second waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _create(
    facts: dict[str, Any], *, key: str | None, now: datetime, by: CanAct | None, only_confidential: bool
) -> Candidate | None:
    """The new person; None where somebody else has added this address a moment ago."""
    candidate = Candidate(
        **facts,
        email_key=key,
        name_key=name_key(facts["first_name"], facts["last_name"]),
        only_confidential=only_confidential,
    )
    said = index.Said(
        candidate.first_name,
        candidate.last_name,
        candidate.email,
        candidate.headline,
        called=candidate.called,
    )
    candidate.search = index.words_of(said)
    if not writing.insert(candidate, unless_known=True):
        return None
    record("candidate.added", subject=candidate, by=by or candidate, now=now)
    return candidate


@transaction.atomic
def change_contact(*, candidate: Candidate, by: CanAct, now: datetime, **fields: Any) -> Candidate:
    """Change what is known about a person; only what differs is written and recorded."""
    facts = _checked(fields)
    if facts.keys() & {"first_name", "last_name"}:
        names_now = {"first_name": candidate.first_name, "last_name": candidate.last_name} | facts
        facts["first_name"], facts["last_name"] = _named(names_now["first_name"], names_now["last_name"])
    if facts.get("phone") == candidate.phone:  # a country that somebody chose for it stays
        facts.pop("phone_normalised", None)
    changed = {name: value for name, value in facts.items() if getattr(candidate, name) != value}
    if not changed.keys() & CHANGEABLE:
        return candidate
    for name, value in changed.items():
        setattr(candidate, name, value)
    written = set(changed) | (_readdress(candidate, by) if "email" in changed else set())
    if written & {"first_name", "last_name"}:
        candidate.name_key = name_key(candidate.first_name, candidate.last_name)
        written.add("name_key")
    check_known(candidate)
    try:
        with transaction.atomic():
            candidate.save(update_fields=written)
    except IntegrityError as error:
        if guards.name_of(error) == "candidate_merged_is_empty":  # while this page was open
            raise Conflict(guards.words("candidate_merged_is_empty")) from error
        raise Invalid(
            staff_words.gettext("Somebody else is known by this address."), field="email"
        ) from error
    if written & {"name_key", "called", "email", "headline"}:
        index.refresh([candidate.pk])
    told = ", ".join(sorted(name.replace("_", " ") for name in changed if name in CHANGEABLE))
    record("candidate.changed", subject=candidate, by=by, now=now, data={"fields": told})
    return candidate


def _readdress(candidate: Candidate, by: CanAct) -> set[str]:
    """Let all that hangs on the address follow it; which columns that are."""
    key = email_key(candidate.email) or None
    if key != candidate.email_key:
        candidate.email_confirmed_at = None
    candidate.email_key = key
    side = getattr(by, "works_for", None)
    if key is not None:
        candidate.further_addresses.filter(kind=AddressKind.EMAIL, key=key).delete()
    if not is_hidden(candidate, key, side):
        if key is not None and not candidate.only_confidential and is_taken(key, by=candidate):
            raise Invalid(staff_words.gettext("Somebody else is known by this address."), field="email")
        return {"email_key", "email_confirmed_at"}
    candidate.only_confidential = True  # beside whoever has the address beyond the wall
    return {"email_key", "email_confirmed_at", "only_confidential"}


def is_taken(key: str, *, by: Candidate) -> bool:
    """Whether somebody else is known openly by this address."""
    return Candidate.objects.with_address(key, openly=True).exclude(pk=by.pk).exists()


def is_hidden(candidate: Candidate, key: str | None, side: Sequence[int] | None) -> bool:
    """Whether this address is that of somebody whom who changes it must not know."""
    if side is None or key is None:
        return False
    others = Candidate.objects.with_address(key, openly=True)
    other = others.exclude(pk=candidate.pk).filter(applications__isnull=False)
    here = other.filter(applications__requisition__organisation__in=list(side))
    return other.exists() and not here.exists()


def check_known(candidate: Candidate) -> None:
    if candidate.anonymised_at is not None:
        raise WrongState(staff_words.gettext("Their data were erased already."))
    if candidate.merged_into_id is not None:
        raise Conflict(guards.words("candidate_merged_is_empty"))


@transaction.atomic
def confirm_email(*, candidate: Candidate, now: datetime) -> None:
    """The person has shown that they read mail at their address."""
    if candidate.email_confirmed_at is not None or not candidate.email:
        return
    candidate.email_confirmed_at = now
    candidate.save(update_fields=["email_confirmed_at"])
    record("candidate.email_confirmed", subject=candidate, by=candidate, now=now)


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields cleaned; `Invalid` names the first that cannot be kept."""
    if unknown := set(fields) - CHANGEABLE:
        raise TypeError(f"A candidate has no {', '.join(sorted(unknown))} to change.")
    facts = {name: one_line(value) if isinstance(value, str) else value for name, value in fields.items()}
    for name in ("first_name", "last_name", "called"):
        if problem := names.problem(facts.get(name, "")):
            raise Invalid(problem, field=name)
    for name, value in facts.items():
        limit = getattr(Candidate._meta.get_field(name), "max_length", None)
        if limit and len(value) > limit:
            raise Invalid(too_long(limit), field=name)
    if facts.get("email") and not can_be_written_to(facts["email"]):
        raise Invalid(gettext_lazy("Write an e-mail address like name@example.com."), field="email")
    if "phone" in facts:
        facts["phone_normalised"] = as_dialled(facts["phone"])
    return facts


def _named(first: str, last: str) -> tuple[str, str]:
    """One name is enough; alone it is the first, by which people are greeted."""
    if not first and not last:
        raise Invalid(names.WANTED, field="first_name")
    return (first, last) if first else (last, "")
