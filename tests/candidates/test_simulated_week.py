"""Two weeks by the hour: whatever people do or leave undone, nobody is forgotten.

Recruiters, a manager and candidates act at random; some never act. After every hour the promises are looked
at, and at the end the whole story of everybody.
"""

import itertools
import random
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.db.models import Count, Q

from ats.activity.models import Activity
from ats.duework import engine
from ats.kernel.errors import ActionError
from ats.mail.models import OutgoingMail
from candidates.applications import actions
from candidates.compose import quiet_hours
from candidates.messages import actions as conversation
from candidates.models import Application, FollowUp, Promise
from candidates.promises.actions import change_promise
from requisitions.models import JobPost
from tests.candidates.helpers import submission, whole
from tests.factories import NOW, make_post, make_requisition, make_user
from tests.smtp import Catcher

ZONES = ("", "Asia/Tokyo", "America/Los_Angeles", "Europe/Berlin")
HOURS = 14 * 24


class Life:
    """What happens in an hour: a few random actions of people who may take them."""

    def __init__(self, posts: list[JobPost], seed: int) -> None:
        self.posts, self.chance = posts, random.Random(seed)
        self.applied = 0
        self.took = Counter[str]()

    def hour(self, now: datetime) -> None:
        if self.applied < 40 and self.chance.random() < 0.3:
            self.apply(now)
        active = list(Application.objects.active().order_by("pk"))
        for application in self.chance.sample(active, min(len(active), 2)):
            if self.chance.random() < 0.5:
                self.something(whole(application), now)
        decided = list(Application.objects.filter(state="rejected").order_by("pk"))
        if decided and self.chance.random() < 0.05:
            self.attempt("undo", self.undo, whole(self.chance.choice(decided)), now)
        for silent in Application.objects.untold().filter(state="rejected").order_by("pk")[:1]:
            if self.chance.random() < 0.5:
                self.attempt("tell", self.tell, whole(silent), now)

    def apply(self, now: datetime) -> None:
        self.applied += 1
        actions.apply(
            submission=submission(
                self.chance.choice(self.posts),
                email=f"robin{self.applied}@example.com",
                time_zone=self.chance.choice(ZONES),
            ),
            now=now,
        )

    def something(self, application: Application, now: datetime) -> None:
        name = self.chance.choices(
            ["move", "write", "ask", "new date", "reject", "reject silently", "withdraw", "hire"],
            [30, 20, 15, 10, 10, 3, 3, 3],
        )[0]
        self.attempt(name, getattr(self, name.replace(" ", "_")), application, now)

    def attempt(self, name: str, do: object, application: Application, now: datetime) -> None:
        try:
            do(application, now)
        except ActionError:
            name += " (refused)"
        self.took[name] += 1

    def move(self, application: Application, now: datetime) -> None:
        stages = list(application.requisition.stages.exclude(kind="hired").order_by("position"))
        by = application.requisition.recruiter
        target = self.chance.choice(stages)
        actions.move(application_id=application.pk, stage_id=target.pk, by=by, now=now)

    def write(self, application: Application, now: datetime) -> None:
        by = application.requisition.recruiter
        later = now + timedelta(hours=5) if self.chance.random() < 0.3 else None
        conversation.send(
            application_id=application.pk, subject="Hello", body="A word.", by=by, now=now, send_at=later
        )

    def ask(self, application: Application, now: datetime) -> None:
        conversation.receive(candidate=application.candidate, application=application, body="And?", now=now)

    def new_date(self, application: Application, now: datetime) -> None:
        due = now + timedelta(days=self.chance.randint(1, 5), minutes=7)
        by = application.requisition.recruiter
        change_promise(application_id=application.pk, due_at=due, reason="The team is away.", by=by, now=now)

    def reject(self, application: Application, now: datetime) -> None:
        self._reject(application, now, ("Your application", "We will not go on."))

    def reject_silently(self, application: Application, now: datetime) -> None:
        self._reject(application, now, None)

    def _reject(self, application: Application, now: datetime, message: tuple[str, str] | None) -> None:
        by = application.requisition.recruiter
        actions.reject(
            application_id=application.pk, reason="stronger-match", by=by, now=now, message=message
        )

    def withdraw(self, application: Application, now: datetime) -> None:
        actions.withdraw(application=application, by=application.candidate, reason_text="", now=now)

    def hire(self, application: Application, now: datetime) -> None:
        actions.hire(application_id=application.pk, by=application.requisition.recruiter, now=now)

    def undo(self, application: Application, now: datetime) -> None:
        by = application.requisition.recruiter
        actions.undo_decision(application_id=application.pk, by=by, now=now)

    def tell(self, application: Application, now: datetime) -> None:
        by = application.requisition.recruiter
        message = ("Your application", "We will not go on.")
        actions.tell(application_id=application.pk, message=message, by=by, now=now)


def everybody_active_is_promised_something(now: datetime) -> None:
    counted = Application.objects.annotate(
        open_ones=Count("promises", filter=Q(promises__state="open"))
    ).values_list("state", "open_ones")
    assert {state == "active" for state, open_ones in counted if open_ones} <= {True}
    assert {open_ones for state, open_ones in counted if state == "active"} <= {1}
    # And no promise has been overdue since the tick of this hour.
    assert not Promise.objects.open().filter(due_at__lte=now).exists()


@pytest.mark.ordinary_day
@pytest.mark.django_db(transaction=True)
def test_nobody_is_forgotten(smtp: Catcher) -> None:
    make_user("lead")
    posts = [make_post(make_requisition(openings=2)) for _ in range(2)]
    life = Life(posts, seed=1)
    now = NOW
    for hour in range(HOURS):
        now = NOW + timedelta(hours=hour)
        life.hour(now)
        engine.tick(now)
        everybody_active_is_promised_something(now)
    # A week in which nobody acts, so that everything on its way arrives; the silent ones are told first.
    for silent in Application.objects.untold().filter(state="rejected"):
        life.tell(whole(silent), now)
    for hour in range(HOURS, HOURS + 7 * 24):
        now = NOW + timedelta(hours=hour)
        engine.tick(now)
        everybody_active_is_promised_something(now)

    assert life.applied > 25
    assert min(life.took[name] for name in ("move", "write", "ask", "new date", "reject")) > 2, life.took
    the_story_has_no_gap()
    every_broken_promise_has_its_note()
    everyone_decided_was_told_exactly_once(smtp)
    nobody_was_written_to_at_night()
    nothing_is_stuck()


def the_story_has_no_gap() -> None:
    """From applying on, each promise began at the moment at which the one before it was settled."""
    for application in Application.objects.prefetch_related("promises"):
        promises = sorted(application.promises.all(), key=lambda promise: promise.pk)
        assert promises[0].opened_at == application.applied_at
        undone = set(
            Activity.objects.filter(
                verb="application.decision_undone", application_id=application.pk
            ).values_list("occurred_at", flat=True)
        )
        for earlier, later in itertools.pairwise(promises):
            assert later.opened_at == earlier.settled_at or later.opened_at in undone
        if application.state != "active":
            # Kept when they are told, which is later where a decision waits for the morning.
            assert promises[-1].settled_at in {application.decided_at, application.told_at}


def every_broken_promise_has_its_note() -> None:
    for promise in Promise.objects.filter(state="broken"):
        broken = Activity.objects.get(verb="promise.broken", subject_id=promise.pk)
        if broken.data.get("answered_late"):
            continue  # the answer itself came, late
        note = FollowUp.objects.select_related("mail").get(idempotency_key=f"holding:{promise.pk}")
        assert note.state in {"done", "skipped"}
        assert (note.state == "skipped") == (note.reason != "")
        if note.state == "done":
            assert note.mail.state in {"sent", "cancelled"}  # cancelled: by the decision that followed
    assert not Promise.objects.filter(state="broken", owner_told_at=None).exists()


def everyone_decided_was_told_exactly_once(smtp: Catcher) -> None:
    assert not Application.objects.untold().exists()
    for application in Application.objects.filter(state__in=["rejected", "hired"]):
        assert application.told_at is not None
        since = OutgoingMail.objects.filter(
            application_id=application.pk,
            role__in=["application.rejected", "application.hired"],
            state="sent",
            not_before__gte=application.decided_at,
        )
        assert since.count() == 1
        told = Activity.objects.filter(verb="application.told", application_id=application.pk)
        assert told.filter(occurred_at__gte=application.decided_at).count() == 1
    for application in Application.objects.filter(state="withdrawn"):
        assert FollowUp.objects.get(application=application, step="thanks").state == "done"
    sent = OutgoingMail.objects.filter(state="sent").count()
    ids = [message["Message-ID"] for message in smtp.messages]
    assert len(ids) == len(set(ids)) == sent


def nobody_was_written_to_at_night() -> None:
    steps = FollowUp.objects.filter(state="done", mail__isnull=False).exclude(step="acknowledgement")
    for step in steps.select_related("candidate", "mail", "application__requisition__organisation__calendar"):
        zone = quiet_hours.zone_of(step.candidate, step.application.requisition.organisation.calendar)
        assert 8 <= step.mail.not_before.astimezone(zone).hour < 20


def nothing_is_stuck() -> None:
    assert not FollowUp.objects.filter(
        state__in=["waiting", "failed"], due_at__lt=NOW + timedelta(days=20)
    ).exists()
    assert not FollowUp.objects.filter(attempts__gt=0).exists()
    assert not Promise.objects.filter(attempts__gt=0).exists()
    assert not OutgoingMail.objects.filter(state__in=["failed", "unknown", "withheld"]).exists()
