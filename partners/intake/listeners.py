"""What is changed on the role or its plan is changed in its brief."""

from collections.abc import Iterable

from ats.activity.actors import user_of
from ats.activity.models import Activity
from ats.activity.record import subscribe
from partners.intake import actions
from partners.intake.domain.fields import FIELDS, Kept


def codes_of(facts: Iterable[str]) -> list[str]:
    """The fields of a brief that these facts of a role are."""
    role = [field for field in FIELDS.values() if field.kept == Kept.ROLE]
    return [field.code for field in role if set(field.columns or (field.code,)) & set(facts)]


@subscribe("requisition.changed")
def on_changed(activity: Activity) -> None:
    _hear(activity, codes_of(activity.data["fields"]))


@subscribe("plan.changed", "plan.laid")
def on_planned(activity: Activity) -> None:
    _hear(activity, ["interview_plan"])


def _hear(activity: Activity, codes: list[str]) -> None:
    if codes:
        actions.hear_of(
            requisition_id=activity.subject_id, codes=codes, by=user_of(activity), now=activity.occurred_at
        )


@subscribe("partnership.begun")
def on_begun(activity: Activity) -> None:
    actions.begin(partnership_id=activity.subject_id)
