"""A recruiter asks for the yes, notes one that was given elsewhere, or puts somebody forward on a yes that stands."""

from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Conflict, Invalid, WrongState
from ats.kernel.staff_words import gettext
from candidates.applications.actions import fetch, withdraw
from candidates.applications.models import Application
from candidates.applications.workflow import check_active
from candidates.compose import lawful, letters
from candidates.compose.words import typed
from candidates.submissions import mails, queries, workflow
from candidates.submissions.actions import forward
from candidates.submissions.models import TOLD_WAYS, Submission, SubmissionState, Way
from candidates.submissions.queries.texts import text_for
from candidates.submissions.rules import PUT_FORWARD

LONGEST = 5_000


@transaction.atomic
def ask(*, application_id: int, by: User, now: datetime) -> Submission:
    """Write to them which client, which role, what is passed on; asked twice, the letter goes out once."""
    application, row = _held(application_id, by=by, now=now)
    if row.state == SubmissionState.ASKED:
        return row
    workflow.check(row.state, SubmissionState.ASKED)
    client = row.organisation
    if (until := queries.quiet_since_a_no(application.candidate_id, client, now=now)) is not None:
        said = gettext(
            "%(name)s has said no to %(client)s, and is not asked again before %(until)s, unless they come back "
            "themselves."
        )
        raise WrongState(
            said
            % {
                "name": application.candidate.name,
                "client": client,
                "until": _far_day(until, application),
            }
        )
    if queries.standing_yes(application.candidate_id, client, now=now) is not None:
        said = gettext("%(name)s has said yes to %(client)s already: put them forward, and they are told.")
        raise WrongState(said % {"name": application.candidate.name, "client": client})
    row.state, row.asked_at, row.asked_by = SubmissionState.ASKED, now, by
    row.save(update_fields=["state", "asked_at", "asked_by"])
    record("submission.asked", subject=row, by=by, now=now, data={"client": str(client)})
    letters.queue(
        mails.ASKED,
        application=application,
        key=f"{mails.ASKED}:{row.pk}",
        now=now,
        sender=by,
    )
    return row


@transaction.atomic
def note_answer(
    *, application_id: int, is_yes: bool, way: str, said_on: date, words: str, by: User, now: datetime
) -> Submission:
    """What they said by telephone, in writing or face to face: on which day, and in which words."""
    application, row = _held(application_id, by=by, now=now, checks_owner=is_yes)
    said = typed(words)
    if way not in TOLD_WAYS:
        raise Invalid(gettext("Say how they told you."), field="way")
    if not said:
        raise Invalid(gettext("Note what they said: it is what you can point to later."), field="words")
    if len(said) > LONGEST:
        raise Invalid(gettext("Keep it under %(most)s characters.") % {"most": f"{LONGEST:,}"}, field="words")
    if not application.applied_at.date() <= said_on <= now.date():
        raise Invalid(gettext("Give a day between the begin of this application and today."), field="said_on")
    lawful.check(application, {"words": said}, where="yes", what="What was said on being put forward, of")
    facts = {"said_on": said_on, "words": said, "noted_by": by} | text_for(application)
    if is_yes:
        forward.put(row, application, way=Way(way), by=by, now=now, **facts)
        _tell(row, application, by=by, now=now)
    else:
        forward.refuse(row, way=Way(way), by=by, now=now, **facts)
    return row


@transaction.atomic
def put_forward(*, application_id: int, by: User, now: datetime) -> Submission:
    """For a further role of a client to which they said yes: they are told, and can take it back."""
    application, row = _held(application_id, by=by, now=now)
    yes = queries.standing_yes(application.candidate_id, row.organisation, now=now)
    if yes is None:
        said = gettext("%(name)s has not said yes to %(client)s: ask them first.")
        raise WrongState(said % {"name": application.candidate.name, "client": row.organisation})
    forward.put(row, application, way=Way.STANDING, by=by, now=now, **text_for(application))
    _tell(row, application, by=by, now=now)
    return row


@transaction.atomic
def end_after_no(*, application_id: int, by: User, now: datetime) -> Application:
    """Their no is respected: the application ends as withdrawn, and they are thanked."""
    application, row = _fetched(application_id, by=by)
    if row.state != SubmissionState.NO:
        raise WrongState(gettext("They have not said no."))
    return withdraw(application=application, by=by, reason_text="", now=now)


def _tell(row: Submission, application: Application, *, by: User, now: datetime) -> None:
    letters.queue(
        mails.ALSO,
        application=application,
        key=f"{mails.ALSO}:{row.pk}:{row.forward_at:%Y%m%d%H%M%S}",
        now=now,
        sender=by,
    )


def _fetched(application_id: int, *, by: User) -> tuple[Application, Submission]:
    application = fetch.locked(application_id, user=by, permission=PUT_FORWARD)
    row = queries.of_application(application)
    if row is None:
        said = gettext("%(client)s is no client: nobody has to be put forward there.")
        raise WrongState(said % {"client": application.requisition.organisation})
    return application, row


def _held(
    application_id: int, *, by: User, now: datetime, checks_owner: bool = True
) -> tuple[Application, Submission]:
    """The application, locked, in play, and not put forward; of nobody whom somebody else put forward there."""
    application, row = _fetched(application_id, by=by)
    check_active(application.state)
    if row.state == SubmissionState.FORWARD:
        said = gettext("%(name)s is put forward to %(client)s already.")
        raise Conflict(said % {"name": application.candidate.name, "client": row.organisation})
    if checks_owner:
        _check_owner(application, by=by, now=now)
    return application, row


def _far_day(moment: datetime, application: Application) -> str:
    """`26 Nov 2027`, in the language of whoever reads it."""
    return date_format(moment.astimezone(application.calendar.zone), "SHORT_DATE")


def _check_owner(application: Application, *, by: User, now: datetime) -> None:
    """Who put them forward first is named, and until when; not for which role, which may be kept from the asker."""
    client = application.requisition.organisation
    found = queries.owned(application.candidate_id, client.pk, now=now)
    if found is None or by.oversees or found.owner_id in {by.pk, application.requisition.recruiter_id}:
        return
    said = gettext(
        "%(owner)s has put %(name)s forward to %(client)s already; they count as theirs until %(until)s. Speak with "
        "%(owner)s, or ask a lead."
    )
    raise Conflict(
        said
        % {
            "owner": found.owner,
            "name": application.candidate.name,
            "client": client,
            "until": _far_day(found.ends_at, application),
        }
    )
