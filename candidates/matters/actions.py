"""Every write on what matters to somebody: a point is met or not, and marks of points that are gone go."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.languages import recorded
from ats.kernel.staff_words import gettext
from candidates.applications.actions import fetch
from candidates.applications.models import Application
from candidates.compose import lawful
from candidates.matters.domain import points
from candidates.matters.models import MatterMark, Met
from candidates.matters.rules import MARK
from candidates.people.domain.keys import one_line

LONGEST_WHY = 300


@transaction.atomic
def mark(*, application_id: int, key: str, met: str, why: str, by: User, now: datetime) -> MatterMark:
    """Say whether the role meets this point; the same once more changes nothing."""
    application = fetch.locked(application_id, user=by, permission=MARK)
    said = {each.key: each.words for each in points.points(application.matters)}
    if key not in said:
        raise WrongState(gettext("They have changed these words since you saw them: look again."))
    why = _checked(application, met, why)
    row = MatterMark.objects.filter(application=application, key=key).first()
    if row is not None and (row.met, row.why) == (met, why):
        return row
    row = row or MatterMark(application=application, key=key)
    row.met, row.why, row.marked_by, row.marked_at = met, why, by, now
    row.save()
    data = {"point": said[key], "met": recorded(Met(met).label).lower(), "why": why}
    record("matters.marked", subject=row, by=by, now=now, data=data)
    return row


def _checked(application: Application, met: str, why: str) -> str:
    if met not in Met.values:
        raise Invalid(gettext("Choose one of the three."), field="met")
    why = one_line(why)
    if met != Met.UNKNOWN and not why:
        raise Invalid(gettext("Say in a few words why: whoever writes to them reads it."), field="why")
    if len(why) > LONGEST_WHY:
        raise Invalid(gettext("Keep it under %(most)s characters.") % {"most": LONGEST_WHY}, field="why")
    lawful.check(application, {"why": why}, where="matters", what="What matters to")
    return why


def let_go(application: Application) -> None:
    """Their words have changed: what was said of points that are gone is kept no longer."""
    keys = [each.key for each in points.points(application.matters)]
    MatterMark.objects.filter(application=application).exclude(key__in=keys).delete()
