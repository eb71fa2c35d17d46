"""A correction is stopped before its day, with the reason; what was recorded of it stays."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.duework.tasks import cancel
from ats.kernel import lawful
from ats.kernel.access import lock, lock_all
from ats.kernel.errors import Invalid
from ats.kernel.kept import kept
from ats.kernel.lawful import Place
from ats.kernel.staff_words import gettext
from partners.corrections import workflow
from partners.corrections.actions.fetch import WHOLE, fetch
from partners.corrections.actions.look_again import LOOK_AGAIN
from partners.corrections.models import CorrectionState, CourseCorrection
from partners.partnerships.models import Partnership

LONGEST_WHY = 300


@transaction.atomic
def stop(*, correction_id: int, why: str, by: User, now: datetime) -> CourseCorrection:
    """Either partner stops it; whether it worked is then said by nobody."""
    correction = fetch(correction_id, by)
    workflow.check(correction.state, CorrectionState.STOPPED)
    why = " ".join(why.split())[:LONGEST_WHY]
    if not why:
        raise Invalid(gettext("Say in a few words why."), field="why")
    what, about = kept(f"Why “{correction.challenge}” is stopped"), correction.about()
    lawful.check({"why": why}, place=Place(name=f"correction:{correction.pk}", what=what, about=about))
    _stop(correction, why, by=by, now=now)
    return correction


@transaction.atomic
def stop_all(*, partnership_id: int, why: str, by: CanAct | None, now: datetime) -> int:
    """The role has ended, and with it what is under way; how many corrections that were."""
    lock(Partnership, partnership_id)
    rows = CourseCorrection.objects.open().filter(partnership=partnership_id)
    lock_all(CourseCorrection, rows.values_list("pk", flat=True))
    found = list(rows.select_related(*WHOLE).order_by("pk"))
    for correction in found:
        _stop(correction, f"{why[:1].upper()}{why[1:]}."[:LONGEST_WHY], by=by, now=now)
    return len(found)


def _stop(correction: CourseCorrection, why: str, *, by: CanAct | None, now: datetime) -> None:
    correction.state, correction.settled_at, correction.why = CorrectionState.STOPPED, now, why
    correction.stopped_by = by if isinstance(by, User) else None
    correction.save(update_fields=["state", "settled_at", "why", "stopped_by"])
    data = {"challenge": correction.challenge, "why": why}
    record("correction.stopped", subject=correction, by=by, now=now, data=data)
    cancel(LOOK_AGAIN, subject_id=correction.pk, now=now)
