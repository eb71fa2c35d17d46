"""Messages that wait for their time when the outcome is decided: what it makes untrue is taken back with it.

Everything that waits for a candidate about this application falls, whatever its kind, but for what `STANDS`.
Journeys, reminders and the clocks of offers look at the state of things when they are due, and need no word.
"""

from datetime import datetime

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.activity.record import announce
from ats.mail import roles
from ats.mail.models import MailState, OutgoingMail
from candidates.applications.models import DECISION_MAILS, Application, ApplicationState
from candidates.compose import letters
from candidates.people.models import Candidate

STANDS = {
    **dict.fromkeys(DECISION_MAILS, "it is the decision"),
    "application.thanked": "it answers a withdrawal",
    "interview.cancelled": "what is off stays off, and they must not come in vain",
    "offer.withdrawn": "what they had in hand they have no more",
    "offer.expired": "what they had in hand they have no more",
    "offer.accepted": "it holds the letter that they signed",
    "portal.link": "they asked for the way to their page",
    "portal.address_asked": "they are asked whether it was they who gave another address",
    "portal.confirm_address": "they gave another address",
    "portal.address_changed": "their address was changed",
}
"""What a decision leaves as true as it was, by role, and why."""

TO_STAFF = (
    "interviewer.reminder",
    "interviewer.declined",
    "interviewer.candidate_declined",
    "booking.given",
    "booking.expired",
)
"""What asks colleagues to do something for a candidate who is out of play."""

TRUE_AGAIN = (
    letters.MESSAGE,
    "interview.booked",
    "interview.moved",
    "interview.changed",
    "interview.reminder",
    "interviewer.reminder",
)
"""What is as true as before once nobody has been told of a decision that is undone. Promises are made anew."""

BECAUSE = "It was taken back when the outcome was decided."
GONE_BY = "its time went by before the decision was undone"
TOLD = "the candidate had been told the outcome meanwhile"
WITHDREW = "the application had been withdrawn meanwhile"


def take_back(application: Application, *, by: User | Candidate, now: datetime) -> None:
    """Called in the transaction of the decision, before it writes anything of its own."""
    to_candidates = roles.to_candidates()
    waiting = OutgoingMail.objects.filter(
        application_id=application.pk,
        role__in={*to_candidates, *TO_STAFF} - STANDS.keys(),
        state__in=[MailState.QUEUED, MailState.DRAFT],
    )
    mails = list(waiting.select_for_update(no_key=True).order_by("pk"))
    if not mails:
        return
    _all(mails).update(
        state=MailState.CANCELLED, overtaken_by=_mark(application), last_error=BECAUSE, updated_at=now
    )
    announce("application.mails_taken_back", subject=application, by=by, now=now, data={"mails": mails})


def put_back(application: Application, *, told: bool, by: User | Candidate, now: datetime) -> None:
    """The decision is being undone: what is true again waits again, and nothing that a person wrote is lost.

    Called while the application still says when it was decided.
    """
    rows = OutgoingMail.objects.filter(
        application_id=application.pk, overtaken_by=_mark(application), state=MailState.CANCELLED
    )
    mails = list(rows.select_for_update(no_key=True).order_by("pk"))
    withdrew = application.state == ApplicationState.WITHDRAWN
    ours = not told and not withdrew
    again = [mail for mail in mails if ours and mail.role in TRUE_AGAIN and _is_ahead(mail, now)]
    if again:
        _all(again).update(state=MailState.QUEUED, overtaken_by="", last_error="", updated_at=now)
        announce("application.mails_put_back", subject=application, by=by, now=now, data={"mails": again})
    left = [mail for mail in mails if mail not in again]
    why = GONE_BY if ours else WITHDREW if withdrew else TOLD
    data = {"mails": left, "why": why}
    announce("application.mails_lost", subject=application, by=by, now=now, data=data)


def _is_ahead(mail: OutgoingMail, now: datetime) -> bool:
    """Its time has not come; what we ourselves say about an interview may also come a little later."""
    in_time = mail.not_before > now or mail.role != letters.MESSAGE
    return in_time and (mail.not_after is None or mail.not_after > now)


def _all(mails: list[OutgoingMail]) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails])


def _mark(application: Application) -> str:
    return f"{application.pk}:{application.decided_at:%Y%m%dT%H%M%S.%f}"
