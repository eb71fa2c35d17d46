"""What the pages about messages show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from ats.accounts.models import User
from ats.activity.models import Activity
from ats.kernel.staff_words import gettext
from ats.mail import roles
from ats.mail.models import MailState, MailTemplate, OutgoingMail, SuppressedAddress
from ats.mail.outbox import words_for
from ats.mail.render import render
from ats.mail.roles import MailRole, Reader, Words
from ats.organisation.models import HiringOrganisation

OPEN = [state for state in MailState if state not in {MailState.SENT, MailState.CANCELLED}]
PAGE = 50


@dataclass(frozen=True)
class Queue:
    """How the outbox stands."""

    counts: Mapping[str, int]
    oldest_due: datetime | None

    @property
    def due(self) -> bool:
        return self.oldest_due is not None


def queue_state(now: datetime) -> Queue:
    counted = OutgoingMail.objects.filter(state__in=OPEN).values("state").annotate(number=Count("id"))
    counts = dict.fromkeys(OPEN, 0) | {row["state"]: row["number"] for row in counted.order_by()}
    oldest = OutgoingMail.objects.ready(now).aggregate(oldest=Min("not_before"))["oldest"]
    return Queue(counts=counts, oldest_due=oldest)


def outbox(user: User, *, state: str = "", q: str = "") -> QuerySet[OutgoingMail]:
    found = OutgoingMail.objects.visible_to(user).defer("text", "html", "headers")
    if state:
        found = found.filter(state=state)
    if q:
        found = found.filter(Q(to__icontains=q) | Q(subject__icontains=q))
    return found.order_by("-id")


def message(user: User, mail_id: int) -> OutgoingMail | None:
    rows = OutgoingMail.objects.visible_to(user).select_related("in_reply_to").prefetch_related("attachments")
    return rows.filter(pk=mail_id).first()


def history(mail: OutgoingMail) -> list[Activity]:
    """What people, and failures, did to a message."""
    of_it = Activity.objects.filter(subject_type="outgoingmail", subject_id=mail.pk)
    return list(of_it.order_by("-occurred_at", "-id"))


def suppressed() -> QuerySet[SuppressedAddress]:
    return SuppressedAddress.objects.order_by("-since")


@dataclass(frozen=True)
class TemplateLine:
    """A kind of message in the list of those whose words can be changed."""

    role: MailRole
    subject: str
    own: list[str]
    """Who has words of their own for it: "everybody", or organisations by name."""


def template_lines() -> list[tuple[Reader, list[TemplateLine]]]:
    """Every kind of message whose words can be changed, by who reads it, in the order of a hire."""
    own: dict[str, list[MailTemplate]] = {}
    for template in MailTemplate.objects.select_related("organisation").order_by("organisation__name"):
        own.setdefault(template.role, []).append(template)
    editable = [role for role in roles.known().values() if role.editable]
    return [
        (
            reader,
            [_template_line(role, own.get(role.name, [])) for role in editable if role.reader == reader],
        )
        for reader in Reader
    ]


def _template_line(role: MailRole, own: list[MailTemplate]) -> TemplateLine:
    return TemplateLine(
        role=role,
        subject=render(role, role.words["en"], role.placeholders).subject,
        own=[str(each.organisation) if each.organisation else "everybody" for each in own],
    )


def own_template(
    role: MailRole, *, organisation: HiringOrganisation | None, language: str
) -> MailTemplate | None:
    return (
        MailTemplate.objects.select_related("updated_by")
        .filter(role=role.name, organisation=organisation, language=language)
        .first()
    )


def current_words(role: MailRole, *, organisation: HiringOrganisation | None, language: str) -> Words:
    """What would be sent now."""
    return words_for(role, organisation=organisation, language=language)


def organisations() -> list[HiringOrganisation]:
    return list(HiringOrganisation.objects.filter(is_active=True).order_by("name"))


def facts(mail: OutgoingMail) -> list[tuple[str, Any]]:
    """The stations of a message that have a time."""
    stations = [
        (gettext("Written"), mail.created_at),
        (gettext("Not before"), mail.not_before if mail.not_before > mail.created_at else None),
        (gettext("Not after"), mail.not_after),
        (gettext("Next attempt"), mail.retry_at if mail.state == MailState.QUEUED else None),
        (gettext("Handed to the mail server"), mail.begun_at),
        (gettext("Told that it is late by days"), mail.delayed_at),
        (gettext("Taken by the mail server"), mail.sent_at),
    ]
    return [(label, moment) for label, moment in stations if moment is not None]
