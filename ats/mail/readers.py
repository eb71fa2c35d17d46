"""Who reads what comes in: a report that a message did not arrive."""

from datetime import datetime

from ats.mail import actions
from ats.mail.arrivals import Arrived, Outcome, Placed, ToPeople
from ats.mail.inbound import reads
from ats.mail.incoming import Kind
from ats.mail.models import Why


@reads(Kind.FAILURE)
def report(arrived: Arrived, now: datetime) -> Outcome:
    mail = actions.reported(arrived.found)
    if mail is None:
        return ToPeople(why=Why.NOT_OURS)
    actions.note_bounce(mail, report=arrived.found, now=now)
    return Placed(about=mail.about(), mail=mail)
