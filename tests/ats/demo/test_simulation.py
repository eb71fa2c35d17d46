"""Simulated weeks: nobody is forgotten whatever people and servers do, and the figures can tell when somebody is."""

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, F, Q

from ats.activity.models import Activity
from ats.demo.company.house import House
from ats.demo.simulation import figures
from ats.demo.simulation.answers import KINDS, Answers
from ats.demo.simulation.life import Life
from ats.demo.simulation.weather import Weather
from ats.duework import engine
from ats.mail.actions import note_bounce
from ats.mail.incoming.kinds import Failure, Incoming, Kind
from ats.mail.message import message_id
from ats.mail.models import OutgoingMail
from ats.organisation.domain import working_time
from candidates.applications import actions as applications
from candidates.messages import actions as conversation
from candidates.messages.models import Channel
from candidates.models import Application, Candidate, DataCopy, Erasure, FeedbackRequest, FollowUp, Promise
from candidates.promises.actions import change_promise
from partners.commitments.actions import remeasure
from partners.models import Commitment, Partnership
from tests.candidates.helpers import mails, submission, whole
from tests.candidates.offers.conftest import sent
from tests.candidates.offers.test_answering import accept
from tests.factories import NOW, make_application, make_post, make_requisition, make_user, ship_reasons
from tests.smtp import Catcher

DAYS = 16
ALL_WELL = {
    "minutes_without_promise": 0,
    "told_once": 1.0,
    "broken_with_note": 1.0,
    "past_outer_date": 0,
    "outer_dates": 0,
    "outer_dates_over": 0,
    "told_within_outer_date": 0,
    "in_quiet_hours": 0,
    "incoming_lost": 0,
    "commitments_equal": 1.0,
    "wishes_overlooked": 0,
}


class Watched(Life):
    """Looks at every promise after every hour."""

    def _tick(self, moment: Any) -> None:
        super()._tick(moment)
        counted = Application.objects.annotate(
            open_ones=Count("promises", filter=Q(promises__state="open"))
        ).values_list("state", "open_ones")
        assert {open_ones for state, open_ones in counted if state == "active"} <= {1}
        assert {open_ones for state, open_ones in counted if state != "active"} <= {0}


@pytest.mark.ordinary_day
@pytest.mark.django_db(transaction=True)
def test_nobody_is_forgotten(settings: Any, tmp_path: Path) -> None:
    settings.ERASURES = tmp_path / "erasures.jsonl"
    ship_reasons()
    start = NOW - timedelta(days=DAYS)
    with Weather(Random(2), faults=True) as weather:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", weather.port
        settings.INBOUND_ADDRESS = "hiring@accord.internal"
        answers = Answers(weather, to=settings.INBOUND_ADDRESS, seed=2)
        life = Watched(
            House(start),
            start=start,
            days=DAYS,
            applicants=60,
            seed=2,
            weather=weather,
            answers=answers,
            say=lambda title: None,
        )
        life.tell()

    arrived = answers.arrived()
    found = figures.measure(
        now=NOW,
        arrived=arrived,
        asked=life.asked,
        lost_by_mail=len(answers.lost(erased=life.erased)),
        letters=life.letters,
    )
    assert asdict(found) == ALL_WELL | {
        "outer_dates": found.outer_dates,
        "told_within_outer_date": found.told_within_outer_date,
    }
    # What says anything that matters is never sent twice, whatever the mail server forgets to say.
    twice = {number for number, times in Counter(arrived).items() if times > 1}
    assert not [
        mail.role for mail in OutgoingMail.objects.filter(repeatable=False) if message_id(mail) in twice
    ]
    assert not Promise.objects.filter(state="broken", owner_told_at=None).exists()
    # And all of it did happen.
    done = ("apply", "move", "review", "write", "ask", "reject", "undo", "call", "accept", "check in")
    assert {name for name in done if not life.took[name.replace(" ", "_")]} == set(), life.took
    assert {mood for mood in ("busy", "gone", "drops") if not weather.hours[mood]} == set()
    assert life.took["workers away"]
    wishes = ("answer a survey", "ask for feedback", "give feedback", "take a copy", "ask to be erased")
    assert {name for name in wishes if not life.took[name]} == set(), life.took
    assert life.erased
    assert {kind for kind in KINDS if not answers.kinds[kind]} == set()
    assert Promise.objects.filter(state="broken").exists()
    assert not Promise.objects.open().filter(due_at__lte=NOW).exists()
    assert not FollowUp.objects.filter(state="failed").exists()
    assert {Commitment.objects.filter(side=side).exists() for side in ("recruiter", "manager")} == {True}


@pytest.mark.servers
def test_the_command_lives_in_a_database_of_its_own() -> None:
    clean = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    order = [sys.executable, "manage.py", "simulate", "--days", "1", "--applications", "3"]
    done = subprocess.run(
        order,
        cwd=settings.ROOT,
        env=clean | {"DJANGO_SETTINGS_MODULE": "ats.settings"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "apply: 3" in done.stdout.splitlines()
    assert json.loads(done.stdout.splitlines()[-1]) == ALL_WELL


@pytest.mark.parametrize(
    "order", [("--days", "0", "--applications", "3"), ("--days", "3", "--applications", "0")]
)
def test_no_days_or_nobody_is_no_life(order: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="take numbers from 1 on"):
        call_command("simulate", *order)


def test_never_in_production(settings: Any) -> None:
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="not for production"):
        call_command("simulate", "--days", "1", "--applications", "1")


class TestFigures:
    """Each tells what is wrong, and how much of it."""

    pytestmark = pytest.mark.django_db

    @pytest.fixture
    def applied(self, smtp: Catcher) -> Application:
        ship_reasons()
        self.lead = make_user("lead")
        post = make_post(make_requisition(openings=2))
        return applications.apply(submission=submission(post), now=NOW).application

    def test_minutes_between_promises(self, applied: Application) -> None:
        later = NOW + timedelta(hours=3)
        by = applied.requisition.recruiter
        due = working_time.after_days(applied.requisition.organisation.calendar, later, 2)
        change_promise(application_id=applied.pk, due_at=due, reason="Away.", by=by, now=later)
        assert figures.minutes_without_promise(due) == 0

        Promise.objects.open().update(opened_at=F("opened_at") + timedelta(minutes=7))

        assert figures.minutes_without_promise(due) == 7

    def test_no_minute_after_the_end(self, applied: Application) -> None:
        """Told by a letter that came back a day later: in between nothing was owed, and nobody was in play."""
        by = applied.requisition.recruiter
        applications.reject(application_id=applied.pk, reason="stronger-match", by=by, now=NOW, message=None)
        note = conversation.note_told
        told = NOW + timedelta(hours=1)
        note(application_id=applied.pk, channel=Channel.CALL, body="Called.", by=by, now=told)
        end = NOW + timedelta(days=3)
        assert figures.minutes_without_promise(end) == 0
        again = NOW + timedelta(days=2)
        applications.undo_decision(application_id=applied.pk, by=by, now=again)
        assert figures.minutes_without_promise(end) == 0
        Promise.objects.open().update(opened_at=again + timedelta(minutes=9))
        assert figures.minutes_without_promise(end) == 9

    @pytest.mark.ordinary_day
    def test_a_letter_that_arrived_twice_or_never(self, applied: Application) -> None:
        by = applied.requisition.recruiter
        message = ("Your application", "We will not go on.")
        applications.reject(
            application_id=applied.pk, reason="stronger-match", by=by, now=NOW, message=message
        )
        end = NOW + timedelta(days=5)
        engine.tick(end)
        letter = message_id(mails("application.rejected")[0])

        told = [figures.told_once(end, Counter({letter: times})) for times in (1, 2)]
        Activity.objects.filter(verb="application.told").update(verb="application.noted")

        assert told == [1.0, 0.0]
        assert figures.told_once(end, Counter()) == 0.0
        assert figures.told_once(NOW, Counter()) == 1.0  # nobody has to be told yet

    def test_a_yes_to_an_offer_is_told_whatever_became_of_the_welcome(self, smtp: Catcher) -> None:
        application = make_application(stage_kind="offer", requisition=make_requisition(openings=1))
        accept(sent(application))
        end = NOW + timedelta(days=5)
        [welcome] = mails("offer.accepted")
        number = message_id(welcome)
        told = [figures.told_once(end, Counter({number: times})) for times in (0, 1, 2)]
        assert told == [1.0, 1.0, 0.0]

    def test_what_came_back_after_its_date_is_owed_another_way_and_no_note(
        self, applied: Application
    ) -> None:
        by = applied.requisition.recruiter
        due = Promise.objects.open().get().due_at
        conversation.send(
            application_id=applied.pk,
            subject="News",
            body="A word of my own.",
            by=by,
            now=due - timedelta(hours=1),
        )
        engine.tick(due - timedelta(minutes=30))
        [mail] = mails("conversation.message")
        assert mail.state == "sent"
        with transaction.atomic():
            note_bounce(
                mail,
                report=Incoming(Kind.FAILURE, failures=(Failure(mail.to),)),
                now=due + timedelta(hours=2),
            )
        assert Promise.objects.get(state="broken").what == "First answer"
        assert figures.broken_with_note() == 1.0
        Promise.objects.filter(kind="reach").update(opened_at=due)
        assert figures.broken_with_note() == 0.0

    def test_a_promise_that_ran_out_without_a_word(self, applied: Application) -> None:
        engine.tick(Promise.objects.open().get().due_at + timedelta(minutes=1))
        with_note = figures.broken_with_note()
        FollowUp.objects.filter(step="holding_note").delete()

        assert (with_note, figures.broken_with_note()) == (1.0, 0.0)

    def test_a_decision_that_nobody_told_is_owed_no_note(
        self, applied: Application, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        due = Promise.objects.open().get().due_at
        by = applied.requisition.recruiter
        applications.reject(application_id=applied.pk, reason="stronger-match", by=by, now=NOW, message=None)

        engine.tick(due + timedelta(minutes=1))

        assert Promise.objects.filter(state="broken").count() == 1
        assert figures.broken_with_note() == 1.0
        monkeypatch.setattr(figures, "DECISIONS", ())
        assert figures.broken_with_note() == 0.0

    def test_a_decision_that_is_undone_in_the_hour_in_which_its_date_passed(
        self, applied: Application
    ) -> None:
        after = Promise.objects.open().get().due_at + timedelta(minutes=1)
        by = applied.requisition.recruiter
        applications.reject(application_id=applied.pk, reason="stronger-match", by=by, now=NOW, message=None)
        engine.tick(after)
        applications.undo_decision(application_id=applied.pk, by=by, now=after)

        assert Promise.objects.filter(state="broken").count() == 1
        assert figures.broken_with_note() == 1.0

    def test_a_letter_at_night(self, applied: Application) -> None:
        engine.tick(Promise.objects.open().get().due_at + timedelta(minutes=1))
        step = FollowUp.objects.get(step="holding_note")
        engine.tick(step.due_at)
        engine.tick(step.due_at)
        step.refresh_from_db()
        by_day = figures.in_quiet_hours()
        mail = step.mail
        assert mail is not None
        mail.sent_at = mail.sent_at.replace(hour=3)
        mail.save(update_fields=["sent_at"])

        assert (by_day, figures.in_quiet_hours()) == (0, 1)

    def test_words_that_were_lost(self, applied: Application) -> None:
        candidate = whole(applied).candidate
        conversation.receive(candidate=candidate, application=applied, body="And?", now=NOW)

        lost = [figures.lost_on_their_page({candidate.pk: asked}) for asked in (1, 3)]
        Candidate.objects.update(anonymised_at=NOW)

        assert lost == [0, 2]
        assert figures.lost_on_their_page({candidate.pk: 1}) == 0

    @pytest.mark.ordinary_day
    def test_who_is_erased_was_told_by_the_letter_that_is_remembered(self, applied: Application) -> None:
        by, no = applied.requisition.recruiter, ("Your application", "We will not go on.")
        applications.reject(application_id=applied.pk, reason="stronger-match", by=by, now=NOW, message=no)
        end = NOW + timedelta(days=5)
        engine.tick(end)
        letters = list(map(figures.letter_of, mails("application.rejected")))
        OutgoingMail.objects.all().delete()
        Activity.objects.filter(verb="application.told").update(verb="application.noted")

        told = [figures.told_once(end, Counter({letters[0].number: n}), letters) for n in (0, 1, 2)]
        facts = {"candidate_id": applied.candidate_id, "asked_at": NOW, "due_at": NOW, "erased_at": NOW}
        gone = Erasure.objects.create(why="asked", state="erased", **facts)

        assert told == [0.0, 1.0, 0.0]
        assert figures.told_once(end, Counter()) == 1.0  # nobody is left who could be told
        gone.why = "retention"
        gone.save()
        assert figures.told_once(end, Counter()) == 0.0

    def test_wishes_that_nobody_saw_to(self, applied: Application) -> None:
        facts = {"candidate_id": applied.candidate_id, "asked_at": NOW, "due_at": NOW}
        Erasure.objects.create(why="asked", **facts)
        DataCopy.objects.create(**facts)
        FeedbackRequest.objects.create(application=applied, asked_at=NOW, due_at=NOW)
        later = NOW + timedelta(days=1, minutes=1)

        assert (figures.wishes_overlooked(NOW), figures.wishes_overlooked(later)) == (0, 3)

    def test_a_commitment_that_was_measured_otherwise(self, applied: Application) -> None:
        from partners.partnerships.actions import begin

        requisition = applied.requisition
        begin(requisition=requisition, now=NOW)
        Activity.objects.create(
            verb="requisition.opened",
            occurred_at=NOW,
            actor_kind="system",
            subject_type="requisition",
            subject_id=requisition.pk,
            requisition_id=requisition.pk,
        )
        end = NOW + timedelta(days=40)
        remeasure(partnership=Partnership.objects.get(), now=end)
        as_measured = figures.commitments_equal(end)
        one = Commitment.objects.order_by("pk")[0]
        Commitment.objects.filter(pk=one.pk).update(hours_late=F("hours_late") + 1)

        assert as_measured == 1.0
        # Of the rows of before and after together, one is there in two forms.
        assert figures.commitments_equal(end) == (Commitment.objects.count() - 1) / (
            Commitment.objects.count() + 1
        )
        assert figures.commitments_equal(end) == 1.0
