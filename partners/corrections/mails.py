"""What partners get about a course correction: that it began, and what the figures say on the day to look again."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext_noop
from ats.mail import outbox
from ats.mail.roles import MailRole, Words, declare
from partners.corrections.models import CorrectionStep, CourseCorrection

STARTED, LOOKED = "partners.correction_started", "partners.correction_looked"
_WHO = {
    "partner.first_name": "Mara",
    "requisition.title": "Data Engineer",
    "challenge": "At this pace the start is 12 January, 12 days after the target of 31 December.",
    "link": "https://accord.example/partners/corrections/1/",
}
_LINKS = frozenset({"link"})

declare(
    [
        MailRole(
            name=STARTED,
            label=gettext_noop("The course is corrected"),
            to_partner=True,
            placeholders=_WHO
            | {
                "other.name": "Robin Recruiter",
                "look.on": "Thursday 10 December",
                "yours": "- The bar: take “ran it at night” out of the must-haves, by Friday 27 November",
                "theirs": "- Where we look: write to the people of the last role, by Thursday 26 November",
            },
            words={
                "en": Words(
                    subject="{{ requisition.title }}: we correct the course",
                    body="""Hello {{ partner.first_name }},

{{ other.name }} has put down what slips on {{ requisition.title }}, and what each of you changes:

{{ challenge }}

Your part:

{{ yours }}

Their part:

{{ theirs }}

On {{ look.on }} the same figure is read again, and both readings say whether it worked. Either of you can add to it or stop it.

[Open it]({{ link }})""",  # noqa: E501
                )
            },
            links=_LINKS,
        ),
        MailRole(
            name=LOOKED,
            label=gettext_noop("The course was looked at again"),
            to_partner=True,
            placeholders=_WHO
            | {
                "result": "It worked: 12 days behind the target start at the start, 2 days behind on 10 December."
            },
            words={
                "en": Words(
                    subject="{{ requisition.title }}: did it work?",
                    body="""Hello {{ partner.first_name }},

today is the day to look again at this:

{{ challenge }}

{{ result }}

It stands on the agenda of your next check-in.

[Open it]({{ link }})""",
                )
            },
            links=_LINKS,
        ),
    ]
)

NOTHING = "- Nothing"


@ours
def send_started(
    correction: CourseCorrection, steps: Sequence[CorrectionStep], *, by: User, now: datetime
) -> None:
    """To whoever of the two did not begin it."""
    for person in _leaders(correction):
        if person != by:
            mine = [step for step in steps if step.owner_id == person.pk]
            values = {
                "other.name": str(by),
                "look.on": date_format(correction.look_again_on, "l j F"),
                "yours": _listed(mine),
                "theirs": _listed([step for step in steps if step not in mine]),
            }
            _send(STARTED, correction, person, values, now=now)


@ours
def send_looked(correction: CourseCorrection, *, now: datetime) -> None:
    for person in _leaders(correction):
        _send(LOOKED, correction, person, {"result": correction.result}, now=now)


def _leaders(correction: CourseCorrection) -> list[User]:
    role = correction.partnership.requisition
    return [person for person in (role.recruiter, role.hiring_manager) if person and person.is_active]


def _listed(steps: Sequence[CorrectionStep]) -> str:
    lines = [
        f"- {step.get_lever_display()}: {step.text}, by {date_format(step.due_on, 'l j F')}" for step in steps
    ]
    return "\n".join(lines) or NOTHING


def _send(
    role: str, correction: CourseCorrection, person: User, values: dict[str, str], *, now: datetime
) -> None:
    requisition = correction.partnership.requisition
    values = values | {
        "partner.first_name": person.get_short_name(),
        "requisition.title": requisition.title,
        "challenge": correction.challenge,
        "link": settings.BASE_URL + reverse("correction", args=[correction.pk]),
    }
    organisation = requisition.organisation
    outbox.queue(
        role,
        to=outbox.To(address=person.email, name=person.name),
        message=outbox.write(role, values=values, organisation=organisation, language=person.language),
        key=f"{role}:{correction.pk}:{person.pk}",
        now=now,
        about=correction.about(),
    )
