from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from ats.accounts import actions as accounts
from ats.accounts.models import Role, User
from ats.accounts.queries.succession import held_by
from ats.activity.models import Activity
from ats.kernel.errors import Conflict, Invalid, Missing, NotAllowed, WrongState
from candidates.models import Interview
from requisitions.interview_plan import actions, seeds
from requisitions.interview_plan.actions import Line
from requisitions.interview_plan.actions.write_kit import unlawful
from requisitions.models import PlannedInterview, PlanTemplate, Requisition
from requisitions.pipeline import actions as pipeline
from tests.factories import (
    NOW,
    add_member,
    make_application,
    make_location,
    make_planned,
    make_pool,
    make_requisition,
    make_user,
    stage,
)

pytestmark = pytest.mark.django_db

STEPS = (
    ("Applied", "applied", "First answer", 3, "recruiter"),
    ("Call", "interview", "Answer after our call", 3, "recruiter"),
    ("Task", "assessment", "Answer on your task", 3, "manager"),
    ("Talks", "interview", "Decision", 3, "manager"),
    ("Offer", "offer", "Our offer", 3, "recruiter"),
    ("Hired", "hired", "", 5, "recruiter"),
)


def who(role: Requisition) -> dict[str, Any]:
    return {"by": role.recruiter, "now": NOW}


def words(role: Requisition, **more: Any) -> dict[str, Any]:
    facts = {"name": "First call", "purpose": "Find out.", "stage_id": stage(role, "interview").pk}
    return facts | more


def planned(role: Requisition) -> list[tuple[str, str]]:
    rows = role.planned_interviews.filter(retired=False).order_by("position").select_related("stage")
    return [(row.stage.name, row.name) for row in rows]


def said() -> list[str]:
    rows = Activity.objects.filter(verb="plan.changed").order_by("id")
    return [row.data["what"] for row in rows]


def book(row: PlannedInterview) -> Interview:
    application = make_application(requisition=row.requisition, stage_kind="interview")
    return make_interview(application, row)


def make_interview(application: Any, row: PlannedInterview) -> Interview:
    return Interview.objects.create(
        application=application,
        planned=row,
        name=row.name,
        state="booked",
        starts_at=NOW + timedelta(days=1),
        ends_at=NOW + timedelta(days=1, minutes=row.minutes),
        format=row.format,
        booked_at=NOW,
    )


def test_an_interview_is_planned_changed_and_put_in_order() -> None:
    role = make_requisition(pipeline=STEPS)
    interviewer = make_user(Role.INTERVIEWER)
    add_member(role, interviewer, "interviewer")
    talks = role.stages.get(name="Talks")
    pool = make_pool(role.organisation)

    one = actions.add_interview(
        requisition_id=role.pk, **words(role, stage_id=talks.pk, name=" Panel "), **who(role)
    )
    actions.add_interview(requisition_id=role.pk, **words(role, stage_id=talks.pk, name="Case"), **who(role))
    actions.add_interview(requisition_id=role.pk, **words(role), **who(role))
    assert planned(role) == [("Call", "First call"), ("Talks", "Panel"), ("Talks", "Case")]

    case = role.planned_interviews.get(name="Case")
    actions.order_interviews(stage_id=talks.pk, planned_ids=[case.pk, one.pk], **who(role))
    changed = actions.change_interview(
        planned_id=one.pk,
        name="Team",
        minutes=60,
        pool_id=pool.pk,
        interviewers_needed=2,
        interviewer_ids=[interviewer.pk],
        **who(role),
    )
    actions.change_interview(planned_id=one.pk, minutes=60, interviewer_ids=[interviewer.pk], **who(role))
    actions.order_interviews(stage_id=talks.pk, planned_ids=[case.pk, one.pk], **who(role))

    assert planned(role) == [("Call", "First call"), ("Talks", "Case"), ("Talks", "Team")]
    changed.refresh_from_db()
    assert (changed.minutes, changed.pool, list(changed.interviewers.all())) == (60, pool, [interviewer])
    assert said() == [
        "planned the interview Panel",
        "planned the interview Case",
        "planned the interview First call",
        "put the interviews in another order: Case → Panel",
        "renamed the interview Panel to Team",
    ]
    with pytest.raises(Conflict):
        actions.order_interviews(stage_id=talks.pk, planned_ids=[case.pk], **who(role))


def test_what_takes_place_on_site_has_an_address() -> None:
    role = make_requisition()
    with pytest.raises(Invalid) as refused:
        actions.add_interview(requisition_id=role.pk, **words(role, format="on_site"), **who(role))
    assert refused.value.field == "place"

    role.location = make_location(
        role.organisation, street="Example Street 1", postal_code="10115", city="Berlin"
    )
    role.save()
    made = actions.add_interview(requisition_id=role.pk, **words(role, format="on_site"), **who(role))
    assert made.place == "Example Street 1, 10115 Berlin"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"purpose": ""}, "purpose"),
        ({"purpose": "x" * 301}, "purpose"),
        ({"minutes": 4}, "minutes"),
        ({"minutes": 481}, "minutes"),
        ({"format": "party"}, "format"),
        ({"interviewers_needed": 0}, "interviewers_needed"),
        ({"interviewers_needed": 9}, "interviewers_needed"),
        ({"scorecard_hours": 0}, "scorecard_hours"),
        ({"video_link": "javascript:alert(1)"}, "video_link"),
        ({"video_link": "https://example.com/" + "x" * 200}, "video_link"),
        ({"place": "x" * 301}, "place"),
        ({"stage_id": 0}, "stage_id"),
        ({"pool_id": 0}, "pool_id"),
    ],
)
def test_an_interview_that_makes_no_sense_is_refused(facts: dict[str, Any], field: str) -> None:
    role = make_requisition()

    with pytest.raises(Invalid) as refused:
        actions.add_interview(requisition_id=role.pk, **words(role, **facts), **who(role))

    assert (refused.value.field, planned(role)) == (field, [])


def test_steps_pools_and_people_are_those_of_this_role() -> None:
    role, other = make_requisition(), make_requisition()
    stranger = other.hiring_manager
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"stage_id": stage(other, "interview").pk}, "stage_id"),
        ({"stage_id": stage(role, "applied").pk}, "stage_id"),
        ({"pool_id": make_pool(other.organisation).pk}, "pool_id"),
        ({"interviewer_ids": [stranger.pk]}, "interviewer_ids"),
        ({"interviewer_ids": [role.recruiter.pk, role.hiring_manager.pk]}, "interviewers_needed"),
    ]
    for facts, field in wrong:
        with pytest.raises(Invalid) as refused:
            actions.add_interview(requisition_id=role.pk, **words(role, **facts), **who(role))
        assert refused.value.field == field
    with pytest.raises(Invalid, match=f"{stranger} is not on the team"):
        actions.add_interview(
            requisition_id=role.pk, **words(role, interviewer_ids=[stranger.pk]), **who(role)
        )
    assert planned(role) == []


def test_what_was_booked_is_retired_and_what_was_not_is_gone() -> None:
    role = make_requisition(must_haves=("Python",))
    booked, free = make_planned(role, criteria=("Python",)), make_planned(role)
    interview = book(booked)

    assert actions.retire_interview(planned_id=booked.pk, **who(role)) is True
    assert actions.retire_interview(planned_id=free.pk, **who(role)) is False

    interview.refresh_from_db()
    assert (interview.planned, interview.state) == (booked, "booked")
    assert list(role.planned_interviews.values_list("pk", "retired")) == [(booked.pk, True)]
    for call in (
        lambda: actions.change_interview(planned_id=booked.pk, minutes=30, **who(role)),
        lambda: actions.retire_interview(planned_id=booked.pk, **who(role)),
    ):
        with pytest.raises(Missing):
            call()


def test_a_retired_one_is_planned_again_as_it_was() -> None:
    role = make_requisition(must_haves=("Python",))
    first, second = make_planned(role, criteria=("Python",), questions=("What broke?",)), make_planned(role)
    interview = book(first)
    actions.retire_interview(planned_id=first.pk, **who(role))

    actions.plan_again(planned_id=first.pk, **who(role))

    assert list(role.planned_interviews.order_by("position").values_list("pk", "retired")) == [
        (first.pk, False),
        (second.pk, False),
    ]
    interview.refresh_from_db()
    assert (interview.planned, interview.state) == (first, "booked")
    assert [row.name for row in first.criteria.all()] == ["Python"]
    assert [row.text for row in first.questions.all()] == ["What broke?"]
    assert said()[-2:] == [
        f"took the interview {first.name} out of the plan",
        f"took the interview {first.name} back into the plan",
    ]
    with pytest.raises(Missing):
        actions.plan_again(planned_id=first.pk, **who(role))


def test_a_step_with_planned_interviews_stays_until_they_are_taken_out() -> None:
    role = make_requisition()
    place = stage(role, "interview")
    first, second = make_planned(role), make_planned(role)

    with pytest.raises(
        WrongState, match="2 interviews are planned in this step: take them out of the plan, or plan"
    ):
        pipeline.remove_stage(stage_id=place.pk, **who(role))
    interview = book(second)
    application = interview.application
    application.stage = stage(role, "offer")
    application.save()
    actions.retire_interview(planned_id=first.pk, **who(role))
    with pytest.raises(WrongState, match="1 interview is planned in this step"):
        pipeline.remove_stage(stage_id=place.pk, **who(role))
    actions.retire_interview(planned_id=second.pk, **who(role))
    with pytest.raises(WrongState, match="it stays part of the record"):
        pipeline.remove_stage(stage_id=place.pk, **who(role))
    interview.delete()
    second.delete()
    pipeline.remove_stage(stage_id=place.pk, **who(role))


def test_who_leaves_is_in_no_pool_and_in_no_plan_in_use() -> None:
    role, over = make_requisition(), make_requisition()
    gone, stays = make_user(Role.INTERVIEWER, name="Sam Specimen"), make_user(Role.INTERVIEWER)
    row = make_planned(role, interviewers=(gone, stays), interviewers_needed=2, name="Depth")
    kept = make_planned(over, interviewers=(gone,))
    over.state, over.ended_at = "closed", NOW
    over.save()
    pool = make_pool(role.organisation, gone, stays, name="Python")
    held = {one.what: one.goes for one in held_by(gone)}
    assert held == {
        "1 planned interview that they take part in": "the plan says that somebody is missing",
        "1 place in a pool of interviewers": "falls free",
    }

    accounts.deactivate(user_id=gone.pk, by=make_user(Role.ADMIN), now=NOW)

    assert [member.user for member in pool.members.all()] == [stays]
    row = PlannedInterview.objects.get(pk=row.pk)
    assert (list(row.interviewers.all()), row.lacks_people) == ([stays], True)
    assert list(kept.interviewers.all()) == [gone]
    assert said() == ["took Sam Specimen, who has left, out of the interview Depth"]
    assert Activity.objects.get(verb="pool.changed").data == {
        "what": "took Sam Specimen, who has left, out of the pool Python"
    }


def test_the_shipped_templates_are_whole() -> None:
    PlanTemplate.objects.all().delete()
    seeds.write()
    seeds.write()

    found = {
        row.name: [(one.name, one.minutes) for one in row.interviews.order_by("position")]
        for row in PlanTemplate.objects.order_by("id")
    }
    assert found == {
        "Professional role": [("First call", 30), ("Past work", 60), ("A case from the role", 45)],
        "Technical role with a work sample": [
            ("First call", 30),
            ("Work sample", 90),
            ("Past work", 60),
            ("Meet the team", 30),
        ],
        "Manager role": [
            ("First call", 30),
            ("Leading people", 60),
            ("A case from the role", 45),
            ("Meet the team", 30),
        ],
    }
    for _, _, interviews in seeds.TEMPLATES:
        lines = [Line(one["text"], one["good"]) for row in interviews for one in row.questions]
        assert unlawful(make_requisition(), lines) == []
        assert not any("years" in line.text for line in lines)


def test_a_template_is_laid_over_the_steps_and_what_was_booked_goes_on() -> None:
    role = make_requisition(pipeline=STEPS, must_haves=("Python",))
    old, booked = make_planned(role, name="Old"), make_planned(role, name="Booked")
    book(booked)
    template = PlanTemplate.objects.get(name__startswith="Technical")

    actions.use_template(requisition_id=role.pk, template_id=template.pk, **who(role))

    assert planned(role) == [
        ("Call", "First call"),
        ("Task", "Work sample"),
        ("Talks", "Past work"),
        ("Talks", "Meet the team"),
    ]
    assert not PlannedInterview.objects.filter(pk=old.pk).exists()
    assert [row.name for row in role.planned_interviews.filter(retired=True)] == ["Booked"]
    assert role.planned_interviews.get(name="Work sample").questions.count() == 3
    assert Activity.objects.get(verb="plan.laid").data == {"template": template.name}
    with pytest.raises(Invalid):
        actions.use_template(requisition_id=role.pk, template_id=0, **who(role))
    bare = make_requisition(pipeline=(STEPS[0], STEPS[4], STEPS[5]))
    with pytest.raises(WrongState, match="no step for interviews"):
        actions.use_template(requisition_id=bare.pk, template_id=template.pk, **who(bare))


def test_a_plan_is_kept_as_a_template_and_finds_its_criteria_in_another_role() -> None:
    role = make_requisition(must_haves=("Python", "Judgement"))
    make_planned(role, name="Depth", minutes=50, criteria=("Python", "Judgement"), questions=("What broke?",))
    with pytest.raises(WrongState):
        actions.save_template(
            requisition_id=make_requisition().pk, name="Ours", by=make_user(Role.LEAD), now=NOW
        )

    template = actions.save_template(
        requisition_id=role.pk, name=" Ours ", description="For us.", **who(role)
    )
    with pytest.raises(Invalid):
        actions.save_template(requisition_id=role.pk, name="OURS", **who(role))
    with pytest.raises(NotAllowed):
        actions.save_template(requisition_id=role.pk, name="Mine", by=role.hiring_manager, now=NOW)
    other = make_requisition(must_haves=("PYTHON", "Candour"))
    (laid,) = actions.use_template(requisition_id=other.pk, template_id=template.pk, **who(other))

    assert (laid.name, laid.minutes, laid.stage.name) == ("Depth", 50, "Interview")
    assert [row.name for row in laid.criteria.all()] == ["PYTHON"]
    (question,) = laid.questions.all()
    assert (question.text, question.criterion.name) == ("What broke?", "PYTHON")
    actions.remove_template(template_id=template.pk, **who(role))
    with pytest.raises(WrongState):
        actions.remove_template(template_id=PlanTemplate.objects.get(name="Manager role").pk, **who(role))
    assert laid.questions.count() == 1


def test_a_kit_is_written_and_unlawful_questions_need_a_reason() -> None:
    role = make_requisition(must_haves=("Python", "Judgement", "Candour"))
    python, judgement, candour = role.criteria.order_by("position")
    row = make_planned(role)
    kit: dict[str, Any] = {"planned_id": row.pk, "criterion_ids": [python.pk], **who(role)}
    lines = [Line(" What broke? ", "They say it.", judgement.pk), Line("", "")]

    actions.set_kit(**kit, questions=lines, avoid=" Riddles. ")
    actions.set_kit(**kit | {"criterion_ids": [python.pk, judgement.pk]}, questions=lines)
    row.refresh_from_db()
    assert row.avoid == "Riddles."
    assert set(row.criteria.all()) == {python, judgement}
    assert list(row.questions.values_list("text", "good", "criterion")) == [
        ("What broke?", "They say it.", judgement.pk)
    ]
    assert said() == [f"changed the kit of {row.name}"]

    bad = [Line("How old are you?", "Not too old")]
    with pytest.raises(Invalid, match="“How old are you”, “too old”") as refused:
        actions.set_kit(**kit, questions=bad)
    assert (refused.value.field, row.questions.get().text) == ("knowingly", "What broke?")
    actions.set_kit(**kit, questions=bad, knowingly="The law sets an age for pilots.")
    assert Activity.objects.get(verb="plan.asked_knowingly").data == {
        "interview": row.name,
        "planned_id": row.pk,
        "words": "“How old are you”, “too old”",
        "why": "The law sets an age for pilots.",
    }
    actions.assess(planned_id=row.pk, criterion_id=candour.pk, **who(role))
    assert candour in row.criteria.all()


@pytest.mark.parametrize(
    ("kit", "field"),
    [
        ({"questions": [Line("", "good alone")]}, "questions"),
        ({"questions": [Line("x" * 1001)]}, "questions"),
        ({"questions": [Line("x", "y" * 2001)]}, "questions"),
        ({"questions": [Line(f"{number}?") for number in range(21)]}, "questions"),
        ({"questions": [Line("x", "", 0)]}, "criterion_ids"),
        ({"criterion_ids": [0]}, "criterion_ids"),
        ({"avoid": "x" * 2001}, "avoid"),
        ({"questions": [Line("How old are you?")], "knowingly": "x" * 301}, "knowingly"),
    ],
)
def test_a_kit_that_makes_no_sense_is_refused(kit: dict[str, Any], field: str) -> None:
    role = make_requisition()
    row = make_planned(role)

    with pytest.raises(Invalid) as refused:
        actions.set_kit(planned_id=row.pk, **{"criterion_ids": [], "questions": []} | kit, **who(role))

    assert (refused.value.field, row.questions.count()) == (field, 0)


def test_who_runs_the_role_and_its_manager_change_the_plan_and_nobody_else() -> None:
    role = make_requisition()
    row, retired = make_planned(role), make_planned(role, retired=True)
    calls: list[Callable[[User], Any]] = [
        lambda by: actions.add_interview(requisition_id=role.pk, **words(role), by=by, now=NOW),
        lambda by: actions.change_interview(planned_id=row.pk, minutes=30, by=by, now=NOW),
        lambda by: actions.retire_interview(planned_id=row.pk, by=by, now=NOW),
        lambda by: actions.plan_again(planned_id=retired.pk, by=by, now=NOW),
        lambda by: actions.order_interviews(stage_id=row.stage_id, planned_ids=[row.pk], by=by, now=NOW),
        lambda by: actions.set_kit(planned_id=row.pk, criterion_ids=[], questions=[], by=by, now=NOW),
        lambda by: actions.assess(planned_id=row.pk, criterion_id=1, by=by, now=NOW),
        lambda by: actions.use_template(requisition_id=role.pk, template_id=1, by=by, now=NOW),
        lambda by: actions.save_template(requisition_id=role.pk, name="Mine", by=by, now=NOW),
        lambda by: actions.change_interview(planned_id=0, by=by, now=NOW),
    ]
    member = make_user(Role.INTERVIEWER)
    add_member(role, member, "interviewer")
    for by in (member, make_user(Role.MANAGER)):
        for call in calls:
            with pytest.raises(Missing):
                call(by)
    actions.change_interview(planned_id=row.pk, minutes=30, by=role.hiring_manager, now=NOW)
    role.state, role.ended_at = "closed", NOW
    role.save()
    with pytest.raises(WrongState):
        actions.change_interview(planned_id=row.pk, minutes=45, **who(role))
