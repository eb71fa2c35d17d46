"""Making a requisition, and changing what is said of it."""

from datetime import datetime
from typing import Any, Unpack

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Invalid, NotAllowed, WrongState
from requisitions.roles import workflow
from requisitions.roles.actions import ask_approval, number, write_criteria, write_openings
from requisitions.roles.actions.check import check, with_its_place
from requisitions.roles.actions.fetch import fetch, named
from requisitions.roles.domain.facts import BRIEF, COLUMNS, Facts, cleaned, in_words, takes_both_parts
from requisitions.roles.models import CriterionKind, Requisition, RequisitionState, TeamMember, TeamRole

LEADING = {"recruiter": TeamRole.RECRUITER, "hiring_manager": TeamRole.MANAGER}
"""The two who lead a requisition are on its team by that."""


@transaction.atomic
def create_requisition(*, by: User, now: datetime, **facts: Unpack[Facts]) -> Requisition:
    """A draft with its number, its openings (one unless said otherwise), its criteria and its first team."""
    if not by.has_perm("requisitions.add_requisition"):
        raise NotAllowed("Only the recruiting team begins a role.")
    given = cleaned(dict(facts))
    if given.get("organisation") is None:
        raise Invalid("Choose the organisation that hires.", field="organisation")
    given = with_its_place(given, given["organisation"], by=by, now=now)
    columns = {name: given[name] for name in COLUMNS if name in given}
    requisition = Requisition(**({"recruiter": by} | columns))
    check(requisition, changed=COLUMNS)
    requisition.reference = number.take()[0]
    requisition.save()
    _write_lists(requisition, {"openings": 1} | given)
    _seat_leaders(requisition)
    record("requisition.created", subject=requisition, by=by, now=now, data=named(requisition))
    _note_both_parts(requisition, by=by, now=now)
    return requisition


@transaction.atomic
def change_requisition(
    *, requisition_id: int, by: User, now: datetime, **facts: Unpack[Facts]
) -> Requisition:
    """Change the facts that are given and leave the others; its manager may change the brief alone."""
    requisition = fetch(requisition_id, by, "requisitions.change_requisition")
    workflow.check_not_ended(requisition.state)
    given = cleaned(dict(facts))
    given = with_its_place(given, given.get("organisation") or requisition.organisation, by=by, now=now)
    columns = [name for name in COLUMNS if name in given and given[name] != getattr(requisition, name)]
    if "organisation" in columns and requisition.state != RequisitionState.DRAFT:
        raise WrongState("The organisation stays what it was once a role is open.")
    for name in columns:
        setattr(requisition, name, given[name])
    check(requisition, changed=columns)
    requisition.save(update_fields=columns)
    changed = [*columns, *_write_lists(requisition, given)]
    if not by.has_perm("requisitions.open_requisition", requisition) and set(changed) - BRIEF:
        raise NotAllowed(f"Ask {requisition.recruiter} to change {in_words(sorted(set(changed) - BRIEF))}.")
    if "must_haves" in changed:
        _keep_live_one_whole(requisition)
    if set(columns) & set(LEADING):
        _seat_leaders(requisition)
    if changed:
        data = {"fields": changed, "what": in_words(changed)}
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
        raise Invalid("An open role keeps at least one must-have.", field="must_haves")


def _seat_leaders(requisition: Requisition) -> None:
    """Recruiter and hiring manager are on the team; who was it before stays on it until taken off."""
    for field, role in LEADING.items():
        if (leader := getattr(requisition, field)) is not None:
            TeamMember.objects.get_or_create(requisition=requisition, user=leader, role=role)
    requisition.__dict__.pop("_team_roles", None)


def _note_both_parts(requisition: Requisition, *, by: User, now: datetime) -> None:
    """Where nobody else is there, one person may be both partners; that stands on record."""
    if takes_both_parts(requisition):
        data = {"name": str(requisition.recruiter)}
        record("requisition.both_parts", subject=requisition, by=by, now=now, data=data)
