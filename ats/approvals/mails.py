"""What approvers and those who ask for approval are told."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.approvals.domain import kinds, links
from ats.approvals.models import Approval, ApprovalRequest
from ats.approvals.queries import people
from ats.kernel.kept import kept
from ats.kernel.staff_words import gettext_noop
from ats.mail import outbox
from ats.mail.roles import MailRole, Words, declare

ASKED, REMINDER, OVERDUE, ANSWERED = (
    "approvals.asked",
    "approvals.reminder",
    "approvals.overdue",
    "approvals.answered",
)

_MATTER = {
    "name": "Mara",
    "kind": "Offer",
    "title": "Data Engineer, offer to Alex Sample",
    "asker.name": "Robin Recruiter",
    "link": "https://accord.example/approvals/1/",
}
_LINK = frozenset({"link"})

declare(
    [
        MailRole(
            name=ASKED,
            label=gettext_noop("Somebody's approval is asked"),
            placeholders=_MATTER
            | {
                "label": "Compensation",
                "due.day": "Thursday 26 November",
                "why": "Dana Director has passed this on to you.",
            },
            words={
                "en": Words(
                    subject="Your approval by {{ due.day }}: {{ title }}",
                    body="""Hello {{ name }},

{{ asker.name }} asks for your approval ({{ label }}):

{{ kind }}: {{ title }}

{{ why }}

Please approve it, or send it back with your reason, by {{ due.day }}. It takes about two minutes, also on a phone.

[Look and answer]({{ link }})

The link is for you alone: please do not pass this message on. On the page you can hand it to a colleague.""",
                )
            },
            links=_LINK,
            secret=True,
        ),
        MailRole(
            name=REMINDER,
            label=gettext_noop("An approval is still open"),
            placeholders=_MATTER
            | {
                "label": "Compensation",
                "due.day": "Thursday 26 November",
                "by": "Robin Recruiter reminds you.",
            },
            words={
                "en": Words(
                    subject="Still open: {{ title }}",
                    body="""Hello {{ name }},

{{ asker.name }} waits for your approval ({{ label }}), due {{ due.day }}:

{{ kind }}: {{ title }}

{{ by }}

[Look and answer]({{ link }})

If somebody else should decide, hand it to them on the page.""",
                )
            },
            links=_LINK,
            secret=True,
        ),
        MailRole(
            name=OVERDUE,
            label=gettext_noop("An approval is overdue, to the recruiting lead"),
            placeholders=_MATTER
            | {"label": "Compensation", "due.day": "Thursday 26 November", "approver.name": "Dana Director"},
            words={
                "en": Words(
                    subject="Overdue: the approval of {{ approver.name }} for {{ title }}",
                    body="""Hello {{ name }},

{{ approver.name }} was to answer ({{ label }}) by {{ due.day }} and has been reminded twice:

{{ kind }}: {{ title }}

{{ asker.name }} cannot go on before that. A word from you may help.

[See where it stands]({{ link }})""",
                )
            },
            links=_LINK,
        ),
        MailRole(
            name=ANSWERED,
            label=gettext_noop("What was asked is approved, or sent back"),
            placeholders={key: value for key, value in _MATTER.items() if key != "asker.name"}
            | {
                "outcome": "is approved",
                "what": "Dana Director gave the last approval.",
            },
            words={
                "en": Words(
                    subject="{{ title }} {{ outcome }}",
                    body="""Hello {{ name }},

{{ kind }}: {{ title }} {{ outcome }}.

{{ what }}

[Open it]({{ link }})""",
                )
            },
            links=_LINK,
        ),
    ]
)


def asked(approval: Approval, *, now: datetime) -> None:
    """The question to an approver whose turn it is."""
    why = ""
    if approval.delegated_by is not None:
        why = kept(f"{approval.delegated_by} has passed this on to you.")
    elif approval.because:
        why = kept(f"You are asked because {approval.because}.")
    values = _of_one(approval) | {"why": why, "link": links.address(approval)}
    _queue(ASKED, approval.request, approval.approver, values, key=str(approval.pk), now=now)


def reminder(approval: Approval, *, by: User | None, now: datetime) -> None:
    said = kept(f"{by} reminds you.") if by else ""
    values = _of_one(approval) | {"by": said, "link": links.address(approval)}
    key = f"{approval.pk}:{now.isoformat()}"
    _queue(REMINDER, approval.request, approval.approver, values, key=key, now=now)


def overdue(approval: Approval, overseers: Iterable[User], *, now: datetime) -> None:
    request = approval.request
    for user in overseers:
        values = _of_one(approval) | {"approver.name": str(approval.approver), "link": links.page(request)}
        _queue(OVERDUE, request, user, values, key=f"{approval.pk}:{user.pk}", now=now)


def answered(request: ApprovalRequest, *, outcome: str, what: str, now: datetime) -> None:
    """To the one who asked, or if they have left to who oversees: it is approved, or it comes back."""
    link = settings.BASE_URL + request.link if request.link else links.page(request)
    values = {"outcome": outcome, "what": what, "link": link}
    asker = request.requested_by
    never = people.never(kinds.known().get(request.kind), request.subject_id)
    for user in (
        [asker] if asker.is_active else people.House(request.organisation_id).overseers(but_not=never)
    ):
        _queue(ANSWERED, request, user, values, key=f"{request.pk}:{user.pk}", now=now)


def cancel(approvals: Iterable[Approval], *, now: datetime) -> None:
    """Take back what has not left yet of the questions to these."""
    keys = [f"{ASKED}:{approval.pk}" for approval in approvals]
    outbox.cancel(roles_=[ASKED], idempotency_key__in=keys, now=now)


def _of_one(approval: Approval) -> dict[str, str]:
    assert approval.due_at is not None
    due = approval.due_at.astimezone(approval.approver.zone)
    return {
        "asker.name": str(approval.request.requested_by),
        "label": approval.label,
        "due.day": date_format(due, "l j F"),
    }


def _queue(
    role: str, request: ApprovalRequest, reader: User, values: dict[str, str], *, key: str, now: datetime
) -> None:
    kind = kinds.known().get(request.kind)
    values = values | {
        "name": reader.get_short_name(),
        "kind": kind.label if kind else request.kind,
        "title": request.title,
    }
    asker = request.requested_by
    replies = asker.email if reader != asker and asker.is_active else ""
    outbox.queue(
        role,
        to=outbox.To(address=reader.email, name=reader.name, reply_to=replies),
        message=outbox.write(
            role, values=values, organisation=request.organisation, language=reader.language
        ),
        key=f"{role}:{key}",
        now=now,
        about=request.about(),
    )
