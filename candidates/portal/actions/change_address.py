"""Another e-mail address of a candidate: asked for on their page, agreed to by who knows that it is they who ask."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid, WrongState
from candidates.people.actions import change_contact, confirm_email
from candidates.people.domain.addresses import can_be_written_to, email_key
from candidates.people.models import Candidate
from candidates.portal.actions.change import send, send_link
from candidates.portal.actions.make_links import revoke_all
from candidates.portal.models import AddressChange

SALT = "candidates.portal.address"
CONFIRM_WITHIN = timedelta(days=7)
NEW, OLD = "new", "old"
OVER = gettext_lazy("This link is no longer valid.")
CHANGE = "candidates.change_candidate"


@transaction.atomic
def ask_to_change_email(*, candidate: Candidate, email: str, now: datetime) -> AddressChange:
    """Ask at the new address and at the old one; until both say yes, or the team does, the old one stays."""
    if email_key(email) == candidate.email_key:
        raise Invalid(gettext_lazy("This is the address that we write to already."), field="email")
    if not can_be_written_to(email):
        raise Invalid(gettext_lazy("Write an e-mail address like name@example.com."), field="email")
    candidate = _hold(candidate.pk)
    AddressChange.objects.filter(candidate=candidate, done_at=None, refused_at=None).update(refused_at=now)
    asked = AddressChange.objects.create(
        candidate=candidate,
        email=email,
        instead_of=candidate.email_key or "",
        asked_at=now,
        expires_at=now + CONFIRM_WITHIN,
    )
    _ask(asked, NEW, "portal.confirm_address", to=email, now=now)
    if candidate.email:
        _ask(asked, OLD, "portal.address_asked", to=candidate.email, now=now)
    record("candidate.address_asked", subject=candidate, by=candidate, now=now)
    return asked


def _ask(asked: AddressChange, side: str, role: str, *, to: str, now: datetime) -> None:
    signed = signing.dumps({"change": asked.pk, "side": side}, salt=SALT)
    link = f"{settings.BASE_URL}{reverse('status_address', args=[signed])}"
    send(role, asked.candidate, to=to, key=f"{role}:{asked.pk}", now=now, confirm_link=link)


def _hold(candidate_id: int) -> Candidate:
    return Candidate.objects.select_for_update(no_key=True).without_words().get(pk=candidate_id)


def asked_by(signed: str, *, now: datetime) -> tuple[AddressChange, str] | None:
    """What this link answers, and from which side; None if it is over, or the address changed since."""
    try:
        facts = signing.loads(signed, salt=SALT, max_age=CONFIRM_WITHIN)
        number, side = facts["change"], facts["side"]
    except (signing.BadSignature, KeyError):  # or one that an older version sent
        return None
    rows = AddressChange.objects.open(now).filter(candidate__anonymised_at__isnull=True)
    asked = rows.select_related("candidate").filter(pk=number).first()
    if asked is None or asked.instead_of != (asked.candidate.email_key or ""):
        return None
    return asked, side


@transaction.atomic
def say_yes(*, signed: str, now: datetime) -> AddressChange:
    """A yes from one of the two addresses; with the second, the address is changed."""
    asked, side = _asked(signed, now)
    field = "new_said_at" if side == NEW else "old_said_at"
    if getattr(asked, field) is None:
        setattr(asked, field, now)
        asked.save(update_fields=[field])
    if asked.new_said_at and asked.old_said_at:
        _change(asked, by=asked.candidate, now=now)
    return asked


@transaction.atomic
def say_no(*, signed: str, now: datetime) -> None:
    """Who reads our mail did not ask: every link to their page ends, and they get a new one."""
    asked, side = _asked(signed, now)
    if side != OLD:
        raise Invalid(OVER)
    _refuse(asked, by=asked.candidate, now=now)
    revoke_all(candidate=asked.candidate, now=now)
    send_link(candidate=asked.candidate, now=now)


@transaction.atomic
def agree_for_them(*, candidate_id: int, by: User, now: datetime) -> None:
    """The team knows that it is they who ask, and that the old address is no use any more."""
    asked = _for_team(candidate_id, by=by, now=now)
    asked.agreed_by = by
    asked.save(update_fields=["agreed_by"])
    _change(asked, by=by, now=now)


@transaction.atomic
def refuse_for_them(*, candidate_id: int, by: User, now: datetime) -> None:
    _refuse(_for_team(candidate_id, by=by, now=now), by=by, now=now)


def _asked(signed: str, now: datetime) -> tuple[AddressChange, str]:
    found = asked_by(signed, now=now)
    if found is None:
        raise Invalid(OVER)
    _hold(found[0].candidate_id)
    found = asked_by(signed, now=now)  # as it is now that nobody else can answer
    if found is None:
        raise Invalid(OVER)
    return found


def _for_team(candidate_id: int, *, by: User, now: datetime) -> AddressChange:
    rows = Candidate.objects.without_words()
    candidate = get_for(rows, candidate_id, user=by, permission=CHANGE, for_update=True)
    asked = AddressChange.objects.open(now).filter(candidate=candidate, new_said_at__isnull=False).first()
    if asked is None or asked.instead_of != (candidate.email_key or ""):
        raise WrongState(gettext_lazy("There is nothing to agree to any more."))
    asked.candidate = candidate
    return asked


def _change(asked: AddressChange, *, by: CanAct, now: datetime) -> None:
    candidate, old = asked.candidate, asked.candidate.email
    try:
        change_contact(candidate=candidate, by=by, now=now, email=asked.email)
    except Invalid:
        # Whose it is already is not told to somebody who only reads the mail there.
        raise Invalid(gettext_lazy("This address cannot be used. Please write to us on your page.")) from None
    asked.done_at = now
    asked.save(update_fields=["done_at"])
    confirm_email(candidate=candidate, now=now)
    if old:
        key = f"portal.address_changed:{candidate.pk}:{now.isoformat()}"
        send("portal.address_changed", candidate, to=old, key=key, now=now)
    send_link(candidate=candidate, now=now)


def _refuse(asked: AddressChange, *, by: CanAct, now: datetime) -> None:
    asked.refused_at = now
    asked.save(update_fields=["refused_at"])
    record("candidate.address_refused", subject=asked.candidate, by=by, now=now)
