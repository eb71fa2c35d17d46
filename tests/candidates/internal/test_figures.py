"""Somebody who works for them changes no figure that they read: every page is as it is without that application."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from ats.accounts.models import Role, User
from candidates.applications import actions as applications
from candidates.models import (
    Application,
    DispositionReason,
    HireRecord,
    Interview,
    KeptFrom,
    Promise,
    Review,
    Scorecard,
)
from partners.advice.queries.figures import STATEMENTS
from partners.advice.queries.figures import figures as advice_figures
from partners.alignment.queries import figures as contradictions
from partners.alignment.queries.overview import PAY, overview
from partners.celebrations.queries import usual
from partners.commitments.actions import remeasure
from partners.corrections.queries import challenges
from partners.corrections.queries import figures as correction_figures
from partners.dashboard.queries import past
from partners.intake.queries.timeline import medians
from partners.models import Partnership
from partners.outcomes.queries.quality import quality
from partners.retrospectives.queries import respect
from requisitions.models import JobPost, Opening, Requisition
from tests import factories as make
from tests.candidates.internal.test_never_shown import addresses, looking
from tests.factories import NOW
from tests.laws.addresses import let_go
from tests.laws.world import World, world

__all__ = ["world"]

pytestmark = pytest.mark.django_db
PLACE = re.compile(
    r"(since|seen)=\d+|data-version=\S+|"
    r"\"version\": \"\S+\"|\b\w{64}\b|nonce-?=?\S+|(?<=\"csp-nonce\" content=\")[^\"]+"
)
"""How far the record has come, which is no figure, and what is new on each page."""
KIT = {"name": "Talk", "purpose": "", "avoid": "", "minutes": 60, "criteria": [], "questions": []}
OTHERWISE = ("/careers/", "/settings/outbox/")
"""The careers pages tell all the world how many applicants of the house heard in time; and of mails about the role
the outbox keeps back every one that names no application, for it may say whom it is about."""


@pytest.fixture
def _time_stands() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def somebody(manager: User) -> tuple[User, User, User]:
    """Who works for them, who takes them up, and whom they meet: in the house with or without the application."""
    colleague = make.make_user(Role.INTERVIEWER, manager=manager)
    return colleague, make.make_user(Role.LEAD), make.make_user(Role.INTERVIEWER)


def from_within(role: Requisition, manager: User, people: tuple[User, User, User]) -> Application:
    """In play for days, looked at, met, and behind a broken date; their manager must not know of any of it."""
    colleague, by, other = people
    application = applications.add_application(
        candidate_id=make.make_candidate(email=colleague.email).pk,
        requisition_id=role.pk,
        by=by,
        now=NOW - timedelta(days=9),
    )
    assert KeptFrom.objects.get(application=application).user == manager
    stage = make.stage(role, "interview").pk
    applications.move(application_id=application.pk, stage_id=stage, by=by, now=NOW - timedelta(days=8))
    Review.objects.create(
        application=application,
        reviewer=other,
        requested_by=by,
        requested_at=NOW - timedelta(days=9),
        due_at=NOW - timedelta(days=7),
        state="answered",
        settled_at=NOW - timedelta(days=8),
        verdict="no",
        reason="No.",
        criteria={"1": {"name": "SQL", "met": "no", "text": ""}},
    )
    interview = make.make_interview(
        application, people=[other], starts_at=NOW - timedelta(days=1), state="held"
    )
    due = {"due_at": NOW - timedelta(hours=20)}
    Scorecard.objects.create(interview=interview, application=application, interviewer=other, **due)
    make.make_message(application)
    late = Promise.objects.open().filter(application=application)
    late.update(due_at=NOW - timedelta(days=2), waiting_since=NOW - timedelta(days=3), broken_before=1)
    remeasure(partnership=Partnership.objects.get(requisition=role), now=NOW)
    return application


def answers(user: User, world: World) -> dict[str, tuple[int, str]]:
    cache.clear()
    client, found = Client(), {}
    client.force_login(user)
    for address in dict.fromkeys(addresses(world)):
        with transaction.atomic():
            answer = client.get(address)
            body = b"".join(answer) if answer.streaming else answer.content
            let_go(answer)
            transaction.set_rollback(True)
        found[address] = (answer.status_code, PLACE.sub("#", body.decode(errors="replace")))
    return found


@pytest.mark.usefixtures("_time_stands")
@pytest.mark.parametrize("who", ["manager", "recruiter", "another recruiter", "lead"])
def test_every_page_is_as_it_is_without_it(world: World, who: str) -> None:
    role = Requisition.objects.get(pk=world.numbers["requisition_id"])
    Requisition.objects.update(confidential=False)
    user = looking(who, Application.objects.get(pk=world.numbers["application_id"]))
    people = somebody(user)
    Interview.objects.filter(kit={}).update(kit=KIT)
    remeasure(partnership=Partnership.objects.get(requisition=role), now=NOW)
    without = answers(user, world)
    from_within(role, user, people)
    with_it = answers(user, world)
    changed = [at for at in without if with_it[at] != without[at] and not at.startswith(OTHERWISE)]
    assert {at: differing(without[at], with_it[at]) for at in changed} == {}


def differing(before: tuple[int, str], after: tuple[int, str]) -> tuple[str, str]:
    """Where the two answers part."""
    (was, old), (now, new) = before, after
    at = next((place for place, pair in enumerate(zip(old, new, strict=False)) if len(set(pair)) > 1), 0)
    return f"{was} {old[max(0, at - 60) : at + 60]}", f"{now} {new[max(0, at - 60) : at + 60]}"


def of_the_role(role: Requisition) -> dict[str, object]:
    """What partners are told of one role beyond its pages: by night, in corrections, and when they look back."""
    partnership = Partnership.objects.get(requisition=role)
    values = {"since": NOW - timedelta(days=28), "now": NOW}
    found: dict[str, object] = {
        rule: advice_figures(rule, now=NOW, slow=timedelta(hours=1), partnerships=[partnership.pk])
        for rule in STATEMENTS
    }
    found |= {
        measure: correction_figures.read(partnership, measure, "interview", **values)
        for measure in correction_figures.READERS
    }
    return found | {
        "challenges": asdict(challenges.facts(partnership, now=NOW)),
        "respect": respect(role.pk, now=NOW),
    }


@pytest.mark.usefixtures("_time_stands")
def test_no_figure_of_partners_counts_it(world: World) -> None:
    role = Requisition.objects.get(pk=world.numbers["requisition_id"])
    assert role.hiring_manager is not None
    people = somebody(role.hiring_manager)
    remeasure(partnership=Partnership.objects.get(requisition=role), now=NOW)
    before = of_the_role(role)
    application = from_within(role, role.hiring_manager, people)
    after = of_the_role(role)
    assert {name: (was, after[name]) for name, was in before.items() if was != after[name]} == {}
    KeptFrom.objects.update(lifted_at=NOW, lifted_by=application.candidate)
    after = of_the_role(role)
    changed = {name for name in before if after[name] != before[name]}
    assert {"runs_dry", "new_candidates", "put_forward", "waits_too_long", "challenges", "respect"} <= changed


def of_the_house(role: Requisition) -> dict[str, object]:
    """What partners are told of their organisation's past: medians, what is usual, what it cost."""
    partnership = Partnership.objects.get(requisition=role)
    nights = {
        rule: advice_figures(rule, now=NOW, slow=timedelta(hours=1), partnerships=[partnership.pk])
        for rule in STATEMENTS
    }
    return nights | {
        "past": past.read(role.organisation_id, now=NOW),
        "time line": medians(role.organisation_id, now=NOW),
        "usual": usual(role, 0, now=NOW),
        "start": contradictions.find([partnership.pk], now=NOW),
        "declines over pay": asdict(overview(now=NOW)),
        "hires": quality(now=NOW).known,
    }


@pytest.mark.usefixtures("_time_stands")
def test_no_figure_of_the_house_counts_who_came_from_within(world: World) -> None:
    """In a house of one role its difference to the role's own figure would be a person."""
    role = Requisition.objects.get(pk=world.numbers["requisition_id"])
    assert role.hiring_manager is not None
    post = make.make_post(role, published_at=NOW - timedelta(days=20))
    people = [somebody(role.hiring_manager) for _ in range(2)]
    seat = role.openings.create(number=99, state="filled", filled_at=NOW)
    before = of_the_house(role)
    for reason, each in zip((None, PAY), people, strict=True):
        application = from_within(role, role.hiring_manager, each)
        ended(application, post, seat, reason)
    after = of_the_house(role)
    assert {name: (was, after[name]) for name, was in before.items() if was != after[name]} == {}
    KeptFrom.objects.update(lifted_at=NOW, lifted_by=application.candidate)
    after = of_the_house(role)
    changed = {name for name in before if after[name] != before[name]}
    assert {"past", "time line", "usual", "declines over pay", "rounds"} <= changed


def ended(application: Application, post: JobPost, seat: Opening, reason: str | None) -> None:
    """Hired yesterday; or withdrawn, for this reason."""
    facts = {"decided_at": NOW - timedelta(days=1), "applied_at": NOW - timedelta(days=9), "post": post}
    rows = Application.objects.filter(pk=application.pk)
    Promise.objects.filter(application=application).delete()
    if reason is not None:
        rows.update(state="withdrawn", reason=DispositionReason.objects.get(code=reason), **facts)
        return
    starts_on = (NOW + timedelta(days=30)).date()
    by = application.requisition.recruiter
    rows.update(state="hired", decided_by=by, starts_on=starts_on, opening=seat, **facts)
    HireRecord.objects.create(application=application, opening=seat, starts_on=starts_on)
