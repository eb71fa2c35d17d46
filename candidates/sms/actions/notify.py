"""An SMS beside a mail that has left, to whoever chose to get it.

The mail is the record, and goes first: so all that holds for it (the cool-off of a decision, working days, what was
taken back) holds for the SMS that follows. An SMS says nothing that the page does not say.
"""

import re
from datetime import datetime, timedelta

from ats.mail.models import MailState, OutgoingMail
from ats.sms import actions as outbox
from ats.sms.models import SmsAccount, SmsKind, SmsMessage, SmsState
from candidates.applications.models import DECISION_MAILS, Application
from candidates.compose import quiet_hours
from candidates.compose.portal_links import portal_link
from candidates.interviews import mails as interviews
from candidates.interviews.models import Interview
from candidates.journeys.models import Journey
from candidates.scheduling import mails as scheduling
from candidates.sms.domain import texts
from candidates.sms.models import SmsAbout, SmsChoice

SET = (interviews.BOOKED, interviews.MOVED, interviews.CHANGED, interviews.REMINDER, scheduling.TIME_STAYS)
OFF = (interviews.CANCELLED,)
TO_CHOOSE = (scheduling.ASKED_TO_PICK, scheduling.ASKED_TO_GIVE)
NEWS = (
    *DECISION_MAILS,
    *("application.reopened", "conversation.message"),
    *("offer.sent", "offer.extended", "offer.renewed", "offer.reminder", "offer.withdrawn"),
)
"""Roles of mail beside which there is an SMS, by what it says."""
ABOUT = dict.fromkeys((*SET, *OFF, *TO_CHOOSE), SmsAbout.INTERVIEWS) | dict.fromkeys(NEWS, SmsAbout.NEWS)
WITHIN = timedelta(hours=24)
CAP = 2
"""Notices of news in a day, where an organisation says nothing else of its messages (`Journey.daily_cap`)."""
OF_INTERVIEW = re.compile(r"interview:(\d{1,18}):(\d{1,9}):")


def beside(mail: OutgoingMail, now: datetime) -> bool:
    """Queue the SMS that goes with this mail, if its reader chose one; whether there is one."""
    if mail.state != MailState.SENT or not mail.candidate_id or not mail.application_id:
        return False
    found = _wanted(mail.candidate_id, ABOUT[mail.role], mail.organisation_id)
    application = found and Application.objects.whole().filter(pk=mail.application_id).first()
    if not found or not application:
        return False
    return _queue(application, found, role=mail.role, key=str(mail.uuid), mail=mail, now=now)


def offer_news(*, application: Application, key: str, now: datetime) -> bool:
    """A person wants them to know that there is something to read; whether they chose to hear so."""
    organisation_id = application.requisition.organisation_id
    found = _wanted(application.candidate_id, SmsAbout.NEWS, organisation_id)
    return found is not None and _queue(application, found, role="", key=key, mail=None, now=now)


Wanted = tuple[SmsChoice, SmsAccount]


def _wanted(candidate_id: int, about: SmsAbout, organisation_id: int | None) -> Wanted | None:
    """Their choice, and who carries it; None where they want none of it, or nobody can."""
    choice = SmsChoice.objects.filter(candidate=candidate_id, about_what__contains=[about]).first()
    if choice is None:
        return None
    rows = SmsAccount.objects.filter(organisation=organisation_id or 0, problem="")
    account = rows.select_related("organisation").first()
    return None if account is None else (choice, account)


def _queue(
    application: Application, found: Wanted, *, role: str, key: str, mail: OutgoingMail | None, now: datetime
) -> bool:
    choice, account = found
    about = ABOUT.get(role, SmsAbout.NEWS)
    if about == SmsAbout.NEWS and _is_enough(application, now):
        return False
    interview = _interview(mail) if role in (*SET, *OFF) else None
    latest = now + WITHIN
    if interview is not None and role in SET:
        latest = min(latest, interview.starts_at)
    before = quiet_hours.awake(now, quiet_hours.zone_for(application))
    return latest > before and outbox.queue(
        SmsKind.NOTICE,
        key=f"{about}:{key}",
        to=choice.number,
        text=_text(application, account, role, interview, now),
        organisation_id=account.organisation_id,
        mail=mail,
        now=now,
        not_before=before,
        not_after=latest,
        about=application.about(),
    )


def _text(
    application: Application, account: SmsAccount, role: str, interview: Interview | None, now: datetime
) -> str:
    candidate = application.candidate
    said = texts.Said(
        name=account.organisation.name,
        link=portal_link(candidate, now),
        language=candidate.language,
        hears=account.hears,
    )
    if interview is not None:
        zone = quiet_hours.zone_for(application)
        return texts.interview(said, at=interview.starts_at, zone=zone, is_off=role in OFF)
    return texts.news(said) if ABOUT.get(role, SmsAbout.NEWS) == SmsAbout.NEWS else texts.times(said)


def _interview(mail: OutgoingMail | None) -> Interview | None:
    """The one that it is about; None of several, of which an SMS says no times."""
    found = OF_INTERVIEW.match(mail.idempotency_key) if mail else None
    if found is None or mail is None or mail.attachments.count() > 1:
        return None
    return Interview.objects.filter(pk=int(found[1])).first()


def _is_enough(application: Application, now: datetime) -> bool:
    """As much news as one day may bring has been said, or waits to be: once said, it says it all."""
    zone = quiet_hours.zone_for(application)
    day = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = SmsMessage.objects.filter(
        candidate_id=application.candidate_id, kind=SmsKind.NOTICE, key__startswith=f"{SmsAbout.NEWS}:"
    )
    if rows.filter(application_id=application.pk, state=SmsState.QUEUED).exists():
        return True
    journeys = Journey.objects.filter(organisation=application.requisition.organisation_id, is_current=True)
    most = journeys.values_list("daily_cap", flat=True).first() or CAP
    return rows.filter(created_at__gte=day).exclude(state=SmsState.CANCELLED).count() >= most
