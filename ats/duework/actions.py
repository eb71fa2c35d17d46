"""What a person does about due work that could not be done."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.duework.models import MAX_ATTEMPTS, Attempts, DueTask, TaskState
from ats.duework.queries import kinds
from ats.kernel.errors import Missing, NotAllowed, WrongState
from ats.kernel.staff_words import gettext

SEE = "ats.see_due_work"


def _permit(user: User) -> None:
    if not user.has_perm(SEE):
        raise NotAllowed(gettext("You may not do this."))


@transaction.atomic
def try_again(*, model: str, pk: int, by: User, now: datetime) -> None:
    """Give a row that was set aside its attempts back; the next tick takes it."""
    _permit(by)
    row = _set_aside(model, pk)
    fields = {"attempts": 0, "retry_at": None, "last_error": ""}
    if isinstance(row, DueTask):
        fields |= {"state": TaskState.WAITING, "settled_at": None}
    type(row)._base_manager.filter(pk=row.pk).update(**fields)
    record("duework.retried", subject=DueRow(row), by=by, now=now, data={"what": _name(row)})


@transaction.atomic
def dismiss(*, pk: int, by: User, now: datetime) -> None:
    """Decide that a task that was set aside need not be done."""
    _permit(by)
    row = _set_aside(DueTask._meta.label_lower, pk)
    DueTask.objects.filter(pk=row.pk).update(state=TaskState.CANCELLED, settled_at=now)
    record("duework.dismissed", subject=DueRow(row), by=by, now=now, data={"what": _name(row)})


def _set_aside(label: str, pk: int) -> Attempts:
    model = next((kind for kind in kinds() if kind._meta.label_lower == label), None)
    if model is None:
        raise Missing(gettext("There is no such kind of work."))
    row = model._base_manager.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if row is None:
        raise Missing(gettext("There is no such work."))
    if row.attempts < MAX_ATTEMPTS:
        raise WrongState(gettext("It is not set aside any more."))
    if isinstance(row, DueTask) and row.state == TaskState.CANCELLED:
        raise WrongState(gettext("It was dismissed already."))
    return row


def _name(row: Attempts) -> str:
    """Without the names of people that the row's own words may hold."""
    return f"{row._meta.verbose_name} {row.pk}"


class DueRow:
    """A due row as the subject of a record, whatever its kind."""

    def __init__(self, row: Attempts) -> None:
        self.pk = row.pk
        self._about: dict[str, int] = getattr(row, "about", dict)()

    def about(self) -> dict[str, int]:
        return self._about
