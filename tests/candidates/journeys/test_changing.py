"""Changing a journey: in versions, by who may, and never what promises owe."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.kernel.errors import Conflict, Invalid, Missing, NotAllowed, WrongState
from ats.kernel.lawful import Unlawful
from ats.mail.models import MailTemplate
from ats.mail.roles import Words
from candidates.follow_ups.domain.journeys import OWED, STEPS
from candidates.journeys import actions, queries
from candidates.journeys.seeds import SHIPPED
from candidates.models import Journey, JourneyStep
from requisitions.wording.queries.lawful import unlawful
from tests.candidates.helpers import at_once
from tests.candidates.journeys.parts import WORDS, add, facts, switch
from tests.factories import NOW, make_location, make_organisation, make_user

pytestmark = pytest.mark.django_db


def change(organisation: Any, key: str, by: Any = None, **said: Any) -> JourneyStep:
    whole = queries.current(organisation)
    step = next(each for each in whole.steps if each.key == key)
    given = {
        name: getattr(step, name)
        for name in ("name", "trigger", "amount", "unit", "hours", "stage_kind", "act", "sender", "task")
    }
    return actions.change_step(
        organisation_id=organisation.pk,
        key=key,
        facts=facts(**(given | said)),
        seen=whole.journey.version,
        by=by or make_user(Role.LEAD),
        now=NOW,
    )


def test_who_changes_nothing_has_what_ships() -> None:
    journey, steps = queries.current(make_organisation())
    assert (journey.pk, journey.version) == (None, 0)
    assert [step.key for step in steps] == [shipped["key"] for shipped in SHIPPED]
    # What goes out today is on, whatever else is ready-made is not.
    of_surveys = {
        "survey_reminder",
        "survey_applied",
        "survey_interviewed",
    }  # they have settings of their own
    assert {step.key for step in steps if step.is_active} == set(STEPS) - of_surveys
    assert {step.key for step in steps if step.owed} == set(OWED)


def test_every_shipped_step_can_be_kept_as_it_is() -> None:
    organisation = make_organisation()
    add(organisation)
    steps = queries.current(organisation).steps
    for step in steps:
        step.full_clean(exclude=["journey"])
        assert (queries.words_of(step, organisation) is None) == (step.role == "")


def test_each_change_is_a_version_and_the_ones_before_stay() -> None:
    organisation, lead = make_organisation(), make_user(Role.LEAD)
    step = add(organisation, by=lead)
    switch(organisation, "thanks", on=False, by=lead)
    rows = Journey.objects.filter(organisation=organisation).order_by("version")
    assert [(row.version, row.is_current, row.change) for row in rows] == [
        (1, False, "added the step “A word”"),
        (2, True, "switched off “Thanks after a withdrawal”"),
    ]
    first = queries.version(organisation, 1)
    assert first is not None
    assert [each.is_active for each in first.steps if each.key == "thanks"] == [True]
    assert queries.current(organisation).steps[-1].key == step.key
    said = Activity.objects.filter(verb="journey.changed").order_by("pk").values_list("data", flat=True)
    assert [each["version"] for each in said] == [1, 2]


def test_the_words_of_a_step_are_a_mail_template() -> None:
    organisation = make_organisation()
    step = add(organisation)
    template = MailTemplate.objects.get(organisation=organisation, role=step.words)
    assert (template.subject, template.body, template.language) == (WORDS.subject, WORDS.body, "en")
    change(organisation, step.key, words=Words(subject="Another", body="Another word."))
    template.refresh_from_db()
    assert template.subject == "Another"
    # Other words are no other version: nothing has to be planned anew.
    assert queries.current(organisation).journey.version == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"amount": 261}, "amount"),
        ({"amount": -1}, "amount"),
        ({"trigger": "promise"}, "trigger"),
        ({"trigger": "decided"}, "trigger"),
        ({"trigger": "nothing"}, "trigger"),
        ({"stage_kind": ""}, "stage_kind"),
        ({"trigger": "no_news", "stage_kind": ""}, "amount"),
        ({"act": "task"}, "task"),
        ({"act": "task", "task": "x" * 501}, "task"),
        ({"purpose": "roles"}, "purpose"),
        ({"words": Words(subject="", body="Hello.")}, "subject"),
        ({"words": Words(subject="Hello", body=" ")}, "body"),
        ({"words": Words(subject="Hello", body="{{ candidate.salary }}")}, "body"),
        ({"words": Words(subject="{{ interview.when }}", body="No interview here.")}, "subject"),
        ({"words": Words(subject="Hello", body="{% load x %}")}, "body"),
        ({"words": Words(subject="Hello", body="😀" * 100_000)}, "body"),
        ({"words": Words(subject="😀" * 100_000, body="Hello.")}, "subject"),
        ({"name": "😀" * 100_000}, "name"),
        ({"act": "task", "task": "😀" * 100_000}, "task"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(said: dict[str, Any], field: str) -> None:
    organisation = make_organisation()
    with pytest.raises(Invalid) as refused:
        add(organisation, **said)
    assert refused.value.field == field
    assert not Journey.objects.exists()
    assert not MailTemplate.objects.exists()


def test_around_an_interview_the_interview_can_be_named() -> None:
    words = Words(subject="{{ interview.name }}", body="On {{ interview.when }}.")
    step = add(make_organisation(), trigger="interviewed", stage_kind="", words=words)
    assert step.role == "journey.interview"


def test_no_step_says_what_is_unlawful() -> None:
    asking = "How old are you?"
    assert unlawful(asking, uses=("message",), jurisdiction="")
    with pytest.raises(Unlawful) as refused:
        add(make_organisation(), words=Words(subject="Hello", body=asking))
    assert refused.value.field == "body"


def test_a_place_is_one_of_the_organisations() -> None:
    with pytest.raises(Invalid, match="Choose a place of this organisation"):
        add(make_organisation(), location=make_location(make_organisation()))


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.MANAGER, Role.INTERVIEWER, Role.COORDINATOR])
def test_leads_and_administrators_change_journeys(role: str) -> None:
    with pytest.raises(NotAllowed):
        add(make_organisation(), by=make_user(role))
    assert not Journey.objects.exists()


# What promises owe


@pytest.mark.parametrize("key", OWED)
def test_what_is_owed_is_neither_switched_off_nor_removed(key: str) -> None:
    organisation = make_organisation()
    with pytest.raises(WrongState):
        switch(organisation, key, on=False)
    with pytest.raises(WrongState):
        actions.remove_step(
            organisation_id=organisation.pk, key=key, seen=0, by=make_user(Role.LEAD), now=NOW
        )


@pytest.mark.parametrize("key", OWED)
def test_what_is_owed_is_neither_delayed_nor_given_a_condition(key: str) -> None:
    organisation = make_organisation()
    change(organisation, key, amount=3, stage_kind="offer", language="de", sender="team", name="Other")
    step = next(each for each in queries.current(organisation).steps if each.key == key)
    assert (step.amount, step.stage_kind, step.language, step.sender) == (0, "", "", "team")


@pytest.mark.parametrize(
    "facts",
    [
        {"is_active": False},
        {"amount": 1},
        {"stage_kind": "offer"},
        {"language": "de"},
        {"act": "task", "task": "x"},
        {"owed": False},
        {"key": "another"},
    ],
    ids=str,
)
@pytest.mark.parametrize("key", OWED)
def test_the_database_keeps_what_is_owed(key: str, facts: dict[str, Any]) -> None:
    organisation = make_organisation()
    add(organisation)
    rows = JourneyStep.objects.filter(journey__organisation=organisation, key=key)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**facts)


@pytest.mark.parametrize("key", OWED)
def test_the_database_lets_no_version_be_without_it(key: str) -> None:
    organisation = make_organisation()
    add(organisation)
    JourneyStep.objects.filter(journey__organisation=organisation, key=key).delete()
    with pytest.raises(IntegrityError, match="every step that promises owe"):
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_takes_no_empty_journey() -> None:
    Journey.objects.create(organisation=make_organisation(), version=1)
    with pytest.raises(IntegrityError, match="every step that promises owe"):
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_organisation_that_goes_takes_its_journeys_along() -> None:
    organisation = make_organisation()
    add(organisation)
    organisation.delete()
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not Journey.objects.exists()


# Order, removal, two at once


def test_steps_are_put_in_order_and_own_ones_removed() -> None:
    organisation, lead = make_organisation(), make_user(Role.LEAD)
    step = add(organisation, by=lead)
    keys = [each.key for each in queries.current(organisation).steps]
    actions.order_steps(organisation_id=organisation.pk, keys=keys[::-1], seen=1, by=lead, now=NOW)
    assert [each.key for each in queries.current(organisation).steps] == keys[::-1]
    with pytest.raises(Conflict):
        actions.order_steps(organisation_id=organisation.pk, keys=keys[1:], seen=2, by=lead, now=NOW)
    with pytest.raises(WrongState):
        actions.remove_step(organisation_id=organisation.pk, key="thanks", seen=2, by=lead, now=NOW)
    actions.remove_step(organisation_id=organisation.pk, key=step.key, seen=2, by=lead, now=NOW)
    assert sorted(each.key for each in queries.current(organisation).steps) == sorted(
        each["key"] for each in SHIPPED
    )


def test_who_saw_an_older_version_is_told() -> None:
    organisation, lead = make_organisation(), make_user(Role.LEAD, name="Kim Sample")
    add(organisation, by=lead)
    with pytest.raises(Conflict, match="Kim Sample has just changed this journey"):
        actions.add_step(organisation_id=organisation.pk, facts=facts(), seen=0, by=lead, now=NOW)


def test_what_is_not_there_is_missing() -> None:
    organisation = make_organisation()
    with pytest.raises(Missing):
        switch(organisation, "no-such-step", on=True)
    with pytest.raises(Missing):
        actions.set_daily_cap(organisation_id=0, most=3, seen=0, by=make_user(Role.LEAD), now=NOW)
    with pytest.raises(Invalid):
        actions.set_daily_cap(
            organisation_id=organisation.pk, most=11, seen=0, by=make_user(Role.LEAD), now=NOW
        )


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_it_at_once_one_is_told() -> None:
    organisation, lead = make_organisation(), make_user(Role.LEAD)
    found = at_once(
        *[lambda: actions.add_step(organisation_id=organisation.pk, facts=facts(), seen=0, by=lead, now=NOW)]
        * 3
    )
    assert sorted(type(each).__name__ for each in found) == ["Conflict", "Conflict", "JourneyStep"]
    assert Journey.objects.filter(organisation=organisation).count() == 1
