"""How writing to somebody ends: by itself, by hand, or one mail less."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.kernel.access import get_for, lock
from ats.kernel.errors import Missing, WrongState
from ats.kernel.languages import recorded
from ats.kernel.staff_words import gettext
from ats.mail import outbox
from candidates.people.models import Candidate
from candidates.sequences.models import MailStep, RunningState, Sequence, SequenceRun, Stop

CHANGE = "candidates.change_candidate"


@transaction.atomic
def stop(*, run_id: int, by: User, now: datetime) -> SequenceRun:
    """Nothing more is sent to them; what waits to leave is taken back."""
    run = held_run(run_id, by=by)
    end(run, Stop.BY_HAND, by=by, now=now)
    return run


def stop_by_itself(run: SequenceRun, now: datetime) -> None:
    """Something speaks against going on, as the tick has read it; `run` is held."""
    if why := SequenceRun.objects.why_of(run.pk, now):
        end(run, Stop(why), by=None, now=now)


@transaction.atomic
def cancel_mail(*, run_id: int, position: int, by: User, now: datetime) -> SequenceRun:
    """This one is left out; where none is left to be sent, that was all."""
    run = held_run(run_id, by=by)
    mail = run.mails.filter(position=position, state=MailStep.WAITING).first()
    if mail is None:
        raise WrongState(gettext("This was sent already, or is not sent any more."))
    mail.state = MailStep.CANCELLED
    mail.save(update_fields=["state"])
    said = {"sequence": run.sequence.name, "number": position + 1}
    record("sequence.mail_cancelled", subject=run, by=by, now=now, data=said)
    finish(run, now)
    return run


def end(run: SequenceRun, why: Stop, *, by: CanAct | None, now: datetime) -> None:
    """`run` is held. What of it waits in the outbox is taken back too."""
    run.mails.filter(state=MailStep.WAITING).update(state=MailStep.CANCELLED)
    outbox.cancel(id__in=run.mails.filter(mail__isnull=False).values("mail"), now=now)
    run.state, run.stop, run.ended_at = RunningState.STOPPED, why, now
    run.attempts, run.retry_at, run.last_error = 0, None, ""
    run.save(update_fields=["state", "stop", "ended_at", "attempts", "retry_at", "last_error"])
    said = {"sequence": run.sequence.name, "why": recorded(why.label).lower()}
    record("sequence.stopped", subject=run, by=by, now=now, data=said)


def finish(run: SequenceRun, now: datetime) -> None:
    """Where nothing is left to be sent, that was all of it."""
    if run.mails.filter(state=MailStep.WAITING).exists():
        return
    run.state, run.ended_at = RunningState.DONE, now
    run.save(update_fields=["state", "ended_at"])


def held_run(run_id: int, *, by: User) -> SequenceRun:
    """One that is running, its person first (docs/adr/0025-one-lock-order.md)."""
    seen = SequenceRun.objects.filter(
        sequence__in=Sequence.objects.visible_to(by), candidate__in=Candidate.objects.visible_to(by)
    )
    candidate_id = seen.filter(pk=run_id).values_list("candidate_id", flat=True).first()
    if candidate_id is None:
        raise Missing(gettext("There is no such thing."))
    get_for(Candidate.objects.without_words(), candidate_id, user=by, permission=CHANGE, for_update=True)
    lock(SequenceRun, run_id)
    run = SequenceRun.objects.select_related("sequence", "candidate").get(pk=run_id)
    if run.state != RunningState.RUNNING:
        raise WrongState(gettext("It has ended already."))
    return run
