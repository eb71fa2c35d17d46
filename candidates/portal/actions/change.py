"""What candidates do themselves, beside what the slices below do for them: their links."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from ats.duework.tasks import hurry, plan
from ats.kernel.languages import later
from ats.mail import outbox, reply_tags
from ats.mail.outbox import To
from ats.organisation.models import HiringOrganisation
from candidates.people.actions import confirm_email
from candidates.people.domain.addresses import email_key
from candidates.people.models import Candidate
from candidates.portal.actions.make_links import new_link
from candidates.portal.models import PortalLink

SEND_LINK = "portal.send_link"


def ask_for_link(*, email: str, now: datetime) -> None:
    """Send a new link to this address if it is somebody's.

    Known or not, here the same is done in the same time: who is known is looked up later, by a worker.
    """
    key = email_key(email)
    digest = hashlib.sha256(key.encode()).hexdigest()
    with transaction.atomic():
        planned = f"{SEND_LINK}:{digest[:32]}:{now:%Y%m%d%H%M}"  # twice within a minute is once
        plan(SEND_LINK, subject_id=0, due_at=now, key=planned, payload={"email_key": key})
        hurry("tasks")


@transaction.atomic
def send_link(*, candidate: Candidate, now: datetime, to: str = "") -> None:
    """Send a candidate a new link to their portal; `to` one of their further addresses, where they asked there."""
    send(
        "portal.link",
        candidate,
        to=to or candidate.email,
        key=f"portal.link:{candidate.pk}:{now:%Y%m%d%H%M}",
        now=now,
        portal_link=new_link(candidate=candidate, now=now),
    )


@transaction.atomic
def used(link: PortalLink, *, now: datetime) -> None:
    """Somebody acted through this link: it reached its owner, and so mail to their address does."""
    link.last_used_at = now
    link.save(update_fields=["last_used_at"])
    confirm_email(candidate=link.candidate, now=now)


def send(role: str, candidate: Candidate, *, to: str, key: str, now: datetime, **links: str) -> None:
    """A message of the portal itself, with its links."""
    organisation = organisation_of(candidate)
    values = {
        "candidate.first_name": candidate.greeting,
        "organisation.name": organisation.name if organisation else later(lambda: gettext("our hiring team")),
        **links,
    }
    outbox.queue(
        role,
        to=To(
            address=to,
            name=candidate.name,
            from_name=organisation.name if organisation else "",
            reply_to=_answers_to(candidate, organisation, to=to),
        ),
        message=outbox.write(role, values=values, organisation=organisation, language=candidate.language),
        key=key,
        now=now,
        about=candidate.about(),
    )


def _answers_to(candidate: Candidate, organisation: HiringOrganisation | None, *, to: str) -> str:
    """The conversation on their newest application; not from an address of which nobody knows yet whose it is."""
    if settings.INBOUND_ADDRESS and to == candidate.email:
        newest = candidate.applications.order_by("-applied_at", "-pk")
        if number := newest.values_list("pk", flat=True).first():
            return reply_tags.address_for(number)
    return organisation.reply_to if organisation else ""


def organisation_of(candidate: Candidate) -> HiringOrganisation | None:
    """The company that this person last applied to."""
    return (
        HiringOrganisation.objects.filter(requisitions__applications__candidate=candidate)
        .order_by("-requisitions__applications__applied_at")
        .first()
    )
