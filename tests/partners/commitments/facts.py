"""Made-up histories for measuring, without a database."""

from datetime import UTC, datetime, time

from ats.organisation.models import WorkingCalendar
from partners.commitments.domain.measuring import Measured, Version, measure
from partners.commitments.domain.obligations import Fact
from partners.partnerships.domain.terms import DEFAULTS

TIMES = {code: default.time for code, default in DEFAULTS.items()}
MANAGER, RECRUITER = 1, 2


def calendar():
    """Monday to Friday, nine to five, no holidays."""
    made = WorkingCalendar(
        name="Test", time_zone="UTC", working_days=[0, 1, 2, 3, 4], day_starts=time(9), day_ends=time(17)
    )
    made.__dict__["own_days"] = ()
    return made


def at(day, hour=10, minute=0):
    """November 2026: the 2nd is a Monday."""
    return datetime(2026, 11, 1, hour, minute, tzinfo=UTC).replace(day=day)


def version(since=None, number=1, grace=0, **times):
    times = TIMES | times
    terms = {code: number * 100 + place for place, code in enumerate(times)}
    return Version(since=since, times=times, terms=terms, grace=grace)


class History:
    """Facts in the order in which they are told, each with the next number."""

    def __init__(self):
        self.facts = []

    def add(self, verb, moment, *, subject=0, application=None, actor=RECRUITER, **data):
        fact = Fact(
            id=len(self.facts) + 1,
            verb=verb,
            at=moment,
            subject_id=subject,
            application_id=application,
            actor_id=actor,
            data=data,
        )
        self.facts.append(fact)
        return self

    def opened(self, moment, intake=True):
        self.add("requisition.opened", moment)
        return self.add("intake.given", moment) if intake else self

    def asked(self, moment, application, slate=1, side="manager", reviewer=MANAGER):
        subject = slate * 100 + application
        return self.add(
            "review.asked", moment, subject=subject, application=application, slate=slate, side=side
        )

    def answered(self, moment, application, verdict="yes", slate=1, actor=MANAGER):
        return self.add(
            "review.answered",
            moment,
            subject=slate * 100 + application,
            application=application,
            actor=actor,
            verdict=verdict,
            slate=slate,
        )

    def cancelled(self, moment, application, slate=1):
        return self.add(
            "review.cancelled",
            moment,
            subject=slate * 100 + application,
            application=application,
            slate=slate,
        )

    def wanted(self, moment, card=1, interview=1, side="team"):
        return self.add(
            "scorecard.opened", moment, subject=card, application=1, interview_id=interview, side=side
        )

    def interviewed(self, end, interview=1):
        """It was noted a minute after its end."""
        facts = {"interview_id": interview, "ends_at": end.isoformat()}
        return self.add("interview.held", end.replace(minute=1), subject=interview, application=1, **facts)

    def card(self, what, moment, card=1, interview=1):
        return self.add(f"scorecard.{what}", moment, subject=card, application=1, interview_id=interview)

    def measure(self, now, versions=None) -> list[Measured]:
        return measure(self.facts, versions=versions or [version()], calendar=calendar(), now=now)

    def one(self, kind, now, versions=None) -> Measured:
        (row,) = [row for row in self.measure(now, versions) if row.kind == kind]
        return row

    def states(self, kind, now, versions=None) -> list[str]:
        return [row.state for row in self.measure(now, versions) if row.kind == kind]
