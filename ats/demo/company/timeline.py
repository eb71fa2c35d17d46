"""The clock of the demo company: what is still to come, in the order of time, with the tick in between."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random

from ats.demo.company.house import House
from ats.demo.company.roles import Plan
from ats.duework import engine
from ats.kernel import request_context
from ats.mail import kept
from candidates.models import Application
from requisitions.models import JobPost, Requisition

OUTSIDE = frozenset({"outside-tasks", "later-tasks", "inbound", "calendars"})


@dataclass
class Role:
    """One of the demo's roles as it was opened."""

    plan: Plan
    requisition: Requisition
    post: JobPost

    def stage(self, kind: str, nth: int = 0) -> int:
        return self.requisition.stages.filter(kind=kind).order_by("position")[nth].pk

    def has_seat(self) -> bool:
        """Whether a seat is neither taken nor offered."""
        return self.requisition.openings.filter(state="open").exclude(offers__state="sent").exists()


@dataclass
class Timeline:
    """Events up to `now`, each done at its own moment, and the chance by which they differ."""

    house: House
    now: datetime
    say: Callable[[str], None]
    chance: Random = field(default_factory=lambda: Random(2026))
    asked: Counter[int] = field(default_factory=Counter)
    """How much each candidate wrote on their page so far."""
    _events: list[tuple[datetime, int, Callable[[datetime], object]]] = field(default_factory=list)
    _number: count = field(default_factory=count)

    def at(self, moment: datetime, do: Callable[[datetime], object]) -> None:
        """Do it at that moment; what lies in the future is left to the people who use the demo."""
        if moment < self.now:
            heappush(self._events, (moment, next(self._number), do))

    def run(self) -> None:
        """Everything that happens until now, also what follows from it."""
        clock = self._events[0][0]
        while self._events:
            moment, _, do = heappop(self._events)
            clock = self._let_pass(clock, moment)
            with request_context.running(id=None, via="web"):
                do(moment)
        self._let_pass(clock, self.now)
        self._tick(self.now)

    def pass_by(self, moment: datetime) -> None:
        """One tick, of a day before the story."""
        self._tick(moment)

    def _let_pass(self, clock: datetime, until: datetime) -> datetime:
        """Tick every three hours of the day; where the clock stands then."""
        while clock < until:
            if 6 <= clock.hour < 20:
                self._tick(clock)
            clock += timedelta(hours=3)
        return clock

    def _tick(self, moment: datetime) -> None:
        """All lanes but those that leave the house: files are read by the worker when it is up, and no mailbox
        of the real world belongs to the story. What it writes stays here (`ats.mail.kept`)."""
        lanes = [lane for lane in engine.lanes().values() if lane.name not in OUTSIDE]
        with request_context.running(id=None, via="system"), kept.story():
            asking = engine.asking_of(lanes, moment, patient=True)
            for lane in lanes:
                if asking.is_ready(lane.name):
                    while lane.run(moment):
                        pass
                    asking.has_run()

    def morning(self, days_ago: int) -> datetime:
        """Ten o'clock of that day, or of the working day before it."""
        day = (self.now - timedelta(days=days_ago)).astimezone(self.house.calendar.zone)
        day -= timedelta(days=max(0, day.weekday() - 4))
        return day.replace(hour=10, minute=0, second=0, microsecond=0)

    def soon(self, moment: datetime, low: float, high: float) -> datetime:
        """A moment in working hours, between so many days later."""
        later = (moment + timedelta(days=self.chance.uniform(low, high))).astimezone(self.house.calendar.zone)
        later += timedelta(days=max(0, 7 - later.weekday()) if later.weekday() > 4 else 0)
        return later.replace(hour=self.chance.randint(9, 16), minute=self.chance.randint(0, 59))


def active(application: Application) -> bool:
    """Whether the application still runs, as the database has it now."""
    application.refresh_from_db()
    return application.state == "active"
