"""What people do in a simulated stretch of time: the demo company's story, with chance, neglect and faults."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop
from typing import Any

from django.db.models import Q

from ats.demo.company import closing, ontario, plans, roles
from ats.demo.company.house import House
from ats.demo.company.story import Story
from ats.demo.company.timeline import OUTSIDE, Role
from ats.demo.simulation import toronto, wishes
from ats.demo.simulation.answers import Answers
from ats.demo.simulation.figures import TOLD, Letter, letter_of
from ats.demo.simulation.weather import Weather
from ats.duework import engine
from ats.kernel import request_context
from ats.kernel.errors import ActionError, Missing
from ats.mail.actions import settle_unknown
from ats.mail.message import message_id
from ats.mail.models import MailState, OutgoingMail
from ats.mail.settling import UNDELIVERED
from candidates.applications import actions as applications
from candidates.messages import actions as conversation
from candidates.messages.models import Channel
from candidates.models import Application, Candidate
from candidates.promises.actions import change_promise
from partners.checkins import actions as check_ins
from partners.models import CheckIn, CheckInState, Partnership
from partners.partnerships import actions as partnerships
from requisitions.models import JobPost
from requisitions.roles.actions import hold, resume

HOUR = timedelta(hours=1)
A_ROLE = 40
"""Applications for one role, more or less."""
ZONES = ("", "Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles")
LEAVES = OUTSIDE - {"later-tasks"}
"""Lanes that ask strangers; what is made later, as copies of data, is made here."""
LAST_DAYS = 4
"""In which nobody applies or acts any more, so that what is on its way arrives."""
NO = ("Your application", "Dear {{ candidate.first_name }},\n\nwe will not go on.\n\nKind regards")


@dataclass(frozen=True)
class Deed:
    """What somebody does at some moment, and how it is counted."""

    name: str
    act: Callable[..., object]
    facts: dict[str, Any]

    def __call__(self, now: datetime) -> None:
        self.act(now=now, **self.facts)


class Life(Story):
    """A company from `start` for so many days; `took` counts what was done, and what was refused."""

    def __init__(
        self,
        house: House,
        *,
        start: datetime,
        days: int,
        applicants: int,
        seed: int,
        weather: Weather,
        answers: Answers,
        say: Callable[[str], None],
    ) -> None:
        super().__init__(house, start + timedelta(days=days), say)
        self.start, self.weather, self.applicants, self.answers = start, weather, applicants, answers
        self.acts_until = self.now - timedelta(days=min(LAST_DAYS, days / 4))
        self.chance.seed(seed)
        self.faker.seed_instance(seed)
        self.took = Counter[str]()
        self.meetings = toronto.Unhurried(self)
        self.addresses: dict[int, str] = {}
        self.letters: list[Letter] = []
        self.wishes = wishes.Wishes(self)
        self._last_letter = 0
        self._away_until = start

    # --- The course of time

    def tell(self) -> None:
        """All of it: roles open over the first half, people come and go, the last days are quiet."""
        closing.lay_chain(self.house, now=self.start)
        closing.approve_words(self.house, now=self.start)
        plans.make_pool(self.house, now=self.start)
        self.wishes.begin(self.start)
        span = (self.acts_until - self.start) / 2
        shares = _shares(self.applicants, max(1, round(self.applicants / A_ROLE)))
        known = [ontario.plan(self.house, ontario.settle(self.house)), *roles.plans(self.house)]
        for number, share in enumerate(shares):
            plan = replace(known[number % len(known)], applicants=share, opened_days_ago=1)
            self.at(self.start + span * number / len(shares), partial(self._open, plan))
        moment = self.start + HOUR
        while moment < self.acts_until:
            self.at(moment, self._by_chance)
            moment += HOUR
        self.at(self.acts_until, self._come_to_rest)
        self.run()

    def run(self) -> None:
        """Every event at its moment, and the tick of each hour, also at night."""
        clock = self.start
        while self._events:
            moment, _, do = heappop(self._events)
            clock = self._let_pass(clock, moment)
            self._attempt(do, moment)
        self._let_pass(clock, self.now)
        self._tick(self.now)
        self._tick(self.now)  # what the last lanes brought about is measured by the first

    def do(self, name: str, act: Callable[..., object], *, now: datetime, **facts: Any) -> None:
        """Somebody does this now; what is refused is counted as that."""
        self._attempt(Deed(name, act, facts), now)

    def later(self, name: str, moment: datetime, act: Callable[..., object], **facts: Any) -> None:
        self.at(moment, Deed(name, act, facts))

    def _attempt(self, do: Callable[[datetime], object], moment: datetime) -> None:
        name = do.name if isinstance(do, Deed) else getattr(do, "func", do).__name__.lstrip("_")
        try:
            with request_context.running(id=None, via="web"):
                do(moment)
        except (ActionError, Missing):
            name += " (refused)"
        self.took[name] += 1

    def _let_pass(self, clock: datetime, until: datetime) -> datetime:
        while clock < until:
            self.weather.hour()
            self.answers.hour(clock)
            self._tick(clock)
            clock += HOUR
        return clock

    @property
    def erased(self) -> set[str]:
        """The addresses of those whose data are gone."""
        gone = Candidate.objects.exclude(anonymised_at=None).values_list("pk", flat=True)
        return {self.addresses[pk] for pk in gone}

    def _remember_letters(self) -> None:
        """Before anybody is erased: figures ask afterwards who was told."""
        for mail in OutgoingMail.objects.filter(role__in=TOLD, pk__gt=self._last_letter).order_by("pk"):
            self.letters.append(letter_of(mail))
            self._last_letter = mail.pk

    def _tick(self, moment: datetime) -> None:
        """What is due of all lanes but those that ask strangers, unless the workers are away for some hours."""
        if self.weather.faults and moment >= self._away_until and self.chance.random() < 0.01:
            self._away_until = moment + HOUR * self.chance.randint(1, 6)
            self.took["workers away"] += 1
        if moment < self._away_until and self.weather.faults:
            return
        self._remember_letters()
        lanes = [lane for lane in engine.lanes().values() if lane.name not in LEAVES]
        with request_context.running(id=None, via="system"):
            asking = engine.asking_of(lanes, moment, patient=True)
            for lane in lanes:
                if asking.is_ready(lane.name):
                    engine.drain(lane, lambda: moment, ends=None)
                    asking.has_run()

    def _come_to_rest(self, now: datetime) -> None:
        self.weather.clear_up()
        self.answers.go_quiet()
        for hours in range(1, int((self.now - now) / HOUR)):
            self.at(now + HOUR * hours, self._call_who_has_no_address)
            self.at(now + HOUR * hours, partial(toronto.look, self))
        for application in Application.objects.untold().filter(state="rejected").order_by("pk"):
            self._attempt(partial(self._tell_them, application), now)

    # --- What happens by chance, every hour

    def _by_chance(self, now: datetime) -> None:
        self._look_into_unknown(now)
        self._call_who_has_no_address(now)
        toronto.look(self, now)
        self.wishes.hour(now)
        if self.chance.random() > 0.3:
            return
        found = Application.objects.active().order_by("?").values_list("pk", flat=True)
        numbers = sorted(found)
        if numbers:
            number = self.chance.choice(numbers)
            application = Application.objects.select_related("candidate", "requisition__recruiter").get(
                pk=number
            )
            do = self.chance.choices(
                [self._ask, self._write, self._put_off, self._reject_silently, self._change_their_mind],
                [30, 30, 15, 5, 10],
            )[0]
            self._attempt(partial(do, application), now)

    def _ask(self, application: Application, now: datetime) -> None:
        conversation.receive(candidate=application.candidate, application=application, body="And?", now=now)
        self.asked[application.candidate_id] += 1

    def _write(self, application: Application, now: datetime) -> None:
        later = now + 5 * HOUR if self.chance.random() < 0.3 else None
        conversation.send(
            application_id=application.pk,
            subject="Where we stand",
            body="A word on where we stand.",
            by=application.requisition.recruiter,
            now=now,
            send_at=later,
        )

    def _put_off(self, application: Application, now: datetime) -> None:
        change_promise(
            application_id=application.pk,
            due_at=now + timedelta(days=self.chance.randint(1, 5), minutes=7),
            reason="The team is away.",
            by=application.requisition.recruiter,
            now=now,
        )

    def _reject_silently(self, application: Application, now: datetime) -> None:
        applications.reject(
            application_id=application.pk,
            reason="stronger-match",
            by=application.requisition.recruiter,
            now=now,
            message=None,
        )
        self.at(now + timedelta(days=2), partial(self._tell_them, application))

    def _tell_them(self, application: Application, now: datetime) -> None:
        by = application.requisition.recruiter
        applications.tell(application_id=application.pk, message=NO, by=by, now=now)

    def _change_their_mind(self, application: Application, now: datetime) -> None:
        """A decision that is taken back the same hour, or later."""
        by = application.requisition.recruiter
        applications.reject(
            application_id=application.pk, reason="stronger-match", by=by, now=now, message=NO
        )
        self.at(now + HOUR * self.chance.randint(1, 40), partial(self._undo, application))

    def _undo(self, application: Application, now: datetime) -> None:
        by = application.requisition.recruiter
        applications.undo_decision(application_id=application.pk, by=by, now=now)

    def _look_into_unknown(self, now: datetime) -> None:
        """Somebody asks the mail server's people what became of a message, and says so."""
        arrived = {taken.message_id for taken in self.weather.taken}
        for mail in OutgoingMail.objects.filter(state=MailState.UNKNOWN).order_by("pk"):
            was_sent = message_id(mail) in arrived
            settle_unknown(mail_id=mail.pk, was_sent=was_sent, by=self.house["lead"], now=now)
            self.took["found out what became of a message"] += 1

    def _call_who_has_no_address(self, now: datetime) -> None:
        """Whom no letter about a decision reaches is told on the telephone, a day later."""
        lost = OutgoingMail.objects.filter(state__in=UNDELIVERED, role__in=TOLD)
        rows = Application.objects.filter(
            Q(candidate__email__in=self.weather.wrong) | Q(pk__in=lost.values("application_id")),
            state__in=["rejected", "hired"],
            told_at=None,
            decided_at__lt=now - timedelta(days=1),
        )
        for application in rows.select_related("requisition__recruiter").order_by("pk"):
            self._attempt(partial(self._call, application), now)

    def _call(self, application: Application, now: datetime) -> None:
        conversation.note_told(
            application_id=application.pk,
            channel=Channel.CALL,
            body="Told them on the telephone that we will not go on.",
            by=application.requisition.recruiter,
            now=now,
        )

    # --- The roles

    def _open(self, plan: roles.Plan, now: datetime) -> None:
        requisition, post = roles.open_role(self.house, plan, now=now)
        role = Role(plan, requisition, post)
        plans.lay(
            self.house, requisition, plan.key, by=self.house[plan.recruiter], manager=plan.manager, now=now
        )
        partnership = Partnership.objects.get(requisition=requisition)
        for hours, name in ((2, plan.recruiter), (self.chance.randint(3, 90), plan.manager)):
            self.at(now + HOUR * hours, partial(self._accept, partnership, name))
        for day in range(8, (self.acts_until - now).days, 7):
            if self.chance.random() < 0.8:
                self.at(now + timedelta(days=day, hours=1), partial(self._check_in, partnership, plan))
        if self.chance.random() < 0.3:
            self.at(now + timedelta(days=self.chance.uniform(9, 30)), partial(self._hold, role))
        if self.chance.random() < 0.4:
            self.at(
                now + timedelta(days=self.chance.uniform(2, 20)), partial(self._agree_anew, partnership, plan)
            )
        self.at(now + timedelta(days=self.chance.uniform(25, 50)), partial(self._fill, role))
        span = min((self.acts_until - now).total_seconds() / 86400 - 1, 30)
        for number in range(plan.applicants):
            moment = now + timedelta(days=max(span, 0.5) * self.chance.random() ** 1.5, hours=1)
            self.at(moment, partial(self._apply, role, number))

    def _check_in(self, partnership: Partnership, plan: roles.Plan, now: datetime) -> None:
        ready = CheckIn.objects.filter(partnership=partnership, state=CheckInState.READY).first()
        if ready is not None:
            check_ins.hold(
                check_in_id=ready.pk, notes="Went through all.", by=self.house[plan.recruiter], now=now
            )

    def _hold(self, role: Role, now: datetime) -> None:
        by = self.house[role.plan.recruiter]
        hold(requisition_id=role.requisition.pk, by=by, now=now, reason="The budget is looked at.")
        self.at(now + timedelta(days=self.chance.uniform(1, 9)), partial(self._resume, role))

    def _resume(self, role: Role, now: datetime) -> None:
        resume(requisition_id=role.requisition.pk, by=self.house[role.plan.recruiter], now=now)

    def _agree_anew(self, partnership: Partnership, plan: roles.Plan, now: datetime) -> None:
        """Other times, which bind from the moment on in which both have said yes."""
        newest = partnership.agreements.order_by("-version")[0]
        times = {term.kind: max(1, term.time + self.chance.choice((-1, 1, 2))) for term in newest.terms.all()}
        partnerships.propose(
            partnership_id=partnership.pk,
            times=times,
            version=newest.version,
            by=self.house[plan.recruiter],
            now=now,
        )
        self.at(now + HOUR * self.chance.randint(2, 50), partial(self._accept, partnership, plan.manager))

    # --- The candidates

    def _apply(self, role: Role, number: int, now: datetime) -> None:
        if not JobPost.objects.live().filter(pk=role.post.pk).exists():  # every seat is taken meanwhile
            return
        first, last, email = self._somebody()
        if self.weather.faults and self.chance.random() < 0.03:
            self.weather.wrong.add(email)
        applied = applications.apply(
            submission=applications.Submission(
                post_id=role.post.pk,
                first_name=first,
                last_name=last,
                email=email,
                answers={
                    question.pk: self._answer(question.kind, question.options)
                    for question in role.post.questions.filter(removed_at__isnull=True)
                },
                time_zone=self.chance.choice(ZONES),
            ),
            now=now,
        )
        self.addresses[applied.candidate.pk] = email
        self._continue(role, applied.application, number, now)

    def _somebody(self) -> tuple[str, str, str]:
        """Of a domain that exists nowhere and is none of the demo's, so that a mail server is asked."""
        number = Candidate.objects.count() + 1
        return self.faker.first_name(), self.faker.last_name(), f"person{number}@people.internal"


def _shares(whole: int, parts: int) -> list[int]:
    return [whole // parts + (number < whole % parts) for number in range(parts)]
