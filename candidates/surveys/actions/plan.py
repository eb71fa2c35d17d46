"""Planning surveys as steps of a journey, and looking again at who is asked when they are due."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import connection

from candidates.applications.models import Application, ApplicationState
from candidates.follow_ups import actions as follow_ups
from candidates.follow_ups.domain import journeys
from candidates.follow_ups.domain.journeys import Step
from candidates.follow_ups.models import FollowUp, FollowUpState
from candidates.surveys.actions.links import address_for
from candidates.surveys.models import SurveyRules
from candidates.surveys.queries import asking
from requisitions.models import Side

OFF = "Surveys are switched off."
ANSWERED = "They have answered."
ASKED = "They have been asked already."
NOT_LONG_AGO = "They were asked less than 90 days ago, or are asked soon how it ended."
THEIR_MOVE = "The next move is theirs: nothing else is asked of them."
LATE = "They wait for an answer of ours: first that."
ERASED = "Their data was erased."
FIRST_NOT_SENT = "The survey itself did not go out."
LOCK = 7_414
"""The first number of the locks by which two workers do not ask the same person at once."""


def ask_how_it_ended(application: Application, *, now: datetime) -> None:
    """Plan the exit survey of somebody who knows the outcome; once for an application, whatever happens to it."""
    if application.state == ApplicationState.ACTIVE:
        return
    rows = FollowUp.objects.filter(application=application, step=journeys.SURVEY)
    states = list(rows.values_list("state", flat=True))
    if not {FollowUpState.WAITING, FollowUpState.DONE} & set(states):
        key = f"survey:{application.pk}:{len(states)}"
        follow_ups.schedule(journeys.SURVEY, application=application, now=now, key=key)


def do_not_ask_yet(application: Application, *, now: datetime) -> None:
    """The message that told them came back: they are asked when they know."""
    steps, reason = (journeys.SURVEY,), "The message did not reach them."
    follow_ups.cancel(application=application, steps=steps, reason=reason, by=None, now=now)


def remind(application: Application, *, now: datetime) -> None:
    """The exit survey has gone out: one reminder, which is left out if they answer."""
    key = f"survey-reminder:{application.pk}"
    if not FollowUp.objects.filter(idempotency_key=key).exists():
        follow_ups.schedule(journeys.SURVEY_REMINDER, application=application, now=now, key=key)


def ask_on_the_way(step: str, application: Application, *, now: datetime) -> None:
    """Plan a survey of somebody who is in play, where their organisation asks such people; once for each moment."""
    rules = asking.rules_of([application.requisition.organisation_id])[
        application.requisition.organisation_id
    ]
    key = f"{step}:{application.pk}"
    if not _is_meant(step, application, rules) or FollowUp.objects.filter(idempotency_key=key).exists():
        return
    follow_ups.schedule(step, application=application, now=now, key=key)


def _is_meant(step: str, application: Application, rules: SurveyRules) -> bool:
    if not rules.is_on:
        return False
    if step == journeys.SURVEY_INTERVIEWED:
        return rules.after_interviews
    return is_drawn(application.pk, rules.apply_one_in)


def is_drawn(number: int, one_in: int) -> bool:
    """Whether this application is in the sample: evenly spread, and chosen by nobody."""
    digest = hashlib.sha256(f"survey:{number}".encode()).digest()
    return bool(one_in) and int.from_bytes(digest[:8], "big") % one_in == 0


def as_they_stand(rows: Sequence[FollowUp], steps: Mapping[int, Step], now: datetime) -> dict[int, Step]:
    """Surveys that are due: each with the way into it, or with the reason why nobody is asked."""
    due = [row for row in rows if row.step in asking.OCCASIONS and row.application is not None]
    if not due:
        return {}
    checks = _Checks(due, now)
    found: dict[int, Step] = {}
    for row in due:
        step = steps[row.pk]
        if off := step.off or checks.why_not(row):
            found[row.pk] = replace(step, off=off)
        else:
            checks.taken(row)
            link = address_for(
                application_id=row.application_id or 0, occasion=asking.OCCASIONS[row.step], now=now
            )
            found[row.pk] = replace(step, adds="", facts={**step.facts, "survey_link": link})
    return found


class _Checks:
    """What is so of all of a batch's people, read once."""

    def __init__(self, rows: Sequence[FollowUp], now: datetime) -> None:
        on_the_way = [row for row in rows if row.step in asking.ON_THE_WAY]
        if on_the_way:
            _hold({row.candidate_id for row in on_the_way})
        numbers = {row.application_id for row in rows if row.application_id}
        self.rules = asking.rules_of({_organisation(row) for row in rows})
        self.used = asking.used(numbers)
        self.ended = asking.asked_before(numbers)
        self.lately = asking.asked_lately({row.candidate_id for row in on_the_way}, now) if on_the_way else {}
        theirs = {row.application_id for row in on_the_way if row.application_id}
        self.owed = asking.owed_in(theirs) if on_the_way else {}
        self.now = now
        self.asked_now: set[int] = set()

    def taken(self, row: FollowUp) -> None:
        """This one is asked: not twice in one batch."""
        if row.step in asking.ON_THE_WAY:
            self.asked_now.add(row.candidate_id)
        elif row.step == journeys.SURVEY:
            self.ended.add(row.application_id or 0)

    def why_not(self, row: FollowUp) -> str:
        assert row.application is not None
        if not self.rules[_organisation(row)].is_on:
            return OFF
        if row.application.candidate.anonymised_at is not None:
            return ERASED
        if (row.application_id, asking.OCCASIONS[row.step]) in self.used:
            return ANSWERED
        if row.step == journeys.SURVEY:
            return ASKED if row.application_id in self.ended else ""
        if row.step == journeys.SURVEY_REMINDER:
            return "" if row.application_id in self.ended else FIRST_NOT_SENT
        return self._why_not_now(row)

    def _why_not_now(self, row: FollowUp) -> str:
        if row.candidate_id in self.asked_now or self.lately.get(row.candidate_id):
            return NOT_LONG_AGO
        promise = self.owed.get(row.application_id or 0)
        if promise is None:
            return ""
        if promise.side == Side.CANDIDATE:
            return THEIR_MOVE
        return LATE if promise.broken_before or promise.due_at < self.now else ""


def _organisation(row: FollowUp) -> int:
    assert row.application is not None
    return row.application.requisition.organisation_id


def _hold(candidates: Collection[int]) -> None:
    """Until this transaction ends, nobody else asks any of these people: in order, so that no two wait in a ring."""
    with connection.cursor() as cursor:
        for number in sorted(candidates):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashint8(%s))", [LOCK, number])
