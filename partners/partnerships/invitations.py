"""Asking for an acceptance that is missing."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from ats.accounts.models import User
from ats.mail import outbox
from partners.partnerships import mails
from partners.partnerships.defaults import DEFAULTS, grace_in_words
from partners.partnerships.models import Agreement, PartnerSide


def invite(agreement: Agreement, *, now: datetime) -> None:
    """A mail to the leader of each side that has not accepted; what was asked before is taken back."""
    outbox.cancel(roles_=[mails.AGREEMENT], now=now, partnership_id=agreement.partnership_id)
    requisition = agreement.partnership.requisition
    leaders: dict[PartnerSide, User | None] = {
        PartnerSide.RECRUITER: requisition.recruiter,
        PartnerSide.MANAGER: requisition.hiring_manager,
    }
    for side, person in leaders.items():
        other = leaders[_other(side)]
        if getattr(agreement, f"{side}_accepted_at") is None and person is not None and other is not None:
            _write(agreement, side=side, person=person, other=other, now=now)


def _other(side: PartnerSide) -> PartnerSide:
    return PartnerSide.MANAGER if side == PartnerSide.RECRUITER else PartnerSide.RECRUITER


def _write(agreement: Agreement, *, side: PartnerSide, person: User, other: User, now: datetime) -> None:
    requisition = agreement.partnership.requisition
    message = outbox.write(
        mails.AGREEMENT,
        organisation=requisition.organisation,
        language=person.language,
        values={
            "partner.first_name": person.get_short_name(),
            "other.name": str(other),
            "requisition.title": requisition.title,
            "agreement.version": str(agreement.version),
            "agreement.yours": _terms(agreement, side),
            "agreement.theirs": _terms(agreement, _other(side)),
            "agreement.grace": grace_in_words(agreement.grace_days),
            "link": settings.BASE_URL + reverse("partnership", args=[agreement.partnership_id]),
        },
    )
    outbox.queue(
        mails.AGREEMENT,
        to=outbox.To(address=person.email, name=person.name, from_name=other.name, reply_to=other.email),
        message=message,
        key=f"{mails.AGREEMENT}:{agreement.pk}:{side}",
        now=now,
        about=agreement.about(),
    )


def _terms(agreement: Agreement, side: PartnerSide) -> str:
    times = {term.kind: term.time for term in agreement.terms.all() if term.side == side}
    ordered = [(default, times[code]) for code, default in DEFAULTS.items() if code in times]
    return "\n".join(f"- {default.what} {default.within(number)}" for default, number in ordered)
