"""On the day to look again the same figure is read once more, and both readings say whether it worked."""

from datetime import datetime

from django.db import transaction

from ats.activity.record import record
from ats.kernel.access import lock
from partners.corrections import mails, workflow
from partners.corrections.actions.fetch import WHOLE
from partners.corrections.domain.measures import MEASURES, Figure, judge, whole_days
from partners.corrections.models import CorrectionState, CourseCorrection
from partners.corrections.queries.figures import read
from partners.partnerships.models import Partnership

LOOK_AGAIN = "corrections.look_again"


def look_at(correction: CourseCorrection) -> datetime:
    """The beginning of the working day on which it is looked at again."""
    calendar = correction.partnership.requisition.organisation.calendar
    return datetime.combine(correction.look_again_on, calendar.day_starts, tzinfo=calendar.zone)


@transaction.atomic
def look_again(*, correction_id: int, now: datetime) -> CourseCorrection | None:
    """Read the figure, and write down what both readings say; for the tick. Nothing where it is over already."""
    place = CourseCorrection.objects.filter(pk=correction_id).values_list("partnership", flat=True).first()
    lock(Partnership, place or 0)
    lock(CourseCorrection, correction_id)
    correction = CourseCorrection.objects.select_related(*WHOLE).filter(pk=correction_id).first()
    if correction is None or correction.state != CorrectionState.OPEN:
        return None
    workflow.check(correction.state, CorrectionState.LOOKED)
    measure, first = MEASURES[correction.measure], Figure(**correction.start_figure)
    since = correction.started_at
    last = read(correction.partnership, correction.measure, correction.scope, since=since, now=now)
    correction.verdict, correction.result = judge(
        measure, first, last, days=whole_days(since, now), look_on=correction.look_again_on
    )
    correction.end_figure = last.as_json()
    correction.state, correction.settled_at = CorrectionState.LOOKED, now
    correction.save(update_fields=["verdict", "result", "end_figure", "state", "settled_at"])
    data = {"challenge": correction.challenge, "result": correction.result, "verdict": correction.verdict}
    record("correction.looked_again", subject=correction, by=None, now=now, data=data)
    mails.send_looked(correction, now=now)
    return correction
