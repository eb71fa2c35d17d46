"""Changing a journey: each change is a new version, written whole; what is planned is brought to it afterwards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.duework.tasks import hurry
from ats.kernel import lawful
from ats.kernel.access import lock
from ats.kernel.errors import Conflict, Invalid, Missing, NotAllowed, WrongState
from ats.kernel.kept import kept
from ats.kernel.lawful import WRITTEN, Place
from ats.kernel.staff_words import gettext
from ats.mail import roles
from ats.mail.models import MailTemplate
from ats.mail.render import check
from ats.mail.roles import Words
from ats.organisation.models import HiringOrganisation, Location
from candidates.applications.models import Application
from candidates.compose.letters import LONGEST_BODY
from candidates.compose.words import typed
from candidates.consents.models import Purpose
from candidates.journeys import mails, queries
from candidates.journeys.actions.replan import REPLANNING
from candidates.journeys.domain.planning import IN
from candidates.journeys.models import (
    LONGEST_NAME,
    LONGEST_TASK,
    LONGEST_WITHIN,
    MOST_AMOUNT,
    MOST_STEPS,
    OF_THE_HOUSE,
    Act,
    Journey,
    JourneyStep,
    Replan,
    Trigger,
)
from candidates.journeys.queries.steps import Whole
from candidates.journeys.rules import CHANGE
from candidates.people.domain.keys import one_line
from candidates.people.models import Source

LONGEST_SUBJECT = 300
COPIED = tuple(
    field.attname
    for field in JourneyStep._meta.concrete_fields
    if field.name not in {"id", "journey", "position"}
)


@dataclass(frozen=True, kw_only=True)
class StepFacts:
    """What somebody says of a step; `words`: of its message, where they are its own."""

    name: str
    trigger: str = Trigger.APPLIED
    amount: int = 0
    unit: str = "days"
    hours: str = "working"
    stage_kind: str = ""
    source: Source | None = None
    location: Location | None = None
    language: str = ""
    act: str = Act.MESSAGE
    sender: str = "recruiter"
    doer: str = "recruiter"
    task: str = ""
    within: int = 2
    purpose: str = ""
    words: Words | None = None


@transaction.atomic
def add_step(*, organisation_id: int, facts: StepFacts, seen: int, by: User, now: datetime) -> JourneyStep:
    """Put a step at the end of the journey."""
    organisation, whole = _held(organisation_id, seen=seen, by=by)
    step, steps = with_step(whole, None, facts, organisation=organisation)
    _say(step, facts.words, organisation=organisation, by=by, now=now)
    _write(organisation, whole, steps, change=kept(f"added the step “{step.name}”"), by=by, now=now)
    return step


@transaction.atomic
def change_step(
    *, organisation_id: int, key: str, facts: StepFacts, seen: int, by: User, now: datetime
) -> JourneyStep:
    """Another time, condition, message or sender; of what is owed, the sender alone."""
    organisation, whole = _held(organisation_id, seen=seen, by=by)
    before = whole.of_key(key)
    was = {name: getattr(before, name) for name in COPIED}
    step, steps = with_step(whole, key, facts, organisation=organisation)
    if not step.is_of_house:
        _say(step, facts.words, organisation=organisation, by=by, now=now)
    if {name: getattr(step, name) for name in COPIED} != was:
        _write(organisation, whole, steps, change=kept(f"changed the step “{step.name}”"), by=by, now=now)
    return step


@transaction.atomic
def switch_step(*, organisation_id: int, key: str, on: bool, seen: int, by: User, now: datetime) -> None:
    """Leave a step out for everybody, or take it up again."""
    organisation, whole = _held(organisation_id, seen=seen, by=by)
    step = whole.of_key(key)
    if step.owed:
        raise WrongState(gettext("This is owed to candidates: it cannot be switched off."))
    if step.is_active == on:
        return
    step.is_active = on
    change = kept(f"switched {'on' if on else 'off'} “{step.name}”")
    _write(organisation, whole, whole.steps, change=change, by=by, now=now)


@transaction.atomic
def remove_step(*, organisation_id: int, key: str, seen: int, by: User, now: datetime) -> None:
    """Take an own step out of the journey; what the house ships is switched off instead."""
    organisation, whole = _held(organisation_id, seen=seen, by=by)
    step = whole.of_key(key)
    if step.owed:
        raise WrongState(gettext("This is owed to candidates: it cannot be removed."))
    if step.is_of_house:
        raise WrongState(gettext("This step ships with Accord: switch it off instead."))
    steps = [each for each in whole.steps if each.key != key]
    _write(organisation, whole, steps, change=kept(f"removed the step “{step.name}”"), by=by, now=now)


@transaction.atomic
def order_steps(*, organisation_id: int, keys: Sequence[str], seen: int, by: User, now: datetime) -> None:
    """Put the steps in this order, which is that of the page alone: each has its own time."""
    organisation, whole = _held(organisation_id, seen=seen, by=by)
    if sorted(keys) != sorted(step.key for step in whole.steps):
        raise Conflict(gettext("The journey has other steps by now: look again."))
    place = {key: position for position, key in enumerate(keys)}
    steps = sorted(whole.steps, key=lambda step: place[step.key])
    if [step.key for step in steps] != [step.key for step in whole.steps]:
        _write(organisation, whole, steps, change="put the steps in another order", by=by, now=now)


@transaction.atomic
def set_daily_cap(*, organisation_id: int, most: int, seen: int, by: User, now: datetime) -> None:
    """How many messages of steps one candidate gets in a day at most."""
    organisation, whole = _held(organisation_id, seen=seen, by=by)
    if not 1 <= most <= 10:
        raise Invalid(gettext("From 1 to 10 messages a day."), field="most")
    if most != whole.journey.daily_cap:
        change = kept(f"at most {most} a day")
        _write(organisation, whole, whole.steps, change=change, by=by, now=now, daily_cap=most)


def with_step(
    whole: Whole, key: str | None, facts: StepFacts, *, organisation: HiringOrganisation
) -> tuple[JourneyStep, list[JourneyStep]]:
    """The step as it would be, and all steps with it, in no table; `Invalid` names what cannot be."""
    if key is None:
        if len(whole.steps) >= MOST_STEPS:
            raise Invalid(gettext("A journey has at most %(most)s steps.") % {"most": MOST_STEPS})
        step = JourneyStep(journey=whole.journey, key=f"own-{uuid4().hex[:12]}")
    else:
        step = whole.of_key(key)
    if step.owed:
        step.sender = facts.sender
    else:
        _set(step, facts, organisation)
    steps = (
        [*whole.steps, step] if key is None else [step if each.key == key else each for each in whole.steps]
    )
    return step, steps


def _set(step: JourneyStep, facts: StepFacts, organisation: HiringOrganisation) -> None:
    _check(step, facts, organisation)
    step.name = one_line(facts.name)
    step.amount, step.unit, step.hours = facts.amount, facts.unit, facts.hours
    step.stage_kind, step.language = facts.stage_kind, facts.language
    step.source, step.location = facts.source, facts.location
    step.sender = facts.sender
    if step.is_of_house:
        return
    step.trigger = facts.trigger
    step.act, step.doer = facts.act, facts.doer
    is_task = facts.act == Act.TASK
    step.task = one_line(facts.task) if is_task else ""
    step.within = facts.within if is_task else JourneyStep._meta.get_field("within").default
    was = step.role
    step.role = "" if is_task else mails.role_for(facts.trigger, purpose=facts.purpose, was=was)


def _check(step: JourneyStep, facts: StepFacts, organisation: HiringOrganisation) -> None:
    name = one_line(facts.name)
    if not name:
        raise Invalid(gettext("Give the step a name."), field="name")
    if len(name) > LONGEST_NAME:
        raise Invalid(
            gettext("Keep the name under %(limit)s characters.") % {"limit": LONGEST_NAME}, field="name"
        )
    if not 0 <= facts.amount <= MOST_AMOUNT:
        raise Invalid(gettext("From 0 to %(most)s.") % {"most": MOST_AMOUNT}, field="amount")
    if facts.location is not None and facts.location.organisation_id != organisation.pk:
        raise Invalid(gettext("Choose a place of this organisation."), field="location")
    if not step.is_of_house:
        _check_what(facts)


def _check_what(facts: StepFacts) -> None:
    """What an own step follows, and what it does."""
    if facts.trigger in OF_THE_HOUSE or facts.trigger not in Trigger.values:
        raise Invalid(gettext("Choose what the step follows."), field="trigger")
    if facts.trigger == Trigger.STAGE and not facts.stage_kind:
        raise Invalid(gettext("Say which stage."), field="stage_kind")
    if facts.trigger == Trigger.NO_NEWS and facts.amount < 1:
        raise Invalid(
            gettext("Say after how long without news: with none it would follow itself."), field="amount"
        )
    if facts.act == Act.TASK:
        _check_task(facts)
    elif facts.purpose and facts.purpose not in Purpose.values:
        raise Invalid(gettext("Choose what they must have agreed to."), field="purpose")
    elif facts.purpose and facts.trigger not in IN:
        raise Invalid(
            gettext("While somebody is in play, messages are about their application."), field="purpose"
        )


def _check_task(facts: StepFacts) -> None:
    task = one_line(facts.task)
    if not task:
        raise Invalid(gettext("Say what is to be done."), field="task")
    if len(task) > LONGEST_TASK:
        raise Invalid(
            gettext("Keep this under %(limit)s characters.") % {"limit": LONGEST_TASK}, field="task"
        )
    if not 1 <= facts.within <= LONGEST_WITHIN:
        raise Invalid(gettext("From 1 to %(most)s working days.") % {"most": LONGEST_WITHIN}, field="within")


def check_words(step: JourneyStep, words: Words) -> Words:
    """These words as they would be kept; `Invalid` names a placeholder that there is none of."""
    words = replace(words, subject=one_line(words.subject), body=typed(words.body))
    if len(words.subject) > LONGEST_SUBJECT:
        raise Invalid(
            gettext("A subject has at most %(limit)s characters.") % {"limit": LONGEST_SUBJECT},
            field="subject",
        )
    if len(words.body) > LONGEST_BODY:
        raise Invalid(
            gettext("Keep the message under %(limit)s characters.") % {"limit": LONGEST_BODY}, field="body"
        )
    check(roles.get(step.role), words)
    return words


def _say(
    step: JourneyStep, words: Words | None, *, organisation: HiringOrganisation, by: User, now: datetime
) -> None:
    """Keep the words of an own step among the mail templates, where they are other ones than so far."""
    place = Place(name=f"words:{step.words}", what=f"The words of “{step.name}”")
    if step.act != Act.MESSAGE:
        lawful.check({"task": step.task}, place=place, uses=WRITTEN)
        return
    if words is None:
        raise Invalid(gettext("Write the message."), field="body")
    words = check_words(step, words)
    found = queries.words_of(step, organisation, organisation.language)
    if found is not None and (found.subject, found.body) == (words.subject, words.body):
        return
    lawful.check({"subject": words.subject, "body": words.body}, place=place, uses=WRITTEN)
    MailTemplate.objects.update_or_create(
        role=step.words,
        organisation=organisation,
        language=organisation.language,
        defaults={"subject": words.subject, "body": words.body, "updated_by": by},
    )
    record("journey.reworded", subject=organisation, by=by, now=now, data={"step": step.name})


def permitted(organisation_id: int, *, by: User) -> HiringOrganisation:
    """The organisation, locked, for who may change its journey."""
    if not by.has_perm(CHANGE):
        raise NotAllowed(gettext("Leads and administrators change journeys. Ask one of them."))
    lock(HiringOrganisation, organisation_id)
    organisation = HiringOrganisation.objects.filter(pk=organisation_id, is_active=True).first()
    if organisation is None:
        raise Missing("There is no such organisation.")
    return organisation


def _held(organisation_id: int, *, seen: int, by: User) -> tuple[HiringOrganisation, Whole]:
    """The journey as it is now; `Conflict` where it is no longer the version that the person saw."""
    organisation = permitted(organisation_id, by=by)
    whole = queries.current(organisation)
    if whole.journey.version != seen:
        raise Conflict(
            gettext("%(who)s has just changed this journey: look again.")
            % {"who": whole.journey.made_by or gettext("Somebody")}
        )
    return organisation, whole


def _write(
    organisation: HiringOrganisation,
    whole: Whole,
    steps: Iterable[JourneyStep],
    *,
    change: str,
    by: User,
    now: datetime,
    **more: Any,
) -> Journey:
    before = whole.journey
    if before.pk:
        Journey.objects.filter(pk=before.pk).update(is_current=False)
    facts = {"daily_cap": before.daily_cap} | more
    journey = Journey.objects.create(
        organisation=organisation, version=before.version + 1, made_by=by, change=change[:300], **facts
    )
    JourneyStep.objects.bulk_create(
        JourneyStep(journey=journey, position=position, **{name: getattr(step, name) for name in COPIED})
        for position, step in enumerate(steps)
    )
    number = Application.objects.filter(requisition__organisation=organisation).count()
    Replan.objects.create(journey=journey, total=number, began_at=now)
    hurry(REPLANNING)
    data = {"change": change[:300], "version": journey.version}
    record("journey.changed", subject=journey, by=by, now=now, data=data)
    return journey
