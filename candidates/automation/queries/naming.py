"""What people name in a rule, found: a source, a tag, a place, a stage. Names are kept beside what was found."""

from collections.abc import Mapping
from typing import Any

from ats.accounts.models import User
from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from ats.organisation.models import Department, HiringOrganisation, Location
from candidates.automation.domain.conditions import OF_ANSWERS
from candidates.automation.models import MOST_DAYS
from candidates.automation.queries.fitting import labels
from candidates.people.domain.keys import fold, one_line
from candidates.people.models import Source, Tag
from requisitions.models import Requisition, Stage, StageKind
from requisitions.roles.workflow import LIVE

LONGEST_VALUE = 200
MOVABLE = tuple(kind for kind in StageKind if kind != StageKind.HIRED)


def stages(organisation: int, requisition: int | None) -> list[tuple[str, str]]:
    """What can be chosen: the stages of the role; of all roles, kinds of them."""
    if requisition:
        rows = Stage.objects.filter(requisition=requisition, kind__in=MOVABLE).order_by("position")
        return [(f"stage:{row.pk}", row.name) for row in rows]
    return [(f"kind:{kind.value}", str(kind.label)) for kind in MOVABLE]


def place(chosen: str, organisation: int, requisition: int | None) -> dict[str, Any]:
    """The stage that was chosen, with its name in the house's language; nothing where nothing was."""
    sort, _, said = chosen.partition(":")
    if sort == "kind" and said in StageKind.values:
        return {"stage": None, "stage_kind": said, "said": str(StageKind(said).label)}
    row = (
        Stage.objects.filter(pk=int(said), requisition=requisition or 0).first() if said.isdecimal() else None
    )
    return {"stage": row.pk, "stage_kind": "", "said": row.name} if row else {}


def condition(
    about: str, value: str, question: str, *, organisation: int, requisition: int | None
) -> dict[str, Any]:
    """One condition; `Invalid` where what it names is not there. Whatever is typed is text, and no pattern."""
    said = one_line(value)
    if not said or len(said) > LONGEST_VALUE:
        raise Invalid(
            gettext("Write a value of at most %(most)s letters.") % {"most": LONGEST_VALUE}, field="value"
        )
    if about in OF_ANSWERS:
        if question not in labels(organisation, requisition):
            raise Invalid(gettext("Choose a question that is asked."), field="question")
        return {"about": about, "question": question, "value": said, "said": said}
    if about == "days_at_least":
        if not said.isdecimal() or not 1 <= int(said[:4]) <= MOST_DAYS:
            raise Invalid(gettext("From 1 to %(most)s working days.") % {"most": MOST_DAYS}, field="value")
        return {"about": about, "value": int(said), "said": said}
    if about in {"tag_is", "tag_is_not"}:
        return {"about": about, "value": said.lower(), "said": said.lower()}
    number, name = _found(about, said, organisation)
    return {"about": about, "value": number, "said": name}


def _found(about: str, said: str, organisation: int) -> tuple[int, str]:
    model: Any = {"source_is": Source, "department_is": Department, "location_is": Location}[about]
    rows = model.objects.all() if model is Source else model.objects.filter(organisation=organisation)
    for number, name in rows.order_by("name").values_list("pk", "name"):
        if fold(name) == fold(said):
            return number, name
    raise Invalid(gettext("There is none called %(name)s.") % {"name": said}, field="value")


def known_names(organisation: int) -> list[str]:
    """What a browser offers while a value is typed."""
    names = {"yes", "no"}
    for rows in (
        Source.objects.all(),
        Department.objects.filter(organisation=organisation),
        Location.objects.filter(organisation=organisation),
        Tag.objects.order_by("-pk")[:100],
    ):
        names |= set(rows.values_list("name", flat=True))
    return sorted(names, key=fold)


def scopes(user: User) -> list[tuple[str, Any]]:
    """For what a rule can be: all roles of an organisation, or one that is in play."""
    organisations = HiringOrganisation.objects.filter(is_active=True).order_by("name")
    if user.works_for is not None:
        organisations = organisations.filter(pk__in=user.works_for)
    roles = Requisition.objects.visible_to(user).filter(state__in=LIVE, organisation__in=organisations)
    return [
        (
            gettext("All roles of"),
            [(f"all:{row.pk}", row.name) for row in organisations],
        ),
        (
            gettext("One role"),
            [
                (f"role:{row.pk}", f"{row.title} ({row.reference})")
                for row in roles.order_by("title", "pk")[:500]
            ],
        ),
    ]


def scope_of(chosen: str, user: User) -> Mapping[str, Any] | None:
    """The organisation and the role that were chosen; None: neither."""
    sort, _, said = chosen.partition(":")
    if not said.isdecimal() or len(said) > 18:
        return None
    if sort == "all":
        rows = HiringOrganisation.objects.filter(pk=int(said), is_active=True)
        found = rows.first()
        if found is None or not user.may_work_for(found.pk):
            return None
        return {"organisation": found, "requisition": None}
    role = Requisition.objects.visible_to(user).select_related("organisation").filter(pk=int(said)).first()
    return {"organisation": role.organisation, "requisition": role} if role else None
