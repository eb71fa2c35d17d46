"""What did not leave at its time does not leave in the reader's night, each time it is tried."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ats.mail import outbox, roles
from ats.mail.models import OutgoingMail
from candidates.compose import letters
from candidates.follow_ups.domain import journeys
from candidates.models import Application, FollowUp
from tests.candidates.follow_ups.test_follow_ups import plan
from tests.candidates.helpers import run_lane, whole
from tests.factories import NOW, make_application, make_candidate, make_interview
from tests.smtp import Catcher

pytestmark = pytest.mark.django_db
TOKYO = ZoneInfo("Asia/Tokyo")
Write = Callable[..., OutgoingMail]


TUESDAY = NOW.date() + timedelta(days=(1 - NOW.weekday()) % 7)


def there(hour: int, minute: int = 0, *, day: int = 24) -> datetime:
    """In Tokyo, on that day of a month whose 24th is the next Tuesday: the 28th is a Saturday."""
    date = TUESDAY + timedelta(days=day - 24)
    return datetime(date.year, date.month, date.day, hour, minute, tzinfo=TOKYO)


@pytest.fixture
def application() -> Application:
    found = make_application(candidate=make_candidate(time_zone="Asia/Tokyo"))
    return whole(found)


@pytest.fixture
def write(application: Application, settings: Any) -> Write:
    settings.MAIL_DECISION_COOL_OFF_MINUTES = 0

    def put(role: str, at: datetime, **facts: Any) -> OutgoingMail:
        words = letters.own_words("A word", "Hello, a word.")
        extra = roles.get(role).placeholders
        key = f"{role}:{at}"
        return letters.queue(
            role, application=application, key=key, now=at, words=words, extra=extra, **facts
        )

    return put


def left_at(mail: OutgoingMail, smtp: Catcher, *, since: datetime, well: datetime) -> datetime:
    """When it left in the end, tried every minute, from a server that says "later" until it is well."""
    smtp.answer, now = "451 4.7.1 greylisted", since
    while now < since + timedelta(days=4):
        if now >= well:
            smtp.answer = ""
        run_lane("mail", now)
        mail.refresh_from_db()
        if mail.state == "sent":
            return now.astimezone(TOKYO)
        now = max(mail.retry_at or now, now + timedelta(minutes=1))
    raise AssertionError(mail.state)


@pytest.mark.parametrize(
    ("written", "well", "left"),
    [
        (there(19, 50), there(20, 1), there(8, day=25)),  # ten past eight in the evening is no time
        (there(17), there(23), there(8, day=25)),
        (there(15), there(15, 2), there(15, 5)),
        (there(19, 50, day=27), there(20, 1, day=27), there(8, day=28)),  # their Saturday is no night
    ],
)
def test_what_was_put_off_waits_for_their_morning(
    write: Write, smtp: Catcher, written: datetime, well: datetime, left: datetime
) -> None:
    mail = write("conversation.message", written)

    assert left_at(mail, smtp, since=written, well=well) == left
    assert (len(smtp.messages), mail.not_before) == (1, written)


def test_two_minutes_into_their_night_are_night(write: Write, smtp: Catcher) -> None:
    mail = write("conversation.message", there(19, 59))
    run_lane("mail", there(20, 1))

    mail.refresh_from_db()
    assert (mail.state, mail.retry_at, smtp.messages) == ("queued", there(8, day=25), [])


def test_a_decision_keeps_to_working_days(write: Write, smtp: Catcher) -> None:
    mail = write("application.rejected", there(17, day=27))

    assert left_at(mail, smtp, since=there(17, day=27), well=there(22, day=27)) == there(8, day=30)


def test_whom_it_answers_at_night_is_still_up(write: Write, smtp: Catcher) -> None:
    mail = write("conversation.message", there(23))

    assert left_at(mail, smtp, since=there(23), well=there(23, 18)) == there(23, 20)


def test_an_hour_later_they_are_asleep(write: Write, smtp: Catcher) -> None:
    mail = write("conversation.message", there(23))

    assert left_at(mail, smtp, since=there(23), well=there(23, 59)) == there(8, day=25)


def test_what_would_come_too_late_in_the_morning_leaves_at_night(write: Write, smtp: Catcher) -> None:
    mail = write("interview.reminder", there(19), not_after=there(7, 30, day=25))

    assert left_at(mail, smtp, since=there(19), well=there(20)) == there(20, 50)


def test_that_an_early_interview_is_off_is_said_at_night(
    application: Application, write: Write, smtp: Catcher
) -> None:
    make_interview(application, starts_at=there(9, day=25), state="cancelled")
    mail = write("interview.cancelled", there(19, 30))

    assert left_at(mail, smtp, since=there(19, 30), well=there(20)) == there(20, 20)


def test_colleagues_are_not_candidates(application: Application, smtp: Catcher) -> None:
    reader = application.requisition.recruiter
    mail = outbox.queue(
        "promise.silence",
        to=letters.to_user(reader),
        message=letters.write("conversation.message", application=application, now=there(19, 50)),
        key="to a colleague",
        now=there(19, 50),
        about=application.about(),
    )

    assert left_at(mail, smtp, since=there(19, 50), well=there(20)) == there(20, 10)


def test_a_night_on_which_the_server_was_down(write: Write, smtp: Catcher) -> None:
    mail = write("conversation.message", there(19))
    smtp.stop()
    run_lane("mail", there(19))
    smtp.start()

    run_lane("mail", there(3, 40, day=25))
    assert smtp.messages == []
    run_lane("mail", there(8, day=25))

    mail.refresh_from_db()
    assert (mail.state, len(smtp.messages)) == ("sent", 1)


@pytest.mark.parametrize(("due", "tick"), [(there(17), there(2, day=25)), (there(19, 59), there(20, 1))])
def test_a_step_that_the_tick_missed_waits_for_the_morning(
    application: Application, due: datetime, tick: datetime
) -> None:
    row = plan(application, journeys.REMINDER, due)
    assert row.due_at == due

    run_lane("follow-ups", tick)
    row.refresh_from_db()
    assert (row.state, row.due_at) == ("waiting", there(8, day=25))

    assert run_lane("follow-ups", there(8, day=25)) == 1
    assert FollowUp.objects.get(pk=row.pk).state == "done"
