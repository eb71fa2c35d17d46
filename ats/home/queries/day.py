"""My day, put together: what was read, in lines by harm, each person once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from ats.accounts.models import User
from ats.approvals.models import Approval
from ats.home import queries as reads
from ats.home.domain import lines
from ats.home.domain.rows import Owed, Row, Section, Whom, at, debt, once_each
from ats.home.queries.non_empty import parts_there
from ats.home.queries.owed import Evidence
from ats.home.queries.whom import whom
from ats.kernel.staff_words import gettext
from ats.mail.models import OutgoingMail
from ats.web.addresses import pages
from candidates.data_requests.queries.listing import Line
from candidates.data_requests.queries.owed import owed as about_data
from candidates.inbox.queries import inbox
from candidates.interviews.queries import day as interviews
from candidates.models import (
    AnotherWay,
    AvailabilityRequest,
    BookingRequest,
    FeedbackRequest,
    Interview,
    InterviewSeat,
    Message,
    Offer,
    ProposedTime,
    StepTask,
    TalentMember,
)
from candidates.pools.queries.listing import touches
from candidates.scorecards import queries as scorecards
from partners.declined.queries import Asked, asked_of
from partners.models import CheckIn, Contradiction, Retrospective, Signature
from partners.retrospectives.queries import owed as looks_back
from requisitions.models import Requisition

R = TypeVar("R", Evidence, Interview, Offer)


@dataclass(frozen=True)
class Day:
    """A day, by harm: sections with what waits longest on top, and what stands beside them."""

    sections: list[Section]
    count_late: int
    """Who waits too long, by the one definition."""
    waiting_since: datetime | None
    """Since when the first of those waits."""
    count_today: int
    count_later: int
    more: int
    """Debts beyond those that are shown."""
    next_due: datetime | None
    reviews: list[Any]
    new: list[Any]
    check_ins: list[tuple[CheckIn, str]]
    """Each with its role, as a line names it."""
    late_evidence: list[tuple[Evidence, Whom]]
    meetings: list[tuple[Interview, Whom]]
    accepted: list[tuple[Offer, Whom]]
    """Offers that were accepted in the last days."""
    inbox: int
    """Messages that came in by mail, and that nobody has placed."""
    late_about_data: int
    """Answers about people's data that law wanted by now."""
    organisations: dict[int, str]
    """For which organisations one works, by name; empty for whoever works for one alone."""
    organisation: int | None
    """Of which alone this day is, where one was chosen."""

    @property
    def first(self) -> Row | None:
        """What the day begins with: the first line of the page."""
        return next((row for section in self.sections for row in section.rows), None)

    @property
    def is_quiet(self) -> bool:
        """Nothing is owed to anybody; what is due another day is no debt of today."""
        return not any(section.key != "later" for section in self.sections)

    @property
    def count_new(self) -> int:
        return sum(row["n"] for row in self.new)


def day_of(
    user: User,
    *,
    whole_team: bool,
    now: datetime,
    shown: int = reads.SHOWN,
    organisation: int | None = None,
) -> Day:
    """The day of `user`, or of everybody whose work they may see; twenty-three queries, and fewer on quiet days.

    Whoever works for several organisations reads with each line for which it is, and can look at one alone.
    """
    its_roles = reads.roles(user, whole_team=whole_team, now=now, organisation=organisation)
    roles, tonight = its_roles.numbers, reads.tonight(now)
    there = parts_there(
        user, roles, now=now, tonight=tonight, organisations=its_roles.several, whole_team=whole_team
    )
    found = Found.of(user, its_roles, there, whole_team=whole_team, now=now, tonight=tonight, shown=shown)
    sections = once_each(found.sections(now=now, tonight=tonight))
    return Day(
        sections=sections,
        count_late=found.counts["late"],
        waiting_since=found.late[0].waiting_since if found.late else None,
        count_today=found.counts["today"],
        count_later=found.counts["later"],
        more=sum(found.counts.values()) - len(found.late) - len(found.ahead),
        next_due=next((promise.due_at for promise in found.ahead if promise.due_at >= tonight), None),
        reviews=found.named(reads.reviews(roles, kept=there["kept"]), "role") if there["reviews"] else [],
        new=found.named(reads.new(roles, since=now - timedelta(days=1), kept=there["kept"]), "title"),
        check_ins=[(each, found.at(each.partnership.requisition)) for each in reads.check_ins(roles, now)]
        if there["check_ins"]
        else [],
        late_evidence=found.told(found.late_evidence),
        meetings=found.told(found.meetings),
        accepted=found.told(found.accepted),
        inbox=inbox(user).count() if there["inbox"] else 0,
        late_about_data=sum(line.is_late(now) for line in found.about_data),
        organisations=there["organisations"],
        organisation=its_roles.only,
    )


def _without(kept: list[int], rows: Any) -> Any:
    """Rows of a day, or what is known of applications by their numbers, without those kept from its reader."""
    if isinstance(rows, dict):
        return {number: known for number, known in rows.items() if number not in kept}
    return [row for row in rows if _about(row) not in kept]


def _of_one(only: int | None, rows: list[Any]) -> list[Any]:
    """Those of one organisation, where one was chosen; what is of none is of each."""
    return rows if only is None else [row for row in rows if _organisation(row) in {None, only}]


def _organisation(row: Any) -> int | None:
    if isinstance(row, Approval):
        about: dict[str, int] = row.request.about_ids
        return about.get("organisation_id")
    partnership = row.version.partnership if isinstance(row, Signature) else row.partnership
    number: int = partnership.requisition.organisation_id
    return number


def _about(row: Any) -> int | None:
    if isinstance(row, int):
        return row
    number: int | None = (
        row.interview if isinstance(row, InterviewSeat | ProposedTime) else row
    ).application_id
    return number


@dataclass(kw_only=True)
class Found:
    """What was read of a day, before it is put into lines."""

    late: list[Owed]
    ahead: list[Owed]
    counts: dict[str, int]
    wrote: list[Message]
    untold: list[int]
    troubled: list[OutgoingMail]
    tasks: list[StepTask]
    touches: list[TalentMember]
    unreached: list[AnotherWay]
    feedback: list[FeedbackRequest]
    approvals: list[Approval]
    to_sign: list[Signature]
    contradictions: list[Contradiction]
    support: list[Asked]
    looks_back: list[Retrospective]
    about_data: list[Line]
    evidence: list[Evidence]
    debriefs: dict[int, datetime]
    late_evidence: list[Evidence]
    times: list[BookingRequest]
    availability: list[AvailabilityRequest]
    meetings: list[Interview]
    to_send: list[Offer]
    accepted: list[Offer]
    filled: list[Any]
    wanting: list[InterviewSeat]
    proposed: list[ProposedTime]
    about: dict[int, Whom]
    user_id: int
    places: Mapping[int, int]
    """The organisation of each role."""
    organisations: dict[int, str]
    """By name, for whoever works for several."""

    @classmethod
    def of(
        cls,
        user: User,
        its_roles: reads.Roles,
        there: dict[str, Any],
        *,
        whole_team: bool,
        now: datetime,
        tonight: datetime,
        shown: int,
    ) -> "Found":
        shown = min(shown, reads.MOST_SHOWN)
        kept: list[int] = there["kept"]
        roles, only = its_roles.numbers, its_roles.only
        debts = reads.debts(
            user,
            roles,
            whole_team=whole_team,
            now=now,
            tonight=tonight,
            shown=shown,
            kept=kept,
            of_one=only is not None,
        )
        late, ahead = debts.late, debts.ahead
        found: dict[str, Any] = {
            "wrote": reads.unanswered(roles) if there["wrote"] else [],
            "untold": reads.untold(roles, kept=kept) if there["untold"] else [],
            "troubled": reads.troubled(roles, now) if there["troubled"] else [],
            "tasks": reads.tasks(user, roles, whole_team=whole_team) if there["tasks"] else [],
            "unreached": reads.unreached(roles) if there["unreached"] else [],
            "feedback": reads.feedback(user, roles, now) if there["feedback"] else [],
            "evidence": reads.evidence(user, now) if there["evidence"] else [],
            "debriefs": scorecards.debriefs_ready(roles, most=reads.FEW) if there["debriefs"] else {},
            "late_evidence": reads.late_evidence(roles, now) if there["late_evidence"] else [],
            "times": reads.times(roles, now) if there["times"] else [],
            "availability": reads.availability(user, roles, now) if there["availability"] else [],
            "meetings": reads.meetings(interviews.of_today(roles, now=now, until=tonight))
            if there["meetings"]
            else [],
            "to_send": reads.to_send(roles) if there["to_send"] else [],
            "accepted": reads.accepted(roles, now) if there["accepted"] else [],
            "wanting": reads.wanting(roles) if there["wanting"] else [],
            "proposed": reads.proposed(roles, now) if there["proposed"] else [],
        }
        found = {name: _without(kept, rows) for name, rows in found.items()} if kept else found
        lists = (
            *("wrote", "evidence", "late_evidence", "times", "availability"),
            *("meetings", "to_send", "accepted", "unreached", "tasks", "feedback"),
        )
        rows = [*late, *ahead, *(row for name in lists for row in found[name]), *found["troubled"]]
        about = whom(
            [
                *(row.application_id for row in rows),
                *(row.interview.application_id for name in ("wanting", "proposed") for row in found[name]),
                *found["untold"],
                *found["debriefs"],
            ],
            named=bool(there["organisations"]),
        )
        if only is not None:  # what is one's own may be of another organisation
            others = [number for number, known in about.items() if known.organisation_id != only]
            found = {name: _without(others, rows) for name, rows in found.items()}
        return cls(
            late=late,
            ahead=ahead,
            counts=debts.counts,
            about=about,
            approvals=_of_one(only, reads.approvals(user) if there["approvals"] else []),
            to_sign=_of_one(only, reads.to_sign(user) if there["to_sign"] else []),
            contradictions=_of_one(only, reads.contradictions(user) if there["contradictions"] else []),
            support=asked_of(user) if there["support"] else [],
            looks_back=_of_one(only, looks_back(user) if there["looks_back"] else []),
            places=its_roles.places,
            organisations=there["organisations"],
            about_data=about_data(user, roles, now=now) if there["about_data"] else [],
            touches=touches(user, whole_team=whole_team, until=tonight, most=reads.FEW, organisation=only)
            if there["touches"]
            else [],
            filled=reads.filled(roles, kept=kept) if there["filled"] else [],
            user_id=user.pk,
            **found,
        )

    def name_of(self, organisation: int | None) -> str:
        """Of an organisation; empty where everything is of one alone."""
        return self.organisations.get(organisation or 0, "")

    def at(self, role: Requisition) -> str:
        """A role, and for whom it is where that is a question."""
        return at(role.title, self.name_of(role.organisation_id))

    def named(self, rows: list[Any], key: str) -> list[Any]:
        """Rows about roles, by `requisition`, each with for whom it is under this key."""
        for row in rows:
            row[key] = at(row[key], self.name_of(self.places.get(row["requisition"])))
        return rows

    def told(self, rows: list[R]) -> list[tuple[R, Whom]]:
        """Each with whom it is about."""
        return [(row, self.about[row.application_id]) for row in rows]

    def sections(self, *, now: datetime, tonight: datetime) -> Iterator[Section]:
        """In the order of harm: who waits too long, who has not heard, what holds up an offer, answers, the rest."""
        answered = {message.application_id: message for message in self.wrote}
        page, arranged = pages("application"), pages("application_interviews")

        def debts(promises: Iterable[Owed]) -> list[Row]:
            return [
                debt(
                    promise,
                    self.about[promise.application_id],
                    answered.pop(promise.application_id, None),
                    href=page(promise.application_id),
                    interviews=arranged(promise.application_id),
                )
                for promise in promises
            ]

        yield Section("late", gettext("Waiting too long"), debts(self.late), self.counts["late"])
        unheard = [
            *lines.unreached(self.unreached, self.about),
            *lines.untold(self.untold, self.about),
            *lines.troubled(self.troubled, self.about),
        ]
        yield Section("untold", gettext("Our word has not reached them"), unheard)
        yield Section(
            "approvals",
            gettext("Your approval"),
            lines.approvals(self),
            more=("approval_list", gettext("All of them")),
        )
        yield Section(
            "to-sign",
            gettext("To sign and decide"),
            lines.to_sign(self),
            more=("to_sign", gettext("All of them")),
        )
        yield Section(
            "support",
            gettext("Your support"),
            lines.support(self),
            more=("declined_list", gettext("All of them")),
        )
        yield Section("about-data", gettext("Asked about their data"), lines.about_data(self))
        yield Section("looks-back", gettext("Looking back"), lines.looks_back(self))
        yield Section("to-send", gettext("Offers to send"), lines.to_send(self))
        today = debts(promise for promise in self.ahead if promise.due_at < tonight)
        yield Section("today", gettext("Today"), today, self.counts["today"])
        waiting = {promise.application_id: promise for promise in self.ahead}
        yield Section(
            "wrote",
            gettext("Messages without an answer"),
            lines.wrote(answered.values(), self.about, waiting, page),
        )
        later = debts(promise for promise in self.ahead if promise.due_at >= tonight)
        yield Section(
            "evidence",
            gettext("Evidence you owe"),
            lines.evidence(self),
            more=("scorecard_list", gettext("Scorecards")),
        )
        yield Section(
            "feedback", gettext("Feedback that was asked for"), lines.feedback(self.feedback, self.about)
        )
        yield Section("tasks", gettext("Tasks of journeys"), lines.tasks(self.tasks, self.about))
        yield Section("touches", gettext("To be in touch with"), lines.touches(self.touches))
        yield Section("debriefs", gettext("All evidence is in"), lines.debriefs(self))
        yield Section("availability", gettext("Times you are asked for"), lines.availability(self))
        times = [*lines.proposed(self), *lines.times(self), *lines.availability_of_others(self)]
        yield Section("times", gettext("Times to settle"), times)
        yield Section("wanting", gettext("Interviews that want somebody else"), lines.wanting(self))
        yield Section("filled", gettext("Filled, and people still wait"), lines.filled(self))
        yield Section("later", gettext("Next"), later, self.counts["later"])
