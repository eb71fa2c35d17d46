"""How an application ends, and how its candidate is told."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.languages import later, shipped
from ats.kernel.staff_words import gettext
from ats.mail.models import MailState, OutgoingMail
from candidates.applications import workflow
from candidates.applications.actions import check, check_claims, fetch, overtake
from candidates.applications.models import (
    DECISION_MAILS,
    Application,
    ApplicationState,
    DispositionKind,
    DispositionReason,
)
from candidates.applications.queries import offered, unapproved
from candidates.compose import letters, quiet_hours, words
from candidates.follow_ups import actions
from candidates.follow_ups.domain import journeys
from candidates.people.models import Candidate
from requisitions.models import Opening, StageKind
from requisitions.posts.actions import close_posts
from requisitions.roles.models import OpeningState

FARTHEST_START = timedelta(days=5 * 366)
WRITTEN = tuple[str, str] | tuple[str, str, bool]
"""Subject and text of a message as a person left it; placeholders of its role may stand in both. The third: that
a place which looks as if something were still to be filled in is meant as it stands."""


@transaction.atomic
def reject(
    *,
    application_id: int,
    reason: str,
    by: User,
    now: datetime,
    message: WRITTEN | None,
    note: str = "",
    send_at: datetime | None = None,
    version: int | None = None,
    ends_offer: bool = False,
    claims_meant: bool = False,
    ends_as: str = "",
) -> Application:
    """Decide not to go on, for a reason by its code, with the message that tells the candidate.

    A live offer is withdrawn by that. Where they have it in hand, `ends_offer` says that this is meant, and
    they are not left without a message. What it says of the role has to be so (see `claims`), also as the
    role is about to end (`ends_as`).

    The message waits for the cool-off, and for a working hour where the candidate is. What was promised is
    kept when it has been handed over, and owed until then; without a message the application stands among the
    `untold()` until `tell`.
    """
    application = fetch.locked(application_id, user=by, permission=fetch.DECIDE, version=version)
    workflow.check(application.state, ApplicationState.REJECTED)
    quiet_hours.check_later(send_at, now=now)
    _check_offer(application, is_meant=ends_offer, is_told=message is not None, now=now)
    why = reason_of(reason)
    check_claims.check(application, reason=why, message=message, meant=claims_meant, ends_as=ends_as)
    check.letter(application, message, note=note)
    fetch.save(
        application,
        now=now,
        fields=(),
        state=ApplicationState.REJECTED,
        decided_at=now,
        decided_by=by,
        reason=why,
        reason_note=words.typed(note),
    )
    overtake.take_back(application, by=by, now=now)
    noted("application.rejected", application, by=by, now=now, silent=message is None)
    if message is not None:
        _tell(application, "application.rejected", message, by=by, now=now, send_at=send_at)
    return application


def _check_offer(application: Application, *, is_meant: bool, is_told: bool, now: datetime) -> None:
    offer = offered.offer_to(application, now=now)
    if offer is None or not offer.in_hand:
        return
    if not is_meant:
        raise Invalid(
            gettext(
                "%(offer)s has our offer, and this would withdraw it. Confirm that it is meant, for them alone."
            )
            % {"offer": offer.name},
            field="ends_offer",
        )
    if not is_told:
        raise Invalid(
            gettext("They have our offer: do not leave them without word that it ends."), field="silent"
        )


@transaction.atomic
def tell(
    *, application_id: int, message: WRITTEN, by: User, now: datetime, claims_meant: bool = False
) -> Application:
    """Tell a candidate who was rejected silently, or whose message did not arrive."""
    application = fetch.locked(application_id, user=by, permission=fetch.DECIDE)
    if application.state != ApplicationState.REJECTED:
        raise WrongState(gettext("There is no outcome to tell."))
    if application.told_at is not None:
        raise WrongState(gettext("The candidate has been told already."))
    states = set(decision_mails(application).values_list("state", flat=True))
    if states & {MailState.QUEUED, MailState.SENDING}:
        raise WrongState(gettext("A message is on its way already."))
    if MailState.UNKNOWN in states:
        raise WrongState(gettext("Nobody knows whether the message arrived: find that out first."))
    check_claims.check(application, reason=application.reason, message=message, meant=claims_meant)
    check.letter(application, message)
    fetch.save(application, now=now, fields=())  # before: the message is known by the version it is of
    _tell(application, "application.rejected", message, by=by, now=now)
    return application


@transaction.atomic
def withdraw(
    *,
    application: Application,
    by: Candidate | User,
    reason_text: str,
    now: datetime,
    reason: str = "withdrew",
) -> Application:
    """The candidate no longer wants it; they are thanked. By a user: on the candidate's behalf."""
    application = fetch.relocked(application)
    workflow.check(application.state, ApplicationState.WITHDRAWN)
    check.note(application, reason_text, by=by)
    why, said = reason_of(reason, kind=DispositionKind.WITHDREW), words.typed(reason_text)[:5000]
    fetch.save(
        application,
        now=now,
        fields=(),
        state=ApplicationState.WITHDRAWN,
        decided_at=now,
        decided_by=by if isinstance(by, User) else None,
        reason=why,
        reason_note=said,
    )
    overtake.take_back(application, by=by, now=now)
    noted("application.withdrawn", application, by=by, now=now, words=said)
    actions.schedule(journeys.THANKS, application=application, now=now, key=key_of("thanks", application))
    return application


@transaction.atomic
def hire(
    *,
    application_id: int,
    by: User,
    now: datetime,
    starts_on: date | None = None,
    version: int | None = None,
    message: WRITTEN | None = None,
    without_offer: str = "",
) -> Application:
    """Hire into an open seat; `WrongState` if none is left. The welcome goes out after the cool-off.

    Where offers are approved first and this person has none that was, a lead says why, in `without_offer`.
    """
    fetch.keep_open_for(application_id, user=by)
    application = fetch.locked(application_id, user=by, permission=fetch.FILL, version=version)
    workflow.check(application.state, ApplicationState.HIRED)
    if starts_on is not None and abs(starts_on - now.date()) > FARTHEST_START:
        raise Invalid(gettext("Nobody plans a first day as far away as that."), field="starts_on")
    check.letter(application, message, where="yes")
    why = unapproved.reason_for(application, by=by, given=without_offer)
    opening = _free_seat(application)
    if why:
        noted("application.hired_without_offer", application, by=by, now=now, why=why)
    _fill(application, opening, by=by, now=now, starts_on=starts_on)
    _tell(application, "application.hired", message, by=by, now=now)
    return application


@transaction.atomic
def join(
    *, application: Application, opening: Opening, by: User, now: datetime, starts_on: date | None
) -> Application:
    """They accepted an offer of this very seat: hired, and told by their own yes.

    The caller holds the requisition, the application and the opening locked, and writes the welcome.
    """
    workflow.check(application.state, ApplicationState.HIRED)
    if opening.state != OpeningState.OPEN:
        raise WrongState(gettext("This opening is filled already."))
    _fill(application, opening, by=by, now=now, starts_on=starts_on, told_at=now)
    return application


def _free_seat(application: Application) -> Opening:
    """The first seat that is open and has not been offered to somebody."""
    # The offers lie a slice higher: they are known here by the relation's name.
    free = Opening.objects.filter(requisition=application.requisition, state=OpeningState.OPEN)
    for seat in free.exclude(offers__state="sent").order_by("number").values_list("pk", flat=True):
        opening = Opening.objects.select_for_update(no_key=True).get(pk=seat)
        if opening.state == OpeningState.OPEN and not _is_offered(opening):
            return opening
    raise WrongState(
        gettext(
            "The seat that is left has been offered to somebody: wait for their answer, or withdraw the offer."
        )
        if free.exists()
        else gettext("Every opening of this role is filled.")
    )


def _is_offered(opening: Opening) -> bool:
    return Opening.objects.filter(pk=opening.pk, offers__state="sent").exists()


def _fill(
    application: Application,
    opening: Opening,
    *,
    by: User,
    now: datetime,
    starts_on: date | None,
    told_at: datetime | None = None,
) -> None:
    """Give them the seat, which the caller has locked and found open."""
    requisition, left = application.requisition, application.stage
    close_posts.hold(
        requisition.pk
    )  # two who take the last two at once must not each see the other's seat free
    opening.state, opening.filled_at = OpeningState.FILLED, now
    opening.save(update_fields=["state", "filled_at"])
    if not requisition.openings.filter(state=OpeningState.OPEN).exists():
        close_posts.close_all(requisition.pk, by=by, now=now)
    fetch.save(
        application,
        now=now,
        fields=(),
        state=ApplicationState.HIRED,
        stage=requisition.stages.get(kind=StageKind.HIRED),
        stage_entered_at=now,
        decided_at=now,
        decided_by=by,
        told_at=told_at,
        opening=opening,
        starts_on=starts_on,
    )
    overtake.take_back(application, by=by, now=now)
    data = {
        "from_stage": left.name,
        "from_kind": left.kind,
        "from_stage_id": left.pk,
        "opening": opening.number,
    }
    noted("application.hired", application, by=by, now=now, **data)


def reason_of(code: str, *, kind: str | None = None) -> DispositionReason:
    reason = DispositionReason.objects.filter(code=code, is_active=True).first()
    wrong = reason is None or (reason.kind == DispositionKind.WITHDREW) != (kind == DispositionKind.WITHDREW)
    if reason is None or wrong:
        raise Invalid(gettext("Choose a reason."), field="reason")
    return reason


def _tell(
    application: Application,
    role: str,
    message: WRITTEN | None,
    *,
    by: User,
    now: datetime,
    send_at: datetime | None = None,
) -> OutgoingMail:
    """Put the decision into the outbox, and show in the journey that it is coming."""
    reason = {"reason": later(shipped, application.reason.candidate_text)} if application.reason else {}
    mail = letters.queue(
        role,
        application=application,
        key=key_of("decision", application),
        now=now,
        words=letters.own_words(*message, application=application) if message is not None else None,
        extra=reason,
        sender=by,
        not_before=leaves_at(application, now, send_at=send_at),
        adds=letters.said_of_us(application, journeys.DECISION),
    )
    actions.schedule(
        journeys.DECISION,
        application=application,
        now=now,
        due_at=mail.not_before,
        key=key_of("decision", application),
        mail=mail,
    )
    return mail


def leaves_at(application: Application, now: datetime, *, send_at: datetime | None = None) -> datetime:
    """When a decision made now would leave: after the cool-off, in working hours where the candidate is."""
    cooled = now + timedelta(minutes=settings.MAIL_DECISION_COOL_OFF_MINUTES)
    return civil(application, max(send_at or now, cooled))


def civil(application: Application, moment: datetime) -> datetime:
    return quiet_hours.at_work(moment, quiet_hours.zone_for(application), application.calendar)


def decision_mails(application: Application) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(application_id=application.pk, role__in=DECISION_MAILS)


def key_of(what: str, application: Application) -> str:
    return f"{what}:{application.pk}:{application.version}"


def noted(verb: str, application: Application, *, by: User | Candidate, now: datetime, **more: Any) -> None:
    data = {"from_stage": application.stage.name, "from_kind": application.stage.kind} | more
    if application.reason is not None:
        data |= {"reason": application.reason.label, "reason_code": application.reason.code}
    record(verb, subject=application, by=by, now=now, data=data)
