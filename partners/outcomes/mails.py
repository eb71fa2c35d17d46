"""What manager and new hire are asked and told after the first day."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext_noop
from ats.mail import outbox
from ats.mail.render import Rendered
from ats.mail.roles import MailRole, Words, declare
from candidates.compose import letters, quiet_hours
from candidates.internal.queries import partner_of
from partners.outcomes.models import AnswerSide, HireOutcome, OutcomeReview

TO_AGREE, AGREED = "outcomes.to_agree", "outcomes.agreed"
TO_REVIEW, TO_ANSWER = "outcomes.to_review", "outcomes.to_answer"
ROLES = (TO_AGREE, AGREED, TO_REVIEW, TO_ANSWER)

_MANAGER = {
    "user.first_name": "Mara",
    "candidate.name": "Robin Example",
    "job.title": "Data engineer",
    "link": "https://accord.example/partners/outcomes/of/1/",
}
_NEW_HIRE = {
    "candidate.first_name": "Robin",
    "job.title": "Data engineer",
    "manager.name": "Mara Manager",
    "recruiter.name": "Kim Sample",
    "organisation.name": "Example Company",
    "link": "https://accord.example/first-months/sample/",
}
_LINK = frozenset({"link"})

declare(
    [
        MailRole(
            name=TO_AGREE,
            label=gettext_noop("To the hiring manager: agree the outcomes of the first months"),
            to_partner=True,
            placeholders=_MANAGER,
            links=_LINK,
            words={
                "en": Words(
                    subject="{{ candidate.name }} has started: agree what the first months are for",
                    body="""Hello {{ user.first_name }},

{{ candidate.name }} has begun as {{ job.title }}. In this first week, go through the outcomes of the brief together and adjust them: they are filled in for you. {{ candidate.name }} gets them as you agree them.

[Look and agree]({{ link }})""",  # noqa: E501
                )
            },
        ),
        MailRole(
            name=AGREED,
            label=gettext_noop("To the new hire: what was agreed for the first months"),
            secret=True,
            placeholders=_NEW_HIRE | {"outcomes": "- The night load runs without a call (90 days)"},
            links=_LINK,
            words={
                "en": Words(
                    subject="What we agreed for your first months",
                    body="""Hello {{ candidate.first_name }},

this is what you and {{ manager.name }} agreed for your first months as {{ job.title }}:

{{ outcomes }}

On your page you can say that it is as you understood it, or what is different.

[Open your page]({{ link }})

{{ recruiter.name }}
{{ organisation.name }}""",
                )
            },
        ),
        MailRole(
            name=TO_REVIEW,
            label=gettext_noop("To the hiring manager: the review after 30, 90 or 180 days"),
            to_partner=True,
            placeholders=_MANAGER | {"day": "90"},
            links=_LINK,
            words={
                "en": Words(
                    subject="{{ candidate.name }}, {{ day }} days in: speak with each other",
                    body="""Hello {{ user.first_name }},

{{ candidate.name }} has been {{ job.title }} for {{ day }} days. Speak with each other about what was agreed, and write down how it stands. It takes three minutes.

{{ candidate.name }} is asked the same, and answers apart from you.

[Write it down]({{ link }})""",  # noqa: E501
                )
            },
        ),
        MailRole(
            name=TO_ANSWER,
            label=gettext_noop("To the new hire: how it goes after 30, 90 or 180 days"),
            secret=True,
            placeholders=_NEW_HIRE | {"day": "90"},
            links=_LINK,
            words={
                "en": Words(
                    subject="{{ day }} days in: is it as we said?",
                    body="""Hello {{ candidate.first_name }},

you have been {{ job.title }} for {{ day }} days. We promised you something before you came; is it so? It takes three minutes.

Your recruiter and the recruiting lead read your answers. {{ manager.name }} reads them only if you say so on the page.

[Answer]({{ link }})

{{ recruiter.name }}
{{ organisation.name }}""",  # noqa: E501
                )
            },
        ),
    ]
)


@ours
def ask_to_agree(outcome: HireOutcome, *, now: datetime) -> None:
    _to_manager(TO_AGREE, outcome, key=f"{TO_AGREE}:{outcome.pk}", now=now)


@ours
def tell_agreed(outcome: HireOutcome, *, link: str, now: datetime) -> None:
    said = "\n".join(f"- {line['text']} ({line['by']})" for line in outcome.expected)
    key = f"{AGREED}:{outcome.pk}:{now.isoformat()}"
    _to_new_hire(AGREED, outcome, key=key, now=now, more={"outcomes": said, "link": link})


@ours
def ask(review: OutcomeReview, *, answered: frozenset[str], link: str, now: datetime) -> None:
    """Whoever has not answered is asked; `link` is the new hire's."""
    outcome, more = review.outcome, {"day": str(review.day)}
    if AnswerSide.MANAGER not in answered:
        key = f"{TO_REVIEW}:{review.pk}:{review.reminders}"
        _to_manager(TO_REVIEW, outcome, key=key, now=now, more=more)
    if AnswerSide.NEW_HIRE not in answered:
        key = f"{TO_ANSWER}:{review.pk}:{review.reminders}"
        _to_new_hire(TO_ANSWER, outcome, key=key, now=now, more=more | {"link": link})


def _to_manager(
    role: str, outcome: HireOutcome, *, key: str, now: datetime, more: Mapping[str, str] | None = None
) -> None:
    requisition, application = outcome.partnership.requisition, outcome.hire.application
    person = partner_of(application)
    if person is None or not person.is_active:
        return
    values = {
        "user.first_name": person.get_short_name(),
        "candidate.name": application.candidate.name,
        "job.title": requisition.title,
        "link": settings.BASE_URL + reverse("hire_outcome", args=[application.pk]),
    }
    message = _written(role, outcome, person.language, values | dict(more or {}))
    outbox.queue(role, to=letters.to_user(person), message=message, key=key, now=now, about=outcome.about())


def _to_new_hire(
    role: str, outcome: HireOutcome, *, key: str, now: datetime, more: Mapping[str, str]
) -> None:
    requisition, candidate = outcome.partnership.requisition, outcome.hire.application.candidate
    values = {
        "candidate.first_name": candidate.first_name,
        "job.title": requisition.title,
        "manager.name": str(requisition.hiring_manager or requisition.recruiter),
        "recruiter.name": str(requisition.recruiter),
        "organisation.name": requisition.organisation.name,
    }
    when = quiet_hours.awake(now, quiet_hours.zone_for(outcome.hire.application))
    to = letters.to_candidate(outcome.hire.application)
    message = _written(role, outcome, candidate.language, values | dict(more))
    outbox.queue(role, to=to, message=message, key=key, now=now, not_before=when, about=outcome.about())


def _written(role: str, outcome: HireOutcome, language: str, values: Mapping[str, str]) -> Rendered:
    organisation = outcome.partnership.requisition.organisation
    return outbox.write(role, organisation=organisation, language=language, values=dict(values))
