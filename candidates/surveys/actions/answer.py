"""Answering a survey, once."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy

from ats.activity.record import record
from ats.kernel.errors import Invalid, Missing
from ats.kernel.staff_words import gettext_noop
from candidates.applications.models import Application
from candidates.compose.words import typed
from candidates.follow_ups.models import FollowUp, FollowUpState
from candidates.journeys.actions import ask
from candidates.journeys.models import LONGEST_TASK, Doer
from candidates.surveys.actions.links import Link
from candidates.surveys.actions.publish import monday
from candidates.surveys.domain.coarse import shared
from candidates.surveys.models import BEST, LONGEST_WORDS, Change, Is, SurveyResponse, SurveyUse, Would
from candidates.surveys.queries import asking

TASK = "survey_unhappy"
TASK_LABEL = gettext_noop("an unhappy answer to our survey")
TASK_WITHIN = 2
"""Working days in which a person gets in touch."""
KEPT_USED = timedelta(days=60)
"""So long after its link has ended it is known that somebody answered: a reminder's link may end later."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody answered; empty where they said nothing."""

    score: int
    named: bool = False
    product: str = ""
    organisation: str = ""
    culture: str = ""
    again: str = ""
    refer: str = ""
    buy: str = ""
    customer: str = ""
    words: str = field(default="")


@transaction.atomic
def answer(*, link: Link, said: Said, now: datetime) -> bool:
    """Keep the answer; False where this was answered before, and nothing changes.

    Of an anonymous one nothing goes on record: a record has a moment and a place.
    """
    _check(said)
    application = Application.objects.whole().filter(
        pk=link.application_id, candidate__anonymised_at=None
    ).first()  # fmt: skip
    if application is None or link.is_over(now):
        raise Missing("This survey has ended.")
    _, is_first = SurveyUse.objects.get_or_create(
        application_id=application.pk,
        occasion=link.occasion,
        defaults={"ends_on": link.ends_on + KEPT_USED},
    )
    if not is_first:
        return False
    row = _row(application, link, said, now)
    row.save(force_insert=True)
    if said.named:
        record("survey.answered", subject=application, by=application.candidate, now=now)
        if row.is_unhappy:
            _ask_to_get_in_touch(row, application, now)
    return True


def _check(said: Said) -> None:
    """The page asks no more than this; whoever comes another way is a program."""
    if not 0 <= said.score <= BEST:
        raise Invalid(gettext_lazy("Choose a number from 0 to 10."), field="score")
    if len(typed(said.words)) > LONGEST_WORDS:
        raise ValueError("These words are too long to be kept.")
    for value, choices in (
        *((each, Change) for each in (said.product, said.organisation, said.culture)),
        *((each, Would) for each in (said.again, said.refer, said.buy)),
        (said.customer, Is),
    ):
        if value and value not in choices.values:
            raise ValueError(f"{value} is none of the answers.")


def _row(application: Application, link: Link, said: Said, now: datetime) -> SurveyResponse:
    organisation_id = application.requisition.organisation_id
    [facts] = asking.facts_of(Application.objects.filter(pk=application.pk), link.occasion)
    if not said.named:
        facts = shared(facts, asking.others_asked(organisation_id, link.occasion, now))
    return SurveyResponse(
        organisation_id=organisation_id,
        application=application if said.named else None,
        occasion=link.occasion if said.named else "",
        week=monday(now.date()),
        facts=facts,
        score=said.score,
        product=said.product,
        organisation_respect=said.organisation,
        culture=said.culture,
        again=said.again,
        refer=said.refer,
        buy=said.buy,
        customer=said.customer,
        words=typed(said.words),
    )


def _ask_to_get_in_touch(row: SurveyResponse, application: Application, now: datetime) -> None:
    """Somebody who left their name is unhappy: a task for the recruiter, as steps of journeys give them."""
    what = f"They answered our survey with {row.score} of 10. Get in touch, and say what comes of it."
    if row.words:
        room = LONGEST_TASK - len(what) - 4
        words = row.words if len(row.words) <= room else f"{row.words[: room - 1]}…"
        what = f"{what} “{words}”"
    step = FollowUp.objects.create(
        candidate=application.candidate,
        application=application,
        step=TASK,
        due_at=now,
        state=FollowUpState.DONE,
        settled_at=now,
        payload={"label": TASK_LABEL},
        idempotency_key=f"{TASK}:{application.pk}:{row.occasion}",
    )
    ask(Doer.RECRUITER, what, TASK_WITHIN, [step], now)
