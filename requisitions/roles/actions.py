"""Every write to a requisition, its openings, its criteria and its team."""

from datetime import datetime
from typing import Any, Unpack

from django.db import transaction
from django.db.models import Q

from ats.accounts.models import User
from ats.accounts.succession import WHO_MAY, Part
from ats.activity.record import record
from ats.approvals import actions as approvals
from ats.approvals.models import ApprovalRequestState
from ats.kernel.access import get_for, lock
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from requisitions.roles import approving, criteria, openings, readiness, references, workflow
from requisitions.roles.facts import (
    BRIEF,
    COLUMNS,
    Facts,
    check,
    cleaned,
    in_words,
    takes_both_parts,
    with_its_place,
)
from requisitions.roles.models import (
    CriterionKind,
    OpeningState,
    Requisition,
    RequisitionState,
    TeamMember,
    TeamRole,
)

LEADING = {"recruiter": TeamRole.RECRUITER, "hiring_manager": TeamRole.MANAGER}
"""The two who lead a requisition are on its team by that."""

MEMBERS = {
    TeamRole.RECRUITER: WHO_MAY[Part.RECRUITER],
    TeamRole.COORDINATOR: WHO_MAY[Part.RECRUITER],
    TeamRole.MANAGER: WHO_MAY[Part.MANAGER],
}
"""Which roles in the house a place on a team asks for, where it asks for any."""


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
    requisition.reference = references.take()[0]
    requisition.save()
    _write_lists(requisition, {"openings": 1} | given)
    _seat_leaders(requisition)
    record("requisition.created", subject=requisition, by=by, now=now, data=_named(requisition))
    _note_both_parts(requisition, by=by, now=now)
    return requisition


@transaction.atomic
def change_requisition(
    *, requisition_id: int, by: User, now: datetime, **facts: Unpack[Facts]
) -> Requisition:
    """Change the facts that are given and leave the others; its manager may change the brief alone."""
    requisition = _get(requisition_id, by, "requisitions.change_requisition")
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
        approving.take_back_if_changed(requisition, by=by, now=now)
    return requisition


@transaction.atomic
def set_openings(*, requisition_id: int, count: int, by: User, now: datetime) -> Requisition:
    """Have `count` seats in all, those that are filled among them."""
    return change_requisition(requisition_id=requisition_id, by=by, now=now, openings=count)


@transaction.atomic
def open_requisition(*, requisition_id: int, by: User, now: datetime) -> Requisition:
    """Open a draft; WrongState says in one sentence everything that is missing.

    Where a chain says who approves the opening, they are asked, and it stays a draft until they agree.
    """
    requisition = _get(requisition_id, by, "requisitions.open_requisition")
    workflow.check(requisition.state, RequisitionState.OPEN)
    if requisition.state == RequisitionState.ON_HOLD:
        raise WrongState("This role is on hold: take it up again instead.")
    if gaps := readiness.to_open(requisition):
        raise WrongState("Before this role can open: " + " ".join(gap.text for gap in gaps))
    if _is_approved(requisition, by=by, now=now):
        _open(requisition, by=by, now=now)
    return requisition


@transaction.atomic
def open_as_approved(*, requisition_id: int, version: int, now: datetime) -> Requisition | None:
    """Everybody has agreed to this version of a draft: it opens, if it is still that and nothing is missing."""
    lock(Requisition, requisition_id)
    rows = Requisition.objects.select_related("organisation", "recruiter", "hiring_manager")
    requisition = rows.filter(pk=requisition_id, state=RequisitionState.DRAFT).first()
    if requisition is None or readiness.to_open(requisition):
        return None
    standing = approving.standing(requisition)
    if standing is None or not standing.given or approving.version(requisition) != version:
        return None
    _open(requisition, by=None, now=now)
    return requisition


def _is_approved(requisition: Requisition, *, by: User, now: datetime) -> bool:
    """Whether nobody has to agree, or all have; if not, they are asked now."""
    standing = approving.standing(requisition)
    if standing is None or standing.given:
        return True
    if standing.waits:
        raise WrongState(f"This role waits for approval by {standing.waits_for}.")
    request = approving.ask(requisition, by=by, now=now)
    return request.state == ApprovalRequestState.APPROVED


def _open(requisition: Requisition, *, by: User | None, now: datetime) -> None:
    requisition.state, requisition.opened_at = RequisitionState.OPEN, now
    requisition.save(update_fields=["state", "opened_at"])
    record("requisition.opened", subject=requisition, by=by, now=now, data=_named(requisition))


@transaction.atomic
def hold(*, requisition_id: int, reason: str, by: User, now: datetime) -> Requisition:
    """Stop taking applications for a while; those who are in play keep what was promised to them."""
    requisition = _get(requisition_id, by, "requisitions.open_requisition")
    workflow.check(requisition.state, RequisitionState.ON_HOLD)
    reason = _reason(reason)
    requisition.state = RequisitionState.ON_HOLD
    requisition.save(update_fields=["state"])
    record("requisition.held", subject=requisition, by=by, now=now, data={"reason": reason})
    return requisition


@transaction.atomic
def resume(*, requisition_id: int, by: User, now: datetime) -> Requisition:
    """Take a role up again that was on hold."""
    requisition = _get(requisition_id, by, "requisitions.open_requisition")
    if requisition.state != RequisitionState.ON_HOLD:
        raise WrongState(f"This role is {requisition.get_state_display().lower()}, not on hold.")
    requisition.state = RequisitionState.OPEN
    requisition.save(update_fields=["state"])
    record("requisition.resumed", subject=requisition, by=by, now=now)
    return requisition


@transaction.atomic
def end(*, requisition_id: int, new_state: str, reason: str, by: User, now: datetime) -> Requisition:
    """End it as filled, closed or cancelled; refused while anybody waits for an answer.

    Posts close with it. Who is still in play is told first, by the sweep of the candidates' package.
    """
    requisition = _get(requisition_id, by, "requisitions.open_requisition")
    target = RequisitionState(new_state)
    if target not in workflow.ENDED:
        raise Invalid("End a role as filled, closed or cancelled.", field="new_state")
    workflow.check(requisition.state, target)
    # The relation belongs to a higher floor: it is counted by its name, and nothing else is known of it.
    if waiting := requisition.applications.filter(state="active").count():
        people = "1 person is" if waiting == 1 else f"{waiting} people are"
        raise WrongState(f"{people} still waiting for an answer: give it to them first.")
    approvals.take_back(
        kind=approving.KIND, subject_id=requisition.pk, by=by, now=now, reason="the role was ended"
    )
    _end_openings(requisition, target)
    requisition.state, requisition.ended_at = target, now
    requisition.end_reason = _reason(reason)
    requisition.save(update_fields=["state", "ended_at", "end_reason"])
    data = {"state": target.value, "outcome": target.label.lower(), "reason": requisition.end_reason}
    record("requisition.ended", subject=requisition, by=by, now=now, data=data)
    return requisition


@transaction.atomic
def reopen(*, requisition_id: int, reason: str, by: User, now: datetime) -> Requisition:
    """Look on: a role that was filled has a free seat again. Its posts stay closed until they are published."""
    requisition = _get(requisition_id, by, "requisitions.open_requisition")
    if RequisitionState(requisition.state) not in workflow.REOPEN:
        raise WrongState(f"This role is {requisition.get_state_display().lower()}: it was not filled.")
    requisition.state = workflow.REOPEN[RequisitionState.FILLED]
    requisition.ended_at, requisition.end_reason = None, ""
    requisition.save(update_fields=["state", "ended_at", "end_reason"])
    data = _named(requisition) | {"reason": _reason(reason[:200])}
    record("requisition.reopened", subject=requisition, by=by, now=now, data=data)
    return requisition


@transaction.atomic
def add_member(*, requisition_id: int, user: User, role: str, by: User, now: datetime) -> TeamMember:
    """Take a person into the team, which opens this requisition to them."""
    requisition = _get(requisition_id, by, "requisitions.change_team")
    if role not in TeamRole.values:
        raise Invalid("Choose one of the list.", field="role")
    if not user.is_active:
        raise Invalid(f"{user} no longer signs in here.", field="user")
    member, created = TeamMember.objects.get_or_create(requisition=requisition, user=user, role=role)
    if created:
        _record_member("requisition.member_added", requisition, member, by=by, now=now)
    return member


@transaction.atomic
def remove_member(*, requisition_id: int, member_id: int, by: User, now: datetime) -> None:
    """Take a person off the team; the two who lead are replaced, not removed."""
    requisition = _get(requisition_id, by, "requisitions.change_team")
    member = requisition.members.select_related("user").filter(pk=member_id).first()
    if member is None:
        raise Missing("No such member of the team.")
    for field, role in LEADING.items():
        if member.role == role and member.user_id == getattr(requisition, f"{field}_id"):
            leader = role.label.lower()
            raise WrongState(f"{member.user} is the {leader} of this role: choose another {leader} first.")
    member.delete()  # first: who hears of it finds the team without them
    _record_member("requisition.member_removed", requisition, member, by=by, now=now)


@transaction.atomic
def hand_on(
    *,
    user_id: int,
    recruiter: User | None,
    manager: User | None,
    by: User,
    now: datetime,
    former: str = "",
) -> list[Requisition]:
    """Somebody is gone, or has another role in the house: what they cannot go on with goes to those who follow.

    Who is gone is on no team of a role that goes on. Who is still here, and could be on it by their `former`
    role alone, stays on it as an interviewer.
    """
    user = User.objects.get(pk=user_id)
    going_on = Requisition.objects.exclude(state__in=workflow.ENDED)
    theirs = going_on.filter(Q(recruiter=user_id) | Q(hiring_manager=user_id) | Q(members__user=user_id))
    touched = list(theirs.distinct().order_by("pk"))
    for requisition in touched:
        facts: Facts = {}
        if requisition.recruiter_id == user_id and recruiter is not None:
            facts["recruiter"] = recruiter
        if requisition.hiring_manager_id == user_id and manager is not None:
            facts["hiring_manager"] = manager
        if facts:
            change_requisition(requisition_id=requisition.pk, by=by, now=now, **facts)
        over = [
            member
            for member in requisition.members.filter(user=user_id).order_by("pk")
            if not user.is_active or _is_lost(member.role, user.role, former=former)
        ]
        if over and user.is_active:
            add_member(requisition_id=requisition.pk, user=user, role=TeamRole.INTERVIEWER, by=by, now=now)
        for member in over:
            remove_member(requisition_id=requisition.pk, member_id=member.pk, by=by, now=now)
    return touched


def _is_lost(place: str, role: str, *, former: str) -> bool:
    may = MEMBERS.get(TeamRole(place), frozenset())
    return former in may and role not in may


def _get(requisition_id: int, by: User, permission: str) -> Requisition:
    rows = Requisition.objects.select_related(
        "organisation", "department", "location", "recruiter", "hiring_manager"
    )
    return get_for(rows, requisition_id, user=by, permission=permission, for_update=True)


def _reason(text: str) -> str:
    text = text.strip()
    if not text:
        raise Invalid("Say why, in a few words.", field="reason")
    if len(text) > 200:
        raise Invalid("Keep the reason under 200 characters.", field="reason")
    return text


def _named(requisition: Requisition) -> dict[str, str]:
    return {"title": requisition.title, "reference": requisition.reference}


def _write_lists(requisition: Requisition, given: dict[str, Any]) -> list[str]:
    """Write the facts that are rows of their own; the names of those that changed."""
    changed = []
    if "openings" in given and openings.write(requisition, given["openings"]):
        changed.append("openings")
    for kind, name in criteria.FIELD.items():
        if name in given and criteria.write(requisition, kind, given[name]):
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


def _end_openings(requisition: Requisition, target: RequisitionState) -> None:
    if target == RequisitionState.FILLED:
        left = requisition.openings.filter(state=OpeningState.OPEN).count()
        if left or not requisition.openings.filter(state=OpeningState.FILLED).exists():
            raise WrongState("Not every opening is filled: close the role instead, or reduce its openings.")
    openings.cancel_open(requisition)


def _record_member(
    verb: str, requisition: Requisition, member: TeamMember, *, by: User, now: datetime
) -> None:
    data = {"member": str(member.user), "user_id": member.user_id, "role": member.get_role_display().lower()}
    record(verb, subject=requisition, by=by, now=now, data=data)
