"""Where applications stand, and what has happened to them that a step may follow: in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, time

from django.db.models import Max, Q

from ats.mail import roles
from ats.mail.models import MailState, OutgoingMail
from ats.organisation.models import WorkingCalendar
from candidates.applications.models import DECISION_MAILS, Application
from candidates.compose import quiet_hours
from candidates.interviews.models import Interview, InterviewState
from candidates.journeys.domain.planning import Occasion, Standing
from candidates.journeys.models import JourneyStep, Trigger
from candidates.messages.models import Channel, Direction, Message
from candidates.offers.models import Offer

FACTS = (
    *("id", "state", "stage_id", "stage__kind", "source_id", "applied_at", "stage_entered_at", "decided_at"),
    *("told_at", "starts_on", "version", "decided_by_id", "candidate__language", "candidate__time_zone"),
    *("requisition__location_id", "requisition__location__time_zone"),
)
MORNING = time(9)
NO_NEWS_ROLES = frozenset(
    {"promise.reminder", "promise.holding_note", "promise.ended", "application.already"}
)
"""Messages that bring their reader no news; what steps send is none either."""
ON_ITS_WAY = (MailState.QUEUED, MailState.SENDING, MailState.SENT)
Found = dict[int, list[Occasion]]
INTERVIEWS = frozenset({Trigger.BOOKED, Trigger.BEFORE_INTERVIEW, Trigger.INTERVIEWED})


def standings(
    application_ids: Collection[int], *, steps: Iterable[JourneyStep], calendar: WorkingCalendar
) -> dict[int, Standing]:
    """By application; only what these steps ask for is read."""
    wanted = {step.trigger for step in steps}
    ids = list(application_ids)
    occasions: Found = defaultdict(list)
    rows = list(Application.objects.filter(pk__in=ids).order_by("pk").values(*FACTS))
    for row in rows:
        occasions[row["id"]] += _of_application(row, calendar)
    if wanted & INTERVIEWS:
        _add_interviews(occasions, ids)
    if Trigger.OFFERED in wanted:
        _add_offers(occasions, ids)
    if Trigger.NO_NEWS in wanted:
        _add_silence(occasions, rows)
    return {row["id"]: _standing(row, occasions[row["id"]], calendar) for row in rows}


def _standing(row: dict, occasions: list[Occasion], calendar: WorkingCalendar) -> Standing:
    zone = quiet_hours.zone_named(
        row["candidate__time_zone"], row["requisition__location__time_zone"] or "", calendar.time_zone
    )
    return Standing(
        application_id=row["id"],
        state=row["state"],
        stage_kind=row["stage__kind"],
        source_id=row["source_id"],
        location_id=row["requisition__location_id"],
        language=row["candidate__language"],
        zone=zone.key,
        occasions=tuple(occasions),
    )


def _of_application(row: dict, calendar: WorkingCalendar) -> list[Occasion]:
    found = [
        Occasion(trigger=Trigger.APPLIED, at=row["applied_at"], which="applied"),
        Occasion(
            trigger=Trigger.STAGE,
            at=row["stage_entered_at"],
            which=f"stage-{row['stage_id']}-{stamp(row['stage_entered_at'])}",
            kind=row["stage__kind"],
        ),
    ]
    ended = f"{row['state']}-{stamp(row['decided_at'])}" if row["decided_at"] else ""
    if row["state"] == "withdrawn":
        by_them = row["decided_by_id"] is None
        found.append(Occasion(trigger=Trigger.WITHDREW, at=row["decided_at"], which=ended, by_them=by_them))
    elif row["told_at"] is not None:
        trigger = Trigger.HIRED if row["state"] == "hired" else Trigger.REJECTED
        kind = row["stage__kind"] if trigger == Trigger.REJECTED else ""
        found.append(Occasion(trigger=trigger, at=row["told_at"], which=ended, kind=kind))
    if row["state"] == "hired" and row["starts_on"]:
        morning = datetime.combine(row["starts_on"], MORNING, tzinfo=calendar.zone)
        which = f"first-{row['starts_on']}"
        found += [
            Occasion(trigger=each, at=morning, which=which)
            for each in (Trigger.BEFORE_FIRST_DAY, Trigger.FIRST_DAY)
        ]
    return found


def stamp(moment: datetime) -> str:
    return str(int(moment.timestamp()))


def _add_interviews(occasions: Found, ids: list[int]) -> None:
    rows = Interview.objects.filter(
        application__in=ids, state__in=[InterviewState.BOOKED, InterviewState.HELD]
    ).values("id", "application_id", "state", "booked_at", "starts_at", "ends_at")
    for row in rows.order_by("id"):
        which, held = f"interview-{row['id']}", row["state"] == InterviewState.HELD
        found = occasions[row["application_id"]]
        if held:
            found.append(Occasion(trigger=Trigger.INTERVIEWED, at=row["ends_at"], which=which))
        else:
            found.append(Occasion(trigger=Trigger.BOOKED, at=row["booked_at"], which=which))
            # Moved, it is another occasion: what was sent about the first time says another one.
            ahead = f"{which}-{stamp(row['starts_at'])}"
            found.append(Occasion(trigger=Trigger.BEFORE_INTERVIEW, at=row["starts_at"], which=ahead))


def _add_offers(occasions: Found, ids: list[int]) -> None:
    rows = Offer.objects.filter(application__in=ids, state="sent", sent_at__isnull=False).order_by("id")
    for row in rows.values("id", "application_id", "sent_at"):
        found = occasions[row["application_id"]]
        sent_at = row["sent_at"]
        assert sent_at is not None
        found.append(Occasion(trigger=Trigger.OFFERED, at=sent_at, which=f"offer-{row['id']}"))


def _add_silence(occasions: Found, rows: list[dict]) -> None:
    """Since when each has had no news: a message with some, a call that was noted, another stage."""
    ids = [row["id"] for row in rows if row["state"] == "active"]
    bring = [name for name in roles.to_candidates() if name not in NO_NEWS_ROLES | set(DECISION_MAILS)]
    sent = OutgoingMail.objects.filter(
        application_id__in=ids, state__in=ON_ITS_WAY, role__in=[name for name in bring if not is_step(name)]
    )
    # By the time from which it may leave: it is known at once, and stays as it is.
    last = dict(sent.values_list("application_id").annotate(at=Max("not_before")).order_by())
    told = Message.objects.filter(~Q(channel=Channel.MAIL), application__in=ids, direction=Direction.OUT)
    said = dict(told.values_list("application_id").annotate(at=Max("said_at")).order_by())
    for row in rows:
        if row["state"] == "active":
            moments = (row["applied_at"], row["stage_entered_at"], last.get(row["id"]), said.get(row["id"]))
            since = max(filter(None, moments))
            occasions[row["id"]].append(
                Occasion(trigger=Trigger.NO_NEWS, at=since, which=f"silence-{stamp(since)}")
            )


def is_step(role: str) -> bool:
    """Whether a message of this role is one of a step of an organisation's own."""
    return role.startswith("journey.")
