"""What messages and calendar files say about an interview, each reader's own part of it and no more."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, gettext_lazy, ngettext

from ats.accounts.models import User
from ats.kernel import when
from ats.kernel.kept import kept
from ats.kernel.languages import later
from ats.kernel.when import counted
from ats.mail.render import one_line
from candidates.applications.models import Application
from candidates.compose import quiet_hours
from candidates.interviews.models import Interview, InterviewSeat, SeatKind
from requisitions.models import InterviewFormat

Part = tuple[Interview, Sequence[InterviewSeat]]
"""An interview, and who takes part."""

SITS_IN = gettext_lazy("sits in to learn, and does not judge")
"""What everybody reads of somebody who only sits in, the candidate too."""


def seats_of(interview: Interview) -> list[InterviewSeat]:
    """Those who take part, with their people; who only sits in comes last."""
    rows = interview.seats.filter(released=False).select_related("user").order_by("kind", "pk")
    return list(rows)


def in_minutes(number: int) -> str:
    return ngettext("%(minutes)s minute", "%(minutes)s minutes", number) % {"minutes": number}


def minutes(interview: Interview) -> str:
    return in_minutes(int((interview.ends_at - interview.starts_at).total_seconds() // 60))


def who(seats: Iterable[InterviewSeat]) -> str:
    """`Ada Example (Head of Data) and Kim Sample`; of who only sits in, that they do."""
    return _joined([_named(seat) for seat in seats])


def _named(seat: InterviewSeat) -> str:
    line = SITS_IN if seat.kind == SeatKind.SHADOW else one_line(seat.user.title)
    return f"{one_line(str(seat.user))} ({line})" if line else str(seat.user)


def _joined(words: Sequence[str]) -> str:
    return f" {gettext('and')} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def where(interview: Interview, *, candidate: bool) -> str:
    """Where it takes place, as one sentence's part; the candidate is the one who is called."""
    if interview.format == InterviewFormat.VIDEO:
        said = gettext("by video")
        return f"{said}, {interview.video_link}" if interview.video_link else said
    if interview.format == InterviewFormat.PHONE:
        return (
            gettext("by phone, we call you")
            if candidate
            else "by phone, you call; the number is in the application"
        )
    return one_line(interview.place) or gettext("at our office")


def location(interview: Interview) -> str:
    """The place as a calendar shows it."""
    by_wire = {
        InterviewFormat.VIDEO: interview.video_link or gettext("Video call"),
        InterviewFormat.PHONE: gettext("Phone call"),
    }
    return by_wire.get(InterviewFormat(interview.format), interview.place)


def for_candidate(
    interview: Interview, application: Application, seats: Iterable[InterviewSeat]
) -> dict[str, str]:
    """The placeholders of a message to the candidate."""
    span = when.told_span(interview.starts_at, interview.ends_at, candidate_zone(application))
    lines = {
        gettext("When"): span,
        gettext("How long"): minutes(interview),
        gettext("Where"): where(interview, candidate=True),
        gettext("Whom you meet"): who(seats),
        gettext("What it is about"): interview.purpose,
    }
    return {
        "interview.name": interview.name,
        "interview.when": span,
        "interview.facts": _list(lines),
        "interview.preparation": interview.preparation,
    }


def told(say: Callable[..., dict[str, str]], *of: Any) -> dict[str, Any]:
    """The facts of a letter, each said in its language."""
    names = ("interview.name", "interview.when", "interview.facts", "interview.preparation")
    return {name: later(lambda name: say(*of)[name], name) for name in names}


def row_for_candidate(parts: Sequence[Part], application: Application) -> dict[str, str]:
    """The same for several interviews, as of one: each with its own facts, and how to prepare for it."""
    if len(parts) == 1:
        return for_candidate(parts[0][0], application, parts[0][1])
    blocks: list[str] = []
    for number, (interview, seats) in enumerate(parts, start=1):
        facts = for_candidate(interview, application, seats)
        blocks += [f"{number}. {one_line(interview.name)}", facts["interview.facts"]]
        if interview.preparation not in blocks:  # what holds for all of them is said once
            blocks.append(interview.preparation)
    return {
        "interview.name": _joined([interview.name for interview, _ in parts]),
        "interview.when": _span_of([interview for interview, _ in parts], candidate_zone(application)),
        "interview.facts": "\n\n".join(filter(None, blocks)),
        "interview.preparation": "",
    }


def _span_of(interviews: Sequence[Interview], zone: ZoneInfo) -> str:
    """From the first to the last where they are on one day; else when each is."""
    starts, ends = min(each.starts_at for each in interviews), max(each.ends_at for each in interviews)
    if starts.astimezone(zone).date() == ends.astimezone(zone).date():
        return when.told_span(starts, ends, zone)
    return _joined([when.told_span(each.starts_at, each.ends_at, zone) for each in interviews])


def for_interviewer(
    interview: Interview,
    application: Application,
    seats: Iterable[InterviewSeat],
    *,
    reader: User,
    sits_in: bool = False,
) -> dict[str, str]:
    """The placeholders of a message to somebody who takes part, or only `sits_in`."""
    span = when.span(interview.starts_at, interview.ends_at, reader.zone)
    hours = counted(interview.scorecard_hours, "working hour", "working hours")
    lines = {
        kept("When"): span,
        kept("How long"): minutes(interview),
        kept("Where"): where(interview, candidate=False),
        kept("Together with"): who(seat for seat in seats if seat.user_id != reader.pk),
        kept("What to find out"): interview.purpose,
        kept("Your part"): kept("you sit in, ask nothing and decide nothing") if sits_in else "",
        kept("Scorecard"): "" if sits_in else kept(f"within {hours} of its end"),
    }
    return {
        "user.first_name": reader.get_short_name(),
        "candidate.name": application.candidate.name,
        "job.title": application.requisition.title,
        "interview.name": interview.name,
        "interview.when": span,
        "interview.facts": _list(lines),
    }


def _list(lines: dict[str, str]) -> str:
    return "\n".join(f"- {label}: {one_line(text)}" for label, text in lines.items() if text.strip())


def candidate_zone(application: Application) -> ZoneInfo:
    """In which zone the candidate reads times."""
    return quiet_hours.zone_for(application)
