"""The same actions for many at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.errors import ActionError, Missing, WrongState
from ats.kernel.staff_words import gettext
from candidates.applications.actions.decide import WRITTEN, reject
from candidates.applications.actions.move import move
from candidates.applications.actions.undo import undo_decision
from candidates.applications.models import Application
from requisitions.models import Requisition
from requisitions.roles.actions import end


@dataclass
class BulkResult:
    """Which were done, and of the others, why not, by their ids; `input`: the field the first was refused for.

    `shown` is that refusal as a form shows it.
    """

    done: list[int] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    input: str | None = None
    shown: str = ""


def bulk_move(*, application_ids: Iterable[int], stage_id: int, by: User, now: datetime) -> BulkResult:
    """Move each; one that cannot be moved holds up none of the others."""
    return _each(application_ids, lambda pk: move(application_id=pk, stage_id=stage_id, by=by, now=now))


def bulk_reject(
    *,
    application_ids: Iterable[int],
    reason: str,
    message: WRITTEN | None,
    by: User,
    now: datetime,
    note: str = "",
    send_at: datetime | None = None,
    claims_meant: bool = False,
    ends_as: str = "",
) -> BulkResult:
    """Reject each, with the same words; placeholders make them personal."""
    return _each(
        application_ids,
        lambda pk: reject(
            application_id=pk,
            reason=reason,
            message=message,
            by=by,
            now=now,
            note=note,
            send_at=send_at,
            claims_meant=claims_meant,
            ends_as=ends_as,
        ),
    )


def bulk_undo(*, application_ids: Iterable[int], by: User, now: datetime) -> BulkResult:
    """Take back what was decided about each; one that cannot be taken back holds up none of the others."""
    return _each(application_ids, lambda pk: undo_decision(application_id=pk, by=by, now=now))


def _each(application_ids: Iterable[int], do: Callable[[int], object]) -> BulkResult:
    result = BulkResult()
    for pk in sorted(set(application_ids)):
        try:
            do(pk)
        except ActionError as error:
            if not result.refused:
                result.input, result.shown = error.field, error.shown
            result.refused[pk] = error.message
        except Missing:
            result.refused[pk] = gettext("This application is not there any more.")
        else:
            result.done.append(pk)
    return result


@transaction.atomic
def sweep(
    *,
    requisition_id: int,
    reason: str,
    message: WRITTEN,
    by: User,
    now: datetime,
    new_state: str = "filled",
    end_reason: str = "",
    claims_meant: bool = False,
) -> int:
    """End a role so that nobody in play for it is left without an answer; how many were told.

    Everybody who is still active is rejected for this reason, with this message, and the requisition ends
    as `new_state` in the same transaction: all of it, or nothing.
    """
    requisition = get_for(
        Requisition.objects.all(),
        requisition_id,
        user=by,
        permission="requisitions.open_requisition",
        for_update=True,
    )
    waiting = Application.objects.active().filter(requisition=requisition).order_by("pk")
    if waiting.filter(kept_from__user=by, kept_from__lifted_at=None).exists():
        raise WrongState(gettext("Somebody else ends this role: ask its recruiter, or another lead."))
    result = bulk_reject(
        application_ids=waiting.values_list("pk", flat=True),
        reason=reason,
        message=message,
        by=by,
        now=now,
        claims_meant=claims_meant,
        ends_as=new_state,
    )
    if result.refused:
        raise WrongState(next(iter(result.refused.values())), field=result.input)
    end(
        requisition_id=requisition.pk,
        new_state=new_state,
        reason=end_reason or "Everyone was told",
        by=by,
        now=now,
    )
    return len(result.done)
