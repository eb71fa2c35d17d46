"""The message that asks a partner to accept what both sides promise, and a recruiter's own words to a partner."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from ats.accounts.models import User
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext_noop
from ats.mail import outbox
from ats.mail.models import OutgoingMail
from ats.mail.roles import MailRole, Words, declare
from partners.partnerships.domain.terms import DEFAULTS, grace_in_words
from partners.partnerships.models import Agreement, Partnership, PartnerSide
from requisitions.models import Requisition

AGREEMENT, UPDATE, WORD = "partners.agreement", "partners.update", "partners.word"

declare(
    [
        MailRole(
            name=AGREEMENT,
            label=gettext_noop("Agreement to accept"),
            to_partner=True,
            placeholders={
                "partner.first_name": "Mara",
                "other.name": "Robin Recruiter",
                "requisition.title": "Data Engineer",
                "agreement.version": "1",
                "agreement.yours": "- A view on every candidate put forward within 2 working days",
                "agreement.theirs": "- A first slate of qualified candidates within 10 working days of the opening",
                "agreement.grace": "What is done within 1 working day after its time still counts as kept.",
                "link": "https://accord.example/partners/1/",
            },
            words={
                "en": Words(
                    subject="What we promise each other for {{ requisition.title }}",
                    body="""Hello {{ partner.first_name }},

you and {{ other.name }} will fill {{ requisition.title }} together. This is what you would promise each other.

Your part:

{{ agreement.yours }}

The part of {{ other.name }}:

{{ agreement.theirs }}

If a time does not work for you, change it and propose it back.

[Read and accept]({{ link }})

The times are working time, and measured from what happens anyway. {{ agreement.grace }} Nobody fills in a report.""",
                )
            },
            links=frozenset({"link"}),
        ),
        MailRole(
            name=UPDATE,
            label=gettext_noop("Where the role stands, in the recruiter's words"),
            to_partner=True,
            placeholders={
                "partner.first_name": "Mara",
                "other.name": "Robin Recruiter",
                "requisition.title": "Data Engineer",
                "words": "Three people are in interviews, two more were put before you today.",
                "link": "https://accord.example/partners/1/",
            },
            words={
                "en": Words(
                    subject="Where {{ requisition.title }} stands",
                    body="""Hello {{ partner.first_name }},

{{ words }}

{{ other.name }}

[Open the role]({{ link }})""",
                )
            },
            links=frozenset({"link"}),
        ),
        MailRole(
            name=WORD,
            label=gettext_noop("Own words to a partner"),
            to_partner=True,
            by_hand=True,
            editable=False,
            placeholders={
                "partner.first_name": "Mara",
                "author.name": "Robin Recruiter",
                "about": "Data Engineer",
                "words": "Could we look at the must-haves again?",
            },
            words={
                "en": Words(
                    subject="{{ author.name }}: {{ about }}",
                    body="Hello {{ partner.first_name }},\n\n{{ words }}\n\n{{ author.name }}",
                )
            },
        ),
    ]
)


@ours
def send_update(partnership: Partnership, *, words: str, by: User, key: str, now: datetime) -> None:
    """To the hiring manager, where that is somebody else."""
    requisition = partnership.requisition
    manager = requisition.hiring_manager
    if manager is None or manager == by or not manager.is_active:
        return
    message = outbox.write(
        UPDATE,
        organisation=requisition.organisation,
        language=manager.language,
        values={
            "partner.first_name": manager.get_short_name(),
            "other.name": str(by),
            "requisition.title": requisition.title,
            "words": words,
            "link": settings.BASE_URL + reverse("dashboard") + f"?role={partnership.pk}",
        },
    )
    outbox.queue(
        UPDATE,
        to=outbox.To(address=manager.email, name=manager.name, from_name=by.name, reply_to=by.email),
        message=message,
        key=f"{UPDATE}:{key}",
        now=now,
        about=partnership.about(),
    )


@ours
def invite(agreement: Agreement, *, now: datetime) -> None:
    """A mail to the leader of each side that has not accepted; what was asked before is taken back."""
    outbox.cancel(roles_=[AGREEMENT], now=now, partnership_id=agreement.partnership_id)
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
        AGREEMENT,
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
        AGREEMENT,
        to=outbox.To(address=person.email, name=person.name, from_name=other.name, reply_to=other.email),
        message=message,
        key=f"{AGREEMENT}:{agreement.pk}:{side}",
        now=now,
        about=agreement.about(),
    )


def _terms(agreement: Agreement, side: PartnerSide) -> str:
    times = {term.kind: term.time for term in agreement.terms.all() if term.side == side}
    ordered = [(default, times[code]) for code, default in DEFAULTS.items() if code in times]
    return "\n".join(f"- {default.what} {default.within(number)}" for default, number in ordered)


@ours
def send_word(
    *, to: User, text: str, by: User, role: Requisition | None, key: str, now: datetime
) -> OutgoingMail:
    """What a recruiter writes to a partner in their own words."""
    message = outbox.write(
        WORD,
        organisation=role.organisation if role else None,
        language=to.language,
        values={
            "partner.first_name": to.get_short_name(),
            "author.name": str(by),
            "about": role.title if role else "a word",
            "words": text,
        },
    )
    return outbox.queue(
        WORD,
        to=outbox.To(address=to.email, name=to.name, from_name=by.name, reply_to=by.email),
        message=message,
        key=f"{WORD}:{key}",
        now=now,
        about=role.about() if role else {},
    )
