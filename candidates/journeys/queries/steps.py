"""The journey of an organisation: its own, or the one that ships."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from django.db.models import QuerySet

from ats.kernel.errors import Missing
from ats.kernel.prepared import Prepared
from ats.mail import outbox, roles
from ats.mail.models import MailTemplate
from ats.mail.roles import Words
from ats.organisation.models import HiringOrganisation
from candidates.follow_ups.domain import journeys
from candidates.journeys.models import Journey, JourneyStep
from candidates.journeys.seeds import shipped


class Whole(NamedTuple):
    """A version with its steps in their order."""

    journey: Journey
    steps: list[JourneyStep]

    def of_key(self, key: str) -> JourneyStep:
        for step in self.steps:
            if step.key == key:
                return step
        raise Missing("There is no such step.")


def current(organisation: HiringOrganisation) -> Whole:
    rows = Journey.objects.filter(organisation=organisation, is_current=True).select_related("made_by")
    journey = rows.first()
    if journey is None:
        return Whole(*shipped(organisation))
    return Whole(journey, _with(journey))


def version(organisation: HiringOrganisation, number: int) -> Whole | None:
    journey = Journey.objects.filter(organisation=organisation, version=number).first()
    return Whole(journey, _with(journey)) if journey else None


def _with(journey: Journey) -> list[JourneyStep]:
    steps = list(journey.steps.select_related("source", "location"))
    for step in steps:
        step.journey = journey
    return steps


def currents(organisation_ids: Collection[int]) -> dict[int, list[JourneyStep]]:
    """The steps of each of these organisations that has a journey of its own, in one query."""
    rows = JourneyStep.objects.filter(
        journey__organisation__in=list(organisation_ids), journey__is_current=True
    ).select_related("journey")
    found: dict[int, list[JourneyStep]] = defaultdict(list)
    for step in rows:
        found[step.journey.organisation_id].append(step)
    return dict(found)


def planned_steps(organisation_id: int) -> list[JourneyStep]:
    """The steps that are planned here, switched off or not; none for whoever has the journey that ships."""
    return _planned(organisation=organisation_id)


@Prepared
def _planned(*, organisation: int) -> QuerySet[JourneyStep]:
    rows = JourneyStep.objects.filter(journey__organisation=organisation, journey__is_current=True)
    return rows.exclude(key__in=list(journeys.STEPS)).select_related("journey")


def ordered(key: str, organisation_id: int) -> JourneyStep | None:
    """A step of the house as this organisation has it; None for whoever has the journey that ships."""
    return next(iter(_ordered(key=key, organisation=organisation_id)), None)


@Prepared
def _ordered(*, key: str, organisation: int) -> QuerySet[JourneyStep]:
    return JourneyStep.objects.filter(journey__organisation=organisation, journey__is_current=True, key=key)


def other_words(step: JourneyStep, organisation: HiringOrganisation) -> dict[str, dict[str, str]]:
    """The words of an own step in the languages beside the first, where somebody wrote them."""
    rows = MailTemplate.objects.filter(role=step.words, organisation=organisation)
    others = rows.exclude(language=organisation.language).order_by("language")
    return {row.language: {"subject": row.subject, "body": row.body} for row in others}


def words_of(step: JourneyStep, organisation: HiringOrganisation, language: str = "en") -> Words | None:
    """The words of a step's message, as they would be sent; None for a task, and for a decision."""
    if not step.role:
        return None
    role = replace(roles.get(step.role), name=step.words)
    return outbox.words_for(role, organisation=organisation, language=language)
