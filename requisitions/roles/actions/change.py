"""Making a requisition, and changing what is said of it."""

from datetime import datetime
from typing import Any, Unpack

from django.db import transaction

from ats.accounts.domain import sides
from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Invalid, NotAllowed, WrongState
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext, gettext_lazy
from requisitions.roles import workflow
from requisitions.roles.actions import ask_approval, members, number, write_criteria, write_openings
from requisitions.roles.actions.check import check, with_its_place
from requisitions.roles.actions.fetch import LEAD, fetch, named
from requisitions.roles.domain.facts import BRIEF, COLUMNS, LED, Facts, cleaned, in_words, takes_both_parts
from requisitions.roles.models import CriterionKind, Requisition, RequisitionState, TeamMember, TeamRole
from requisitions.roles.queries import readiness

LEADING = {"recruiter": TeamRole.RECRUITER, "hiring_manager": TeamRole.MANAGER}
"""The two who lead a requisition are on its team by that."""
SAID_BY_LAW = frozenset({"location", "pay_min", "pay_max", "pay_currency", "pay_period"})
"""Facts on which it depends whether a post says what the law of its place wants."""


@transaction.atomic
def create_requisition(*, by: User, now: datetime, **facts: Unpack[Facts]) -> Requisition:
    """A draft with its number, its openings (one unless said otherwise), its criteria and its first team."""
    if not by.has_perm("requisitions.add_requisition"):
        raise NotAllowed(gettext("Recruiters begin a role. Ask one of them."))
    given = cleaned(dict(facts))
    if given.get("organisation") is None:
        raise Invalid(gettext("Choose the organisation that hires."), field="organisation")
    given = with_its_place(given, given["organisation"], by=by, now=now)
    columns = {name: given[name] for name in COLUMNS if name in given}
    requisition = Requisition(**({"recruiter": by} | columns))
    check(requisition, changed=COLUMNS)
    requisition.reference = number.take()[0]
    requisition.save()
    _write_lists(requisition, {"openings": 1} | given)
    _seat_leaders(requisition, by=by, now=now)
    record("requisition.created", subject=requisition, by=by, now=now, data=named(requisition))
    _note_both_parts(requisition, by=by, now=now)
    return requisition


@transaction.atomic
def change_requisition(
    *, requisition_id: int, by: User, now: datetime, **facts: Unpack[Facts]
) -> Requisition:
    """Change the facts that are given and leave the others; its manager may change the brief alone."""
    requisition = fetch(
        requisition_id,
        by,
        "requisitions.change_requisition",
        ask=gettext_lazy("Ask %(recruiter)s to change this role."),
    )
    workflow.check_not_ended(requisition.state)
    closed, whom = _closed_to(by, requisition), requisition.recruiter
    given = cleaned(dict(facts))
    given = with_its_place(given, given.get("organisation") or requisition.organisation, by=by, now=now)
    columns = [name for name in COLUMNS if name in given and given[name] != getattr(requisition, name)]
    if "organisation" in columns and requisition.state != RequisitionState.DRAFT:
        raise WrongState(gettext("The organisation stays what it was once a role is open."))
    for name in columns:
        setattr(requisition, name, given[name])
    _keep_team_on_its_side(requisition, columns, by)
    check(requisition, changed=columns)
    if SAID_BY_LAW & set(columns) and (gaps := readiness.to_stay_advertised(requisition, now)):
        # What stands on the careers page goes on to say what the law of its place wants.
        raise Invalid(gaps[0].text, field=gaps[0].field)
    requisition.save(update_fields=columns)
    changed = [*columns, *_write_lists(requisition, given)]
    if refused := sorted(closed & set(changed)):
        raise NotAllowed(
            gettext("Ask %(whom)s to change %(what)s.") % {"whom": whom, "what": in_words(refused)}
        )
    if "must_haves" in changed:
        _keep_live_one_whole(requisition)
    if set(columns) & set(LEADING):
        _seat_leaders(requisition, by=by, now=now)
    if changed:
        data = {"fields": changed, "what": ours(in_words)(changed)}
        record("requisition.changed", subject=requisition, by=by, now=now, data=data)
    if set(columns) & set(LEADING):
        _note_both_parts(requisition, by=by, now=now)
    if changed and requisition.state == RequisitionState.DRAFT:
        ask_approval.take_back_if_changed(requisition, by=by, now=now)
    return requisition


@transaction.atomic
def set_openings(*, requisition_id: int, count: int, by: User, now: datetime) -> Requisition:
    """Have `count` seats in all, those that are filled among them."""
    return change_requisition(requisition_id=requisition_id, by=by, now=now, openings=count)


def _write_lists(requisition: Requisition, given: dict[str, Any]) -> list[str]:
    """Write the facts that are rows of their own; the names of those that changed."""
    changed = []
    if "openings" in given and write_openings.write(requisition, given["openings"]):
        changed.append("openings")
    for kind, name in write_criteria.FIELD.items():
        if name in given and write_criteria.write(requisition, kind, given[name]):
            changed.append(name)
    return changed


def _keep_live_one_whole(requisition: Requisition) -> None:
    """What it needed to open it keeps while it is open."""
    must = requisition.criteria.filter(kind=CriterionKind.MUST)
    if requisition.state in workflow.LIVE and not must.exists():
        raise Invalid(gettext("An open role keeps at least one must-have."), field="must_haves")


def _closed_to(by: User, requisition: Requisition) -> set[str]:
    """The facts that this person may not change, as things stand before they do."""
    if not by.has_perm("requisitions.open_requisition", requisition):
        return set(Facts.__annotations__) - BRIEF
    return set() if by.has_perm(LEAD, requisition) else set(LED)


def _keep_team_on_its_side(requisition: Requisition, changed: list[str], by: User) -> None:
    """A draft goes to another organisation with its team: whoever may not know of that one is taken off before."""
    if "organisation" not in changed:
        return
    for user in (by, *(member.user for member in requisition.members.select_related("user").order_by("pk"))):
        sides.check(user, requisition.organisation_id, field="organisation")


def _seat_leaders(requisition: Requisition, *, by: User, now: datetime) -> None:
    """Recruiter and hiring manager are on the team; who was it before stays on it until taken off.

    Whoever leads the one side leaves the other: as long as anybody else is there, nobody is on both.
    """
    for field, role in LEADING.items():
        if (leader := getattr(requisition, field)) is not None:
            sides.check(leader, requisition.organisation_id, field=field)
            TeamMember.objects.get_or_create(requisition=requisition, user=leader, role=role)
            if not takes_both_parts(requisition):
                members.leave_other_side(requisition, leader, role, by=by, now=now)
    requisition.__dict__.pop("_team_roles", None)


def _note_both_parts(requisition: Requisition, *, by: User, now: datetime) -> None:
    """Where nobody else is there, one person may be both partners; that stands on record."""
    if takes_both_parts(requisition):
        data = {"name": str(requisition.recruiter)}
        record("requisition.both_parts", subject=requisition, by=by, now=now, data=data)
