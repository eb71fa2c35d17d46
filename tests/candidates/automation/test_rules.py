"""Rules: what they do, what they say of it, and what keeps them from doing it."""

from datetime import timedelta
from typing import Any

import pytest

from ats.accounts.models import Role, User
from ats.activity import describing
from ats.activity.models import Activity
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.notifications.models import Notification
from candidates.applications.actions import move as move_by_hand
from candidates.applications.actions import undo_decision
from candidates.automation import actions
from candidates.automation.actions.write import Written
from candidates.automation.domain.sample import is_in_sample
from candidates.automation.domain.sentences import sentence
from candidates.automation.queries import listing
from candidates.models import Application, Candidate, Message, Promise, Review, RuleAct, StepTask
from requisitions.models import Question, Requisition
from requisitions.pipeline.actions import remove_stage
from requisitions.posts.domain.statements import screening
from tests import factories as f
from tests.candidates.automation.conftest import (
    LATER,
    Writes,
    applies,
    move,
    no_permit,
    put_on,
    tag,
    tick,
)
from tests.candidates.helpers import at_once, mails
from tests.factories import NOW

pytestmark = pytest.mark.django_db

TASK = {"act": "task", "who": "recruiter", "text": "Call them", "days": 2}
NO = {"act": "reject", "reason": "missing-must-have", "said": "A must-have of the role is missing"}


def states(rule: Any) -> list[str]:
    return list(rule.acts.order_by("pk").values_list("state", flat=True))


def tags_of(person: Candidate) -> list[str]:
    return sorted(person.tags.values_list("name", flat=True))


def test_a_rule_does_it_by_the_actions_of_by_hand_and_the_history_names_it(
    writes: Writes, role: Requisition, question: Question, lead: User
) -> None:
    review = f.stage(role, "review")
    rule = writes(tag("no permit"), TASK, move(review), conditions=[no_permit()])
    fits, other = applies(question), applies(question, True, email="other@example.com")

    tick(NOW + timedelta(seconds=30))  # what is not settled is not heard yet
    assert states(rule) == []
    tick()
    tick()

    fits.refresh_from_db()
    assert (fits.stage_id, tags_of(fits.candidate)) == (review.pk, ["no permit"])
    assert tags_of(other.candidate) == []
    assert states(rule) == ["done", "not_met"]
    task = StepTask.objects.get()
    assert (task.owner, task.asked_by, task.what) == (role.recruiter, lead, "Call them")
    moved = Activity.objects.get(verb="application.moved")
    assert (moved.data["rule"], moved.data["rule_id"]) == ("The rule", rule.pk)
    assert describing.entry(moved).who == "Kim Lead, by the rule “The rule”"
    assert sentence(rule) == (
        "When an application arrives for Engineer, if the answer to “Work permit?” is “no”, then add the tags no "
        "permit, ask the recruiter within 2 working days: “Call them” and move them to "
        f"{review.name}."
    )


def test_what_is_done_is_all_of_it_or_nothing(writes: Writes, question: Question) -> None:
    rule = writes(tag("new"), TASK, {"act": "message", "subject": " ", "text": "Hello"})
    application = applies(question)

    tick()

    assert states(rule) == ["failed"]
    assert (tags_of(application.candidate), StepTask.objects.count()) == ([], 0)
    assert rule.acts.get().why == "Write a subject."


def test_whoever_waits_as_long_as_it_says_is_found_once_in_each_stay(
    writes: Writes, role: Requisition, lead: User
) -> None:
    stage = f.stage(role, "applied")
    place = {"stage": stage.pk, "stage_kind": "", "said": stage.name}
    rule = writes({"act": "notify", "who": "recruiter"}, when="waited", stage=place, days=3)
    waits = f.make_application(requisition=role)

    tick(NOW + timedelta(days=2))
    assert states(rule) == []
    tick(NOW + timedelta(days=7))
    tick(NOW + timedelta(days=8))

    assert states(rule) == ["done"]
    told = Notification.objects.get(user=role.recruiter, kind="rule")
    assert told.link == f"/applications/{waits.pk}/"


def test_entering_a_stage_by_its_kind_in_all_roles(writes: Writes, role: Requisition, lead: User) -> None:
    place = {"stage": None, "stage_kind": "review", "said": "Manager's review"}
    rule = writes({"act": "message", "subject": "Next step", "text": "We look at it."}, {"act": "review"},
                  when="enters", stage=place, requisition=None)  # fmt: skip
    elsewhere = f.make_application()
    here = f.make_application(requisition=role)
    for each in (here, elsewhere):
        to = f.stage(each.requisition, "review")
        move_by_hand(application_id=each.pk, stage_id=to.pk, by=each.requisition.recruiter, now=NOW)

    tick()

    assert [act.application_id for act in rule.acts.all()] == [here.pk]
    # Moving into a stage of review asks the manager already: what is refused by hand is refused here.
    assert states(rule) == ["failed"]
    assert not Message.objects.exists()
    assert Review.objects.filter(application=here).count() == 1


# A no


@pytest.fixture
def chosen(role: Requisition, lead: User) -> Any:
    return choose(role, lead)


def choose(role: Requisition, by: User, **facts: Any) -> Any:
    given = {"is_allowed": True, "delay_hours": 48, "share": 10} | facts
    return actions.choose(organisation_id=role.organisation_id, by=by, now=NOW - timedelta(hours=1), **given)


def outside_sample(rule: Any, question: Question) -> Application:
    for number in range(50):
        found = applies(question, email=f"person{number}@example.com")
        if not is_in_sample(rule.pk, found.pk, 10):
            return found
    raise AssertionError


def test_no_rule_says_no_where_nobody_chose_that(writes: Writes, question: Question, lead: User) -> None:
    rule = writes(NO, conditions=[no_permit()], on=False)
    with pytest.raises(Invalid, match="may not say no here"):
        put_on(rule, lead)


def test_a_no_waits_is_told_in_the_house_s_words_and_people_can_overturn_it(
    writes: Writes, question: Question, role: Requisition, lead: User, chosen: Any
) -> None:
    rule = writes(NO, conditions=[no_permit()])
    application = outside_sample(rule, question)
    tick()
    assert RuleAct.objects.get(application=application).state == "delayed"
    promise = Promise.objects.open().get(application=application)

    tick(LATER + timedelta(hours=47))
    application.refresh_from_db()
    assert (application.state, promise.state) == ("active", "open")
    tick(LATER + timedelta(hours=49))

    application.refresh_from_db()
    assert (application.state, application.decided_by) == ("rejected", lead)
    assert len(mails("application.rejected", application_id=application.pk)) == 1
    undo_decision(application_id=application.pk, by=lead, now=LATER + timedelta(hours=49))
    assert listing.report(rule).overturned == 1


def test_a_sample_is_left_to_people(
    writes: Writes, question: Question, role: Requisition, lead: User
) -> None:
    choose(role, lead, share=100)
    rule = writes(NO, conditions=[no_permit()])
    application = applies(question)

    tick()
    tick(LATER + timedelta(days=9))

    application.refresh_from_db()
    assert (states(rule), application.state) == (["set_aside"], "active")
    assert Notification.objects.filter(user=role.recruiter, kind="rule").count() == 1


def test_the_sample_is_as_large_as_it_is_said_and_always_the_same() -> None:
    chosen = [number for number in range(10_000) if is_in_sample(7, number, 10)]
    assert 850 < len(chosen) < 1_150
    assert chosen == [number for number in range(10_000) if is_in_sample(7, number, 10)]
    assert not any(is_in_sample(7, number, 0) for number in range(100))


@pytest.mark.parametrize("how", ["stopped", "moved", "off", "changed", "forbidden"])
def test_a_no_that_waits_is_not_said(
    how: str, writes: Writes, question: Question, role: Requisition, lead: User, chosen: Any
) -> None:
    rule = writes(NO, conditions=[no_permit()])
    application = outside_sample(rule, question)
    tick()
    act = RuleAct.objects.get(application=application)
    later = LATER + timedelta(hours=1)
    if how == "stopped":
        with pytest.raises(Missing):
            actions.stop_no(act_id=act.pk, by=f.make_user(Role.INTERVIEWER), now=later)
        actions.stop_no(act_id=act.pk, by=role.recruiter, now=later)
        with pytest.raises(WrongState):
            actions.stop_no(act_id=act.pk, by=role.recruiter, now=later)
    elif how == "moved":
        stage = f.stage(role, "interview").pk
        move_by_hand(application_id=application.pk, stage_id=stage, by=role.recruiter, now=later)
    elif how == "off":
        actions.switch_off(rule_id=rule.pk, by=lead, now=later)
    elif how == "changed":
        said = Written(name="Other", when="arrives", actions=[tag("x")])
        actions.change(rule_id=rule.pk, version=1, written=said, by=lead, now=later)
    else:
        choose(role, lead, is_allowed=False)

    tick(LATER + timedelta(days=9))

    application.refresh_from_db()
    act.refresh_from_db()
    assert (act.state, application.state) == ("cancelled", "active")
    assert act.why != ""
    assert not mails("application.rejected")


# On and off


def test_no_rule_is_on_before_just_this_version_was_tried(
    writes: Writes, question: Question, lead: User
) -> None:
    rule = writes(tag("x"), on=False)
    with pytest.raises(WrongState, match="90 days"):
        actions.switch_on(rule_id=rule.pk, version=1, by=lead, now=NOW)
    put_on(rule, lead)
    said = Written(name="Other", when="arrives", actions=[tag("y")])
    changed = actions.change(rule_id=rule.pk, version=1, written=said, by=lead, now=NOW)
    assert (changed.state, changed.version) == ("off", 2)
    with pytest.raises(WrongState, match="90 days"):
        actions.switch_on(rule_id=rule.pk, version=2, by=lead, now=NOW)
    with pytest.raises(Conflict):  # two who change it at once
        actions.change(rule_id=rule.pk, version=1, written=said, by=lead, now=NOW)


def test_a_dry_run_shows_whom_it_would_have_touched_and_writes_nothing_else(
    writes: Writes, question: Question, lead: User
) -> None:
    long_ago = applies(question, now=NOW - timedelta(days=91), email="a@example.com")
    fits = applies(question, now=NOW - timedelta(days=30), email="b@example.com")
    applies(question, True, now=NOW - timedelta(days=20), email="c@example.com")
    rule = writes(tag("x"), conditions=[no_permit()], on=False)
    before = Activity.objects.exclude(verb__startswith="rule.").count()

    run = actions.try_out(rule_id=rule.pk, by=lead, now=NOW)

    assert (run.occasions, run.matched, run.people) == (2, 1, [fits.pk])
    assert long_ago.pk not in run.people
    assert Activity.objects.exclude(verb__startswith="rule.").count() == before
    assert not RuleAct.objects.exists()


def test_a_dry_run_of_waiting_finds_stays_that_are_over(
    writes: Writes, role: Requisition, lead: User
) -> None:
    stage = f.stage(role, "applied")
    stayed = f.make_application(requisition=role, now=NOW - timedelta(days=40))
    move_by_hand(
        application_id=stayed.pk,
        stage_id=f.stage(role, "interview").pk,
        by=role.recruiter,
        now=NOW - timedelta(days=20),
    )
    f.make_application(requisition=role, now=NOW - timedelta(days=1))
    still = f.make_application(requisition=role, now=NOW - timedelta(days=30))
    place = {"stage": stage.pk, "stage_kind": "", "said": stage.name}
    rule = writes(tag("x"), when="waited", stage=place, days=5, on=False)

    run = actions.try_out(rule_id=rule.pk, by=lead, now=NOW)

    assert run.people == [still.pk, stayed.pk]


def test_a_circle_is_refused_with_its_names(writes: Writes, role: Requisition, lead: User) -> None:
    one, two = f.stage(role, "review"), f.stage(role, "interview")
    places = [{"stage": each.pk, "stage_kind": "", "said": each.name} for each in (one, two)]
    by_kind = {"stage": None, "stage_kind": "interview", "said": "Interview"}
    writes(move(two), name="There", when="enters", stage=places[0])
    back = writes(move(one), name="Back", when="enters", stage=by_kind, requisition=None, on=False)
    with pytest.raises(Invalid, match="Back → There → Back"):
        put_on(back, lead)
    itself = writes(move(two), name="Itself", when="waited", stage=places[1], days=2, on=False)
    with pytest.raises(Invalid, match="Itself → Itself"):
        put_on(itself, lead)


def test_rules_that_meet_in_a_circle_all_the_same_stop(writes: Writes, role: Requisition) -> None:
    """As after a change of the pipeline: each does its part once for one beginning."""
    one, two = f.stage(role, "review"), f.stage(role, "interview")
    places = [{"stage": each.pk, "stage_kind": "", "said": each.name} for each in (one, two)]
    there = writes(move(two), name="There", when="enters", stage=places[0])
    back = writes(tag("x"), name="Back", when="enters", stage=places[1])
    type(back).objects.filter(pk=back.pk).update(actions=[move(one)])
    application = f.make_application(requisition=role)
    move_by_hand(application_id=application.pk, stage_id=one.pk, by=role.recruiter, now=NOW)

    for minutes in range(3, 40, 3):
        tick(NOW + timedelta(minutes=minutes))

    assert (states(there), states(back)) == (["done", "failed"], ["done"])


def test_a_rule_whose_stage_is_removed_is_off_and_its_owner_told(
    writes: Writes, role: Requisition, lead: User
) -> None:
    stage = f.stage(role, "assessment") if role.stages.filter(kind="assessment") else f.stage(role, "review")
    rule = writes(tag("x"), move(stage))
    remove_stage(stage_id=stage.pk, by=role.recruiter, now=NOW)

    tick()

    rule.refresh_from_db()
    assert (rule.state, rule.why_broken) == ("broken", f"The stage {stage.name} is no more.")
    assert Notification.objects.get(user=lead).link == f"/rules/{rule.pk}/"
    with pytest.raises(Invalid, match="is no more"):
        put_on(rule, lead)


def test_a_rule_that_names_what_is_gone_does_nothing_of_it(
    writes: Writes, question: Question, role: Requisition
) -> None:
    """Noticed before it acts, whatever took it away."""
    rule = writes(tag("x"), conditions=[no_permit()])
    application = applies(question)
    question.removed_at = NOW
    question.save()

    tick()

    rule.refresh_from_db()
    assert (rule.state, states(rule)) == ("broken", ["cancelled"])
    assert tags_of(application.candidate) == []


@pytest.mark.parametrize(
    ("answer", "wanted", "fits"),
    [(False, "No", True), (True, "No", False), ("(a|b)*", "(a|b)*", True), ("abab", "(a|b)*", False)],
)
def test_what_is_typed_is_compared_as_text(
    answer: Any, wanted: str, fits: bool, writes: Writes, role: Requisition
) -> None:
    kind = "yes_no" if isinstance(answer, bool) else "short"
    question = f.make_question(f.make_post(role), kind, label="Work permit?")
    rule = writes(tag("x"), conditions=[no_permit(wanted)])
    applies(question, answer)

    tick()

    assert states(rule) == (["done"] if fits else ["not_met"])


@pytest.mark.parametrize("role_of", [Role.RECRUITER, Role.MANAGER, Role.INTERVIEWER])
def test_rules_are_written_by_those_who_oversee(role_of: str, writes: Writes, role: Requisition) -> None:
    rule = writes(tag("x"))
    other = f.make_user(role_of)
    said = Written(name="Mine", when="arrives", actions=[tag("x")])
    with pytest.raises(Missing):
        actions.write(
            organisation_id=role.organisation_id, requisition_id=None, written=said, by=other, now=NOW
        )
    with pytest.raises(Missing):
        actions.switch_off(rule_id=rule.pk, by=other, now=NOW)


def test_a_post_says_that_software_selects_while_a_rule_does(
    writes: Writes, question: Question, role: Requisition, lead: User
) -> None:
    rule = writes(move(f.stage(role, "interview")), conditions=[no_permit("yes")])
    assert screening(Requisition.objects.get(pk=role.pk)) == "We use software to select applicants."
    actions.switch_off(rule_id=rule.pk, by=lead, now=NOW)
    assert screening(Requisition.objects.get(pk=role.pk)).startswith("No software screens")


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_never_act_twice(writes: Writes, question: Question) -> None:
    rule = writes(TASK)
    applies(question)

    def both(lane: Any) -> list[Any]:
        return at_once(*[lambda: lane(LATER)] * 2)

    assert [each for each in both(actions.hear) if isinstance(each, Exception)] == []
    assert [each for each in both(actions.work) if isinstance(each, Exception)] == []
    tick()
    assert (states(rule), StepTask.objects.count()) == (["done"], 1)
