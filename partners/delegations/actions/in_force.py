"""A delegation begins and ends, and what people lead comes to who does it now."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.duework import engine
from ats.kernel.access import lock_all
from ats.kernel.kept import kept
from partners.delegations import mails, workflow
from partners.delegations.domain.chains import who_does_it
from partners.delegations.models import Delegation, DelegationState
from requisitions.roles.actions import let_stand_in

WHOLE = ("owner", "delegate")


def begin(delegation: Delegation, *, now: datetime) -> None:
    """Inside a transaction that holds the two."""
    workflow.check(delegation.state, DelegationState.ACTIVE)
    delegation.state = DelegationState.ACTIVE
    delegation.save(update_fields=["state"])
    record("delegation.begun", subject=delegation, by=None, now=now, data=_said(delegation))
    follow(now=now)


def end(delegation: Delegation, *, why: str, by: CanAct | None, now: datetime) -> None:
    """Inside a transaction that holds the two."""
    workflow.check(delegation.state, DelegationState.OVER)
    delegation.state, delegation.ended_at = DelegationState.OVER, now
    delegation.save(update_fields=["state", "ended_at"])
    data = _said(delegation) | {"why": why}
    record("delegation.ended", subject=delegation, by=by, now=now, data=data)
    mails.tell_of_end(delegation, why=why, but_not=by if isinstance(by, User) else None, now=now)
    follow(now=now, over=delegation)


def _said(delegation: Delegation) -> dict[str, object]:
    return {
        "owner": str(delegation.owner),
        "owner_id": delegation.owner_id,
        "delegate": str(delegation.delegate),
        "delegate_id": delegation.delegate_id,
    }


def follow(*, now: datetime, over: Delegation | None = None, only: set[int] | None = None) -> None:
    """Let everything that those who are away lead come to who does it now; doing it again changes nothing.

    Where one of those who stand in is away too, it comes to whom they have chosen in turn.
    """
    active = list(Delegation.objects.filter(state=DelegationState.ACTIVE).select_related(*WHOLE))
    chosen = {each.owner_id: each.delegate_id for each in active}
    people = {person.pk: person for each in active for person in (each.owner, each.delegate)}
    for each in active:
        if only is None or each.owner_id in only:
            by_whom = people.get(who_does_it(each.owner_id, chosen) or 0)
            let_stand_in(away=each.owner, by_whom=by_whom, now=now)
    if over is not None and over.owner_id not in chosen:
        let_stand_in(away=over.owner, by_whom=None, now=now)
    _note_on_people(active, over, chosen)


def _note_on_people(active: list[Delegation], over: Delegation | None, chosen: dict[int, int]) -> None:
    """Until when each of them stands in for anybody (see `User.stands_in`)."""
    until: dict[int, datetime | None] = {over.delegate_id: None} if over else {}
    for each in active:
        person = who_does_it(each.owner_id, chosen)
        if person is not None:
            until[person] = max(each.ends_at, until.get(person) or each.ends_at)
    for number, moment in sorted(until.items()):
        User.objects.filter(pk=number).exclude(stands_in_until=moment).update(stands_in_until=moment)


@transaction.atomic
def forget(*, user_id: int, why: str, by: CanAct | None, now: datetime) -> int:
    """Somebody has left: nobody stands in for them, nor they for anybody; how many delegations that were."""
    rows = Delegation.objects.standing().filter(owner=user_id) | Delegation.objects.standing().filter(
        delegate=user_id
    )
    found = list(rows.select_related(*WHOLE).order_by("pk"))
    for each in found:
        end(each, why=why, by=by, now=now)
    return len(found)


def begin_due(now: datetime) -> int:
    ready = Delegation.objects.to_begin(now).select_related(*WHOLE).order_by("begins_at", "pk")
    return engine.under_lock(ready, lambda row, moment: begin(row, now=moment), now=now, first=_hold)


def end_due(now: datetime) -> int:
    ready = Delegation.objects.to_end(now).select_related(*WHOLE).order_by("ends_at", "pk")
    return engine.under_lock(ready, _run_out, now=now, first=_hold)


def _run_out(delegation: Delegation, now: datetime) -> None:
    end(delegation, why=kept(f"{delegation.owner} is back."), by=None, now=now)


def _hold(number: int) -> None:
    """The people come before everything else, for everybody."""
    lock_all(User, set(Delegation.objects.filter(pk=number).values_list("owner", "delegate").first() or ()))
