"""Saying yes, and taking it back: the only door to what somebody agreed to."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from ats.activity.record import CanAct, record
from ats.mail import outbox, refusals, roles
from candidates.consents.domain import words
from candidates.consents.models import Consent, Purpose, Where
from candidates.people.domain.addresses import email_key
from candidates.people.models import Candidate

LASTS = timedelta(days=365)


@transaction.atomic
def agree(
    *, candidate: Candidate, purpose: str, where: str, by: CanAct, now: datetime, asked: str = ""
) -> None:
    """They may be written to for this purpose, for a year from now; one that holds stays as it is.

    `asked`: what they read, where that was not the usual words; as the house ships it.
    """
    if candidate.email:
        refusals.take_back(candidate.email)
    standing = _standing(candidate, purpose)
    if standing is not None:
        if standing.until > now:
            return
        _end(standing, Where.RENEWED, now)
    language = candidate.language
    Consent.objects.create(
        candidate=candidate,
        purpose=purpose,
        given_at=now,
        until=now + LASTS,
        where=where,
        words=words.shown(asked, language) if asked else words.said(purpose, language),
        language=language,
    )
    _keep_with_person(candidate, purpose, now)
    _tell(candidate, purpose, yes=True, by=by, now=now)


@transaction.atomic
def withdraw(*, candidate: Candidate, purpose: str, where: str, by: CanAct, now: datetime) -> bool:
    """No more of this; what waits to leave is taken back. Whether there was something to withdraw."""
    standing = _standing(candidate, purpose)
    if standing is None:
        return False
    _end(standing, where, now)
    _keep_with_person(candidate, purpose, None)
    waiting = [role.name for role in roles.known().values() if role.purpose == purpose]
    outbox.cancel(roles_=waiting, candidate_id=candidate.pk, now=now)
    _tell(candidate, purpose, yes=False, by=by, now=now)
    return True


@transaction.atomic
def choose(*, candidate: Candidate, wanted: Collection[str], by: CanAct, now: datetime) -> None:
    """Exactly these purposes, as somebody chose on their own page."""
    for purpose in Purpose.values:
        if purpose in wanted:
            agree(candidate=candidate, purpose=purpose, where=Where.PAGE, by=by, now=now)
        else:
            withdraw(candidate=candidate, purpose=purpose, where=Where.PAGE, by=by, now=now)


@transaction.atomic
def stop(*, address: str, purpose: str, now: datetime, where: str = Where.MAIL) -> None:
    """The reader of relationship mail wants no more of this purpose; none: no more of any.

    What nobody has agreed to is refused by the address itself: so a message that should not have come is the last.
    """
    ended = [
        withdraw(candidate=each, purpose=every, where=where, by=each, now=now)
        for each in _people(address)
        for every in ([purpose] if purpose else Purpose.values)
    ]
    if not purpose or not any(ended):
        refusals.unsubscribed(address, now=now)


@transaction.atomic
def change_mind(*, address: str, purpose: str, now: datetime) -> None:
    """Take back a *no more of this*; only what they had agreed to before, for a link in a mail is no signature."""
    for each in _people(address):
        if Consent.objects.filter(candidate=each, purpose=purpose).exists():
            agree(candidate=each, purpose=purpose, where=Where.MAIL, by=each, now=now)


def _people(address: str) -> list[Candidate]:
    """Who is known by this address, locked in order; two, where one of them came confidentially."""
    key = email_key(address) if address else ""
    found = Candidate.objects.with_address(key).values_list("pk", flat=True) if key else ()
    rows = Candidate.objects.without_words().filter(pk__in=list(found), anonymised_at=None)
    return list(rows.order_by("pk").select_for_update(no_key=True))


def _standing(candidate: Candidate, purpose: str) -> Consent | None:
    rows = Consent.objects.standing().select_for_update(no_key=True)
    return rows.filter(candidate=candidate, purpose=Purpose(purpose)).first()


def _end(consent: Consent, where: str, now: datetime) -> None:
    consent.withdrawn_at, consent.withdrawn_where = now, where
    consent.save(update_fields=["withdrawn_at", "withdrawn_where"])


def _keep_with_person(candidate: Candidate, purpose: str, since: datetime | None) -> None:
    if purpose != Purpose.ROLES:
        return
    candidate.pool_consent_at = since
    candidate.pool_consent_until = since + LASTS if since else None
    candidate.save(update_fields=["pool_consent_at", "pool_consent_until"])


def _tell(candidate: Candidate, purpose: str, *, yes: bool, by: CanAct, now: datetime) -> None:
    if purpose == Purpose.ROLES:
        said = {"said": "allowed" if yes else "no longer allows"}
        record("candidate.consented", subject=candidate, by=by, now=now, data=said)
        return
    verb = "candidate.agreed" if yes else "candidate.refused"
    record(verb, subject=candidate, by=by, now=now, data={"purpose": str(Purpose(purpose).label)})
