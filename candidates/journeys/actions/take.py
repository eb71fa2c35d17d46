"""What a due step of an organisation with a journey of its own is, and whether it is still true."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

from django.urls import reverse

from ats.activity.record import Entry, record_many
from ats.chat import actions as chat
from ats.chat.models import What
from ats.kernel.kept import kept
from ats.mail import outbox
from ats.organisation.domain import working_time
from candidates.applications.models import Application
from candidates.compose import letters
from candidates.consents import queries as consents
from candidates.consents.models import Purpose
from candidates.follow_ups.domain.journeys import STEPS, Step
from candidates.follow_ups.models import FollowUp
from candidates.internal.queries import partner_of, recruiter_of
from candidates.journeys import mails, queries
from candidates.journeys.domain.comparing import GONE, OFF
from candidates.journeys.domain.house import HOURS, as_ordered
from candidates.journeys.domain.planning import ACTIVE, IN, KEY, Standing, plan, why_not
from candidates.journeys.models import BACKWARDS, Act, Doer, Hours, JourneyStep, Sender, StepTask
from candidates.journeys.queries.facts import facts_of
from candidates.journeys.queries.from_us import Said, said_by, said_with

NO_CONSENT = "They have not said that we may keep in touch."
NOT_AGREED = "They have not agreed to messages of this kind."
BEGUN = "What it prepares for has begun."
CHANGED = "What it followed has changed."


def as_here(rows: Sequence[FollowUp], now: datetime) -> dict[int, Step]:
    """By row: the house's steps as their organisation has them, and its own; none where it has the shipped journey."""
    by_organisation: dict[int, list[FollowUp]] = defaultdict(list)
    for row in rows:
        if row.application is not None:
            by_organisation[row.application.requisition.organisation_id].append(row)
    found: dict[int, Step] = {}
    journeys, said = queries.currents(by_organisation), said_by(by_organisation)
    for organisation_id, group in by_organisation.items():
        own = [row for row in group if row.idempotency_key.startswith(KEY)]
        if steps := journeys.get(organisation_id):
            found |= _of_house(group, steps) | _own(own, steps, now)
        else:
            found |= {row.pk: Step(name=row.step, label=row.label, off=GONE) for row in own}
        if words := said.get(organisation_id):
            found |= _with(words, group, found)
    return found


def _with(said: Said, rows: Sequence[FollowUp], found: Mapping[int, Step]) -> dict[int, Step]:
    """The steps that marketing says something with."""
    changed = {}
    for row in rows:
        step = found.get(row.pk) or STEPS.get(row.step)
        if step is not None and (adds := said_with(row.step, said, _application(row).candidate.language)):
            changed[row.pk] = replace(step, adds=adds)
    return changed


def _of_house(rows: Sequence[FollowUp], steps: Sequence[JourneyStep]) -> dict[int, Step]:
    by_key = {step.key: step for step in steps}
    found = {}
    for row in rows:
        if row.step in STEPS and row.step in by_key:
            step = by_key[row.step]
            ordered = as_ordered(STEPS[row.step], step, row.application)
            found[row.pk] = replace(ordered, most=None if step.owed else step.journey.daily_cap)
    return found


def _own(rows: Sequence[FollowUp], steps: Sequence[JourneyStep], now: datetime) -> dict[int, Step]:
    if not rows:
        return {}
    by_key = {step.key: step for step in steps}
    calendar = _application(rows[0]).calendar
    standings = queries.standings(
        {_application(row).pk for row in rows},
        steps=[step for step in steps if step.is_active],
        calendar=calendar,
    )
    facts, agreed = facts_of(rows), _agreed(rows, by_key, now)
    found = {}
    for row in rows:
        step, standing = by_key.get(row.step), standings[_application(row).pk]
        if step is None:
            found[row.pk] = Step(name=row.step, label=row.label, off=GONE)
            continue
        brought = {each.key: each for each in plan([step], standing, calendar)}
        off = _why_off(row, step, standing, brought, now) or _not_agreed(row, step, agreed)
        found[row.pk] = _as_step(step, off=off, facts=facts.get(row.pk, {}))
    return found


def _agreed(
    rows: Sequence[FollowUp], by_key: Mapping[str, JourneyStep], now: datetime
) -> set[tuple[int, str]]:
    """Who has agreed to what, of those whose steps ask for it."""
    asked = {
        _application(row).candidate_id
        for row in rows
        if row.step in by_key and mails.purpose_of(by_key[row.step].role)
    }
    return consents.agreed(asked, now) if asked else set()


def _why_off(
    row: FollowUp, step: JourneyStep, standing: Standing, brought: Mapping[str, Any], now: datetime
) -> str:
    if not step.is_active:
        return OFF
    planned = brought.get(row.idempotency_key)
    if planned is None:
        return why_not(step, standing) or CHANGED
    if step.trigger in BACKWARDS and planned.occasion.at <= now:
        return BEGUN
    return ""


def _not_agreed(row: FollowUp, step: JourneyStep, agreed: Collection[tuple[int, str]]) -> str:
    purpose = mails.purpose_of(step.role) if step.act == Act.MESSAGE else ""
    if purpose and (_application(row).candidate_id, purpose) not in agreed:
        return NO_CONSENT if purpose == Purpose.ROLES else NOT_AGREED
    return ""


def _as_step(step: JourneyStep, *, off: str, facts: Mapping[str, str]) -> Step:
    is_task = step.act == Act.TASK
    return Step(
        name=step.key,
        label=step.name,
        mail="" if is_task else step.role,
        words="" if is_task else step.words,
        hours=HOURS[Hours(step.hours)],
        states=IN.get(step.trigger, ACTIVE),
        off=off,
        facts=facts,
        most=_most(step),
        by_team=step.sender == Sender.TEAM,
        asks=_asking(Doer(step.doer), step.task, step.within) if is_task else None,
    )


def _most(step: JourneyStep) -> int | None:
    """Interviews have no limit in a day."""
    return None if step.role in mails.ABOUT_INTERVIEWS else step.journey.daily_cap


@lru_cache(maxsize=256)
def _asking(doer: Doer, what: str, within: int) -> Any:
    """What gives this task to that side: the same for all rows of a step, so that they are done together."""
    return partial(ask, doer, what, within)


def ask(doer: Doer, what: str, within: int, rows: Sequence[FollowUp], now: datetime) -> None:
    """Give the task of these steps to whoever is responsible; they are told by mail."""
    tasks = []
    for row in rows:
        application = _application(row)
        owner = partner_of(application) if doer == Doer.MANAGER else recruiter_of(application)
        owner = owner or recruiter_of(application)
        due_at = working_time.after_days(application.calendar, now, within)
        task = StepTask(
            follow_up=row, application=application, owner=owner, what=what, asked_at=now, due_at=due_at
        )
        tasks.append(task)
    StepTask.objects.bulk_create(tasks)
    for task in tasks:
        _tell(task, now)
    entries = [
        Entry(task, {"owner": str(task.owner), "what": task.what}, {**task.application.about()})
        for task in tasks
    ]
    record_many("followup.asked", entries, by=None, now=now)


def _tell(task: StepTask, now: datetime) -> None:
    write_of_task(task, now)
    _tell_rooms(task)


def write_of_task(task: StepTask, now: datetime) -> None:
    application = task.application
    values = {
        "user.first_name": task.owner.get_short_name(),
        "candidate.name": application.candidate.name,
        "job.title": application.requisition.title,
        "task": task.what,
        "link": letters.staff_link(reverse("step_task", args=[application.pk, task.pk])),
    }
    outbox.queue(
        mails.TASK,
        to=letters.to_user(task.owner),
        message=outbox.write(mails.TASK, values=values, organisation=None, language=task.owner.language),
        key=f"{task.key}:{task.owner_id}" if task.asked_by_id else task.key,
        now=now,
        about={"requisition_id": application.requisition_id, "application_id": application.pk},
    )


def _tell_rooms(task: StepTask) -> None:
    role = task.application.requisition
    said: dict[str, Any] = {
        "what": What.TASK,
        "key": task.key,
        "path": reverse("step_task", args=[task.application_id, task.pk]),
        "about": {"requisition_id": role.pk, "application_id": task.application_id},
    }
    chat.tell_person(
        task.owner, text=kept(f"A task of a candidate's journey waits for you: {role.title}."), **said
    )
    if not role.confidential:
        text = kept(f"A task of a candidate's journey waits for {task.owner}: {role.title}.")
        chat.tell_team(role.organisation_id, text=text, **said)


def _application(row: FollowUp) -> Application:
    assert row.application is not None
    return row.application
