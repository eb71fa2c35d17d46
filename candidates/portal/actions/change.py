"""What candidates do themselves, beside what the slices below do for them: links and addresses."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from ats.duework.tasks import hurry, plan
from ats.kernel.errors import Invalid
from ats.mail import outbox
from ats.mail.outbox import To
from ats.organisation.models import HiringOrganisation
from candidates.people.actions import change_contact, confirm_email
from candidates.people.domain.addresses import email_key
from candidates.people.models import Candidate
from candidates.portal.actions.make_links import new_link, revoke_all
from candidates.portal.models import PortalLink

SEND_LINK = "portal.send_link"
SALT = "candidates.portal.address"
CONFIRM_WITHIN = timedelta(days=3)


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
def send_link(*, candidate: Candidate, now: datetime) -> None:
    """Send a candidate a new link to their portal."""
    _send(
        "portal.link",
        candidate,
        to=candidate.email,
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


@transaction.atomic
def ask_to_change_email(*, candidate: Candidate, email: str, now: datetime) -> None:
    """Send a link to the new address; until it is confirmed there, the old one stays."""
    key = email_key(email)
    if key == candidate.email_key:
        raise Invalid("This is the address that we write to already.", field="email")
    facts = {"candidate": candidate.pk, "email": email, "instead_of": candidate.email_key}
    signed = signing.dumps(facts, salt=SALT, compress=True)
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    _send(
        "portal.confirm_address",
        candidate,
        to=email,
        key=f"portal.confirm_address:{candidate.pk}:{digest}:{now:%Y%m%d%H%M}",
        now=now,
        confirm_link=f"{settings.BASE_URL}{reverse('status_address', args=[signed])}",
    )


def address_to_confirm(signed: str) -> tuple[Candidate, str] | None:
    """Whose new address this link confirms, and which; None if it is over, or the address changed since."""
    try:
        facts = signing.loads(signed, salt=SALT, max_age=CONFIRM_WITHIN)
    except signing.BadSignature:
        return None
    candidate = Candidate.objects.filter(
        pk=facts["candidate"], email_key=facts["instead_of"], anonymised_at__isnull=True
    ).first()
    return (candidate, facts["email"]) if candidate else None


@transaction.atomic
def confirm_address(*, signed: str, now: datetime) -> str:
    """Write to the new address from now on; earlier links end. The address of the portal by a new link."""
    found = address_to_confirm(signed)
    if found is None:
        raise Invalid("This link is no longer valid.")
    candidate, email = found
    candidate = Candidate.objects.select_for_update(no_key=True).get(pk=candidate.pk)
    old = candidate.email
    try:
        change_contact(candidate=candidate, by=candidate, now=now, email=email)
    except Invalid:
        # Whose it is already is not told to somebody who only reads the mail there.
        raise Invalid("This address cannot be used. Please write to us on your page.") from None
    confirm_email(candidate=candidate, now=now)
    revoke_all(candidate=candidate, now=now)
    key = f"portal.address_changed:{candidate.pk}:{now.isoformat()}"
    _send("portal.address_changed", candidate, to=old, key=key, now=now)
    return new_link(candidate=candidate, now=now)


def _send(role: str, candidate: Candidate, *, to: str, key: str, now: datetime, **links: str) -> None:
    organisation = organisation_of(candidate)
    values = {
        "candidate.first_name": candidate.first_name,
        "organisation.name": organisation.name if organisation else "our hiring team",
        **links,
    }
    outbox.queue(
        role,
        to=To(
            address=to,
            name=candidate.name,
            from_name=organisation.name if organisation else "",
            reply_to=organisation.reply_to if organisation else "",
        ),
        message=outbox.write(role, values=values, organisation=organisation, language=candidate.language),
        key=key,
        now=now,
        about=candidate.about(),
    )


def organisation_of(candidate: Candidate) -> HiringOrganisation | None:
    """The company that this person last applied to."""
    return (
        HiringOrganisation.objects.filter(requisitions__applications__candidate=candidate)
        .order_by("-requisitions__applications__applied_at")
        .first()
    )
