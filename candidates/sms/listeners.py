"""When an SMS goes beside a mail, when it must not leave after all, and what ends a choice beside its owner's click."""

from datetime import datetime

from ats.mail.models import OutgoingMail
from ats.mail.settling import settled
from ats.sms.actions.deliver import Verdict, asked_at_the_door
from ats.sms.actions.suppress import stopped
from ats.sms.models import SmsKind, SmsMessage
from candidates.applications.models import Application
from candidates.compose import quiet_hours
from candidates.interviews.models import Interview, InterviewState
from candidates.sms import actions
from candidates.sms.actions import notify
from candidates.sms.models import SmsAbout, SmsChoice, SmsCode

NOT_CHOSEN = "They do not want this by SMS any more."
NOT_SO = "What it says is not so any more."
NOT_ASKED = "Another code was asked for, or none is wanted any more."
ANSWERED = "by answering STOP"


@settled(*notify.ABOUT)
def beside_its_mail(mail: OutgoingMail, now: datetime) -> None:
    actions.beside(mail, now)


@asked_at_the_door
def as_it_is_now(message: SmsMessage, now: datetime) -> Verdict | None:
    """Between its writing and now they may have ended it, changed their number, or been moved to another day."""
    if message.kind == SmsKind.CODE:
        waits = SmsCode.objects.filter(candidate=message.candidate_id or 0, number=message.to)
        return None if waits.exists() else Verdict(NOT_ASKED)
    if message.kind != SmsKind.NOTICE:
        return None
    about = message.key.partition(":")[0]
    choices = SmsChoice.objects.filter(candidate=message.candidate_id or 0, number=message.to)
    if not choices.filter(about_what__contains=[about], candidate__anonymised_at=None).exists():
        return Verdict(NOT_CHOSEN)
    if about == SmsAbout.INTERVIEWS and not _is_so(message):
        return Verdict(NOT_SO)
    return _their_night(message, now)


def _is_so(message: SmsMessage) -> bool:
    """Whether the interview is as it was when the mail was written; what is about no single one says no time."""
    found = notify.OF_INTERVIEW.match(message.mail.idempotency_key) if message.mail else None
    if found is None or message.mail is None:
        return True
    state = InterviewState.CANCELLED if message.mail.role in notify.OFF else InterviewState.BOOKED
    rows = Interview.objects.filter(pk=int(found[1]), sequence=int(found[2]))
    return rows.filter(state=state).exists()


def _their_night(message: SmsMessage, now: datetime) -> Verdict | None:
    application = Application.objects.whole().filter(pk=message.application_id or 0).first()
    if application is None:
        return Verdict(NOT_SO)
    morning = quiet_hours.awake(now, quiet_hours.zone_for(application))
    return Verdict(until=morning) if morning > now else None


@stopped
def wants_no_more(number: str, now: datetime) -> None:
    """Whoever has this telephone: where two share one, neither gets any more."""
    rows = SmsChoice.objects.filter(number=number).select_related("candidate").order_by("candidate_id")
    for choice in rows:
        actions.end(candidate=choice.candidate, where=ANSWERED, by=choice.candidate, now=now)
