from typing import Any

import pytest

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from requisitions.models import PipelineTemplate, Requisition, Stage, TemplateStage
from requisitions.pipeline import actions, seeds
from requisitions.pipeline.actions import default
from tests.factories import NOW, make_application, make_requisition, make_user, stage

pytestmark = pytest.mark.django_db

WORDS: dict[str, Any] = {"name": "Work sample", "promise": "Answer on your work sample", "promise_days": 4}


def names(requisition: Requisition) -> list[str]:
    stages = requisition.stages.order_by("position")
    assert [row.position for row in stages] == list(range(len(stages)))
    return [row.name for row in stages]


def test_the_house_ships_two_templates_with_a_promise_on_every_stage() -> None:
    PipelineTemplate.objects.all().delete()
    seeds.write()
    seeds.write()

    assert list(PipelineTemplate.objects.order_by("id").values_list("name", "is_default")) == [
        ("Standard", True),
        ("Short", False),
    ]
    assert list(
        TemplateStage.objects.filter(template__name="Standard")
        .order_by("position")
        .values_list("name", "kind", "promise", "promise_days", "promise_side")
    ) == [
        ("Applied", "applied", "First answer", 5, "recruiter"),
        ("Manager's review", "review", "Answer after the manager has looked", 3, "manager"),
        ("Phone interview", "interview", "Answer after our call", 3, "recruiter"),
        ("Interviews", "interview", "Decision after the interviews", 5, "manager"),
        ("Offer", "offer", "Your offer in writing", 3, "recruiter"),
        ("Hired", "hired", "", 0, "recruiter"),
    ]
    assert not TemplateStage.objects.filter(candidate_name="").exists()


def test_where_no_template_is_left_the_shipped_ones_come_back() -> None:
    PipelineTemplate.objects.all().delete()

    assert default().name == "Standard"


def test_using_a_template_replaces_the_stages() -> None:
    role = make_requisition("draft")
    template = PipelineTemplate.objects.get(name="Short")

    actions.use_template(requisition_id=role.pk, template_id=template.pk, by=role.recruiter, now=NOW)

    assert names(role) == ["Applied", "Interview", "Offer", "Hired"]
    assert Activity.objects.get(verb="pipeline.laid").data == {
        "stages": "Applied → Interview → Offer → Hired"
    }


def test_a_template_is_not_used_over_people() -> None:
    role = make_requisition()
    before = names(role)
    make_application(requisition=role)

    with pytest.raises(WrongState, match="1 application is here"):
        actions.use_template(requisition_id=role.pk, by=role.recruiter, now=NOW)
    with pytest.raises(Invalid):
        actions.use_template(requisition_id=role.pk, template_id=0, by=role.recruiter, now=NOW)

    assert names(role) == before


def test_a_stage_is_added_where_it_belongs() -> None:
    role = make_requisition()

    actions.add_stage(requisition_id=role.pk, kind="assessment", by=role.recruiter, now=NOW, **WORDS)
    actions.add_stage(
        requisition_id=role.pk,
        kind="interview",
        after_id=stage(role, "applied").pk,
        by=role.recruiter,
        now=NOW,
        **WORDS | {"name": "Call"},
    )

    assert names(role) == ["Applied", "Call", "Manager review", "Interview", "Offer", "Work sample", "Hired"]
    added = role.stages.get(name="Work sample")
    assert (added.kind, added.promise, added.promise_days) == ("assessment", WORDS["promise"], 4)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kind": "hired"}, "kind"),
        ({"kind": "applied"}, "kind"),
        ({"kind": "party"}, "kind"),
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"promise": ""}, "promise"),
        ({"promise_days": 0}, "promise_days"),
        ({"promise_days": 61}, "promise_days"),
        ({"promise_side": "nobody"}, "promise_side"),
        ({"candidate_name": "x" * 121}, "candidate_name"),
    ],
)
def test_a_stage_that_makes_no_sense_is_refused(facts: dict[str, Any], field: str) -> None:
    role = make_requisition()

    with pytest.raises(Invalid) as refused:
        actions.add_stage(
            requisition_id=role.pk, by=role.recruiter, now=NOW, **{"kind": "interview"} | WORDS | facts
        )

    assert refused.value.field == field


def test_nothing_comes_after_the_hire() -> None:
    role = make_requisition()

    with pytest.raises(Invalid):
        actions.add_stage(
            requisition_id=role.pk,
            kind="interview",
            after_id=stage(role, "hired").pk,
            by=role.recruiter,
            now=NOW,
            **WORDS,
        )


def test_renaming_and_changing_are_told_apart() -> None:
    role = make_requisition()
    place = stage(role, "interview")

    actions.rename_stage(stage_id=place.pk, name="Meeting the team", by=role.recruiter, now=NOW)
    actions.change_stage(
        stage_id=place.pk, by=role.recruiter, now=NOW, name="Meeting the team", promise_days=2
    )
    actions.change_stage(stage_id=place.pk, by=role.recruiter, now=NOW, promise_days=2)

    place.refresh_from_db()
    assert (place.name, place.promise_days) == ("Meeting the team", 2)
    assert list(Activity.objects.order_by("id").values_list("verb", "data")) == [
        ("stage.renamed", {"before": "Interview", "stage": "Meeting the team"}),
        ("stage.changed", {"stage": "Meeting the team"}),
    ]


def test_ordering_takes_all_of_them() -> None:
    role = make_requisition()
    applied, review, interview, offer, hired = role.stages.order_by("position").values_list("pk", flat=True)
    who: dict[str, Any] = {"requisition_id": role.pk, "by": role.recruiter, "now": NOW}

    actions.order_stages(**who, stage_ids=[applied, interview, review, offer, hired])
    with pytest.raises(Conflict):
        actions.order_stages(**who, stage_ids=[applied, interview, offer, hired])
    with pytest.raises(Invalid):
        actions.order_stages(**who, stage_ids=[interview, applied, review, offer, hired])
    with pytest.raises(Invalid):
        actions.order_stages(**who, stage_ids=[applied, interview, review, hired, offer])

    assert names(role) == ["Applied", "Interview", "Manager review", "Offer", "Hired"]


def test_a_stage_with_somebody_in_it_stays() -> None:
    role = make_requisition()
    application = make_application(requisition=role, stage_kind="review")
    place = application.stage

    with pytest.raises(WrongState, match="1 application is here: move it on first"):
        actions.remove_stage(stage_id=place.pk, by=role.recruiter, now=NOW)
    assert Stage.objects.filter(pk=place.pk).exists()

    application.stage = stage(role, "interview")
    application.save()
    actions.remove_stage(stage_id=place.pk, by=role.recruiter, now=NOW)
    assert [row.kind for row in role.stages.order_by("position")] == [
        "applied",
        "interview",
        "offer",
        "hired",
    ]


def test_the_two_ends_stay() -> None:
    role = make_requisition()

    for kind in ("applied", "hired"):
        with pytest.raises(WrongState):
            actions.remove_stage(stage_id=stage(role, kind).pk, by=role.recruiter, now=NOW)


def test_only_who_runs_the_role_changes_its_steps() -> None:
    role = make_requisition()
    place = stage(role, "interview")

    for who in (role.hiring_manager, make_user(Role.INTERVIEWER)):
        for call in (
            lambda by: actions.use_template(requisition_id=role.pk, by=by, now=NOW),
            lambda by: actions.add_stage(requisition_id=role.pk, kind="interview", by=by, now=NOW, **WORDS),
            lambda by: actions.rename_stage(stage_id=place.pk, name="Mine", by=by, now=NOW),
            lambda by: actions.order_stages(requisition_id=role.pk, stage_ids=[], by=by, now=NOW),
            lambda by: actions.remove_stage(stage_id=place.pk, by=by, now=NOW),
            lambda by: actions.remove_stage(stage_id=0, by=by, now=NOW),
        ):
            with pytest.raises(Missing):
                call(who)


def test_the_steps_of_what_ended_stay_as_they_were() -> None:
    role = make_requisition("closed")

    with pytest.raises(WrongState):
        actions.rename_stage(stage_id=stage(role, "offer").pk, name="Late", by=role.recruiter, now=NOW)
