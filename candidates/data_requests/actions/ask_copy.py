"""Asking for a copy of everything: by its owner on their page, or by who recruits in their place."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.duework.models import DueTask, TaskState
from ats.duework.tasks import hurry, plan
from ats.kernel.access import get_for, lock_all
from ats.kernel.errors import Missing, WrongState
from ats.mail import outbox
from ats.mail.models import MailKind, MailState
from candidates.data_requests.domain import due
from candidates.data_requests.models import AGAIN_AFTER, CopyState, DataCopy
from candidates.data_requests.rules import ASK_COPY
from candidates.people.models import Candidate

BUILD = "data_requests.copy"
LANE = "later-tasks"
NO_ADDRESS = gettext_lazy(
    "The link to the copy goes by mail, and there is no e-mail address that takes it. Add one first."
)
BEING_MADE = gettext_lazy("A copy is being made already. The link comes by mail.")
JUST_MADE = gettext_lazy(
    "A copy was made within the last day, and its link went out by mail. A newer one can be asked for tomorrow."
)


@transaction.atomic
def ask_for_copy(*, candidate: Candidate, now: datetime) -> DataCopy:
    """Their own wish, on their own page: one at a time, and one a day."""
    lock_all(Candidate, [candidate.pk])
    found = Candidate.objects.without_words().filter(pk=candidate.pk, anonymised_at=None).first()
    if found is None:
        raise Missing("They are known here no longer.")
    return _ask(found, by=found, now=now)


@transaction.atomic
def ask_for_them(*, candidate_id: int, by: User, now: datetime) -> DataCopy:
    """Somebody asked by telephone or letter: the copy goes to the candidate, and to nobody else."""
    rows = Candidate.objects.without_words().filter(anonymised_at=None)
    candidate = get_for(rows, candidate_id, user=by, permission=ASK_COPY, for_update=True)
    return _ask(candidate, by=by, now=now)


def _ask(candidate: Candidate, *, by: CanAct, now: datetime) -> DataCopy:
    if outbox.fate(candidate.email, MailKind.TRANSACTIONAL)[0] == MailState.WITHHELD:
        raise WrongState(NO_ADDRESS)
    newest = DataCopy.objects.filter(candidate=candidate).order_by("-asked_at", "-pk").first()
    if newest is not None:
        if newest.state == CopyState.MAKING:
            return _once_more(newest, now=now)
        if newest.settled_at and newest.settled_at > now - AGAIN_AFTER:
            raise WrongState(JUST_MADE)
    user = by if isinstance(by, User) else None
    copy = DataCopy.objects.create(
        candidate=candidate, asked_at=now, asked_by=user, due_at=due.a_month_after(now)
    )
    verb = "data.copy_asked_for_them" if user else "data.copy_asked"
    record(verb, subject=copy, by=by, now=now)
    _plan(copy, f"{BUILD}:{copy.pk}", now=now)
    return copy


def _once_more(copy: DataCopy, *, now: datetime) -> DataCopy:
    """It is being made; where every try has failed, it is tried anew."""
    waits = DueTask.objects.filter(kind=BUILD, subject_id=copy.pk)
    if waits.filter(state__in=[TaskState.WAITING, TaskState.RUNNING]).exists():
        raise WrongState(BEING_MADE)
    _plan(copy, f"{BUILD}:{copy.pk}:{waits.count()}", now=now)
    return copy


def _plan(copy: DataCopy, key: str, *, now: datetime) -> None:
    plan(BUILD, subject_id=copy.pk, due_at=now, key=key)
    hurry(LANE)
