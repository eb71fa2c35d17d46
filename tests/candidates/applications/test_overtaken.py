"""What waits for its time when the outcome is decided, of whatever kind; and when that is undone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from ats.accounts.models import User
from ats.activity.models import Activity
from ats.mail import outbox, roles
from ats.mail.models import OutgoingMail
from ats.mail.outbox import To
from ats.mail.render import plain
from ats.mail.roles import Reader
from candidates.applications.actions import overtake, withdraw
from candidates.messages import actions as conversation
from candidates.models import Application, FollowUp, Message
from tests.candidates.applications.helpers import hire, reject, undo
from tests.candidates.helpers import days, hours, mails, run_lane, whole
from tests.candidates.interviews.builders import ask, book, interviewers, plan
from tests.candidates.offers.conftest import sent
from tests.factories import NOW, make_application, make_requisition, make_user
from tests.smtp import Catcher

pytestmark = pytest.mark.django_db

Decide = Callable[[Application], object]
DECISIONS: dict[str, Decide] = {
    "rejected": lambda application: reject(application, now=1),
    "rejected in silence": lambda application: reject(application, now=1, message=None),
    "withdrawn": lambda application: withdraw(
        application=application, by=application.candidate, reason_text="", now=hours(1)
    ),
    "hired": hire,
}
FOR_CANDIDATES = sorted(role.name for role in roles.known().values() if role.reader is Reader.CANDIDATE)


def _working_day_at_ten() -> datetime:
    day = NOW.date() + timedelta(days=3)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def waiting(application: Application, role: str, until: datetime | None = None) -> OutgoingMail:
    return outbox.queue(
        role,
        to=To(address=application.candidate.email),
        message=plain("See you on Thursday", "We look forward to it."),
        key=f"waiting:{role}",
        now=NOW,
        not_before=until or days(2),
        about=application.about(),
    )


def write(application: Application, by: User | None = None, *, send_at: datetime | None = None) -> Message:
    return conversation.send(
        application_id=application.pk,
        subject="Thursday",
        body="See you on Thursday at ten.",
        by=by or application.requisition.recruiter,
        now=NOW,
        send_at=send_at or days(2),
    )


@pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS.keys())
def test_every_kind_of_message_falls_or_says_why_it_stands(decide: Decide) -> None:
    application = make_application(stage_kind="offer")
    for role in FOR_CANDIDATES:
        waiting(application, role)

    decide(whole(application))

    found = dict(
        OutgoingMail.objects.filter(idempotency_key__startswith="waiting:").values_list("role", "state")
    )
    assert found == {role: "queued" if role in overtake.STANDS else "cancelled" for role in FOR_CANDIDATES}


def test_each_role_that_is_named_is_there() -> None:
    named = {*overtake.STANDS, *overtake.TO_STAFF, *overtake.TRUE_AGAIN}
    assert named - set(roles.known()) == set()
    assert set(overtake.TRUE_AGAIN) & set(overtake.STANDS) == set()


@pytest.mark.parametrize("role", overtake.TO_STAFF)
def test_nobody_is_asked_to_act_for_somebody_out_of_play(role: str) -> None:
    application = make_application()
    mail = waiting(application, role)

    reject(application, now=1)

    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == ("cancelled", "It was taken back when the outcome was decided.")


def test_another_application_of_theirs_is_another_matter() -> None:
    application = make_application()
    other = make_application(candidate=application.candidate)
    mail = waiting(other, "conversation.message")

    reject(application, now=1)

    mail.refresh_from_db()
    assert mail.state == "queued"


@pytest.mark.ordinary_day
@pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS.keys())
def test_nothing_untrue_reaches_them_in_a_week(decide: Decide, smtp: Catcher) -> None:
    """Written for later, a reminder of an interview, a time to choose, an offer's clock: with the real rows."""
    application = make_application(stage_kind="interview")
    people = interviewers(application.requisition, 1)
    planned = plan(application.requisition, *people)
    run_lane("mail", NOW)
    book(application, planned, _working_day_at_ten())
    write(application)
    run_lane("mail", hours(0.5))
    smtp.messages.clear()
    smtp.envelopes.clear()

    decide(whole(application))
    for hour in range(1, 24 * 7):
        for lane in ("tasks", "follow-ups", "mail"):
            run_lane(lane, hours(hour + 0.5))

    got = {str(message["Subject"]).partition(":")[0] for message in smtp.to(application.candidate.email)}
    assert not {"Thursday", "Tomorrow", "In an hour", "Today"} & got
    assert mails("conversation.message")[0].state == "cancelled"


def test_what_a_person_wrote_waits_again_when_the_decision_is_undone(smtp: Catcher) -> None:
    application = make_application()
    message = write(application)
    reject(application, now=1)
    assert mails("conversation.message")[0].state == "cancelled"

    undo(application, 1.1)

    mail = mails("conversation.message")[0]
    assert (mail.state, mail.overtaken_by, mail.last_error, mail.not_before) == ("queued", "", "", days(2))
    assert list(
        Activity.objects.filter(subject_type="message", subject_id=message.pk)
        .order_by("id")
        .values_list("verb", flat=True)
    ) == ["message.scheduled", "message.overtaken", "message.put_back"]
    assert mails("conversation.not_sent") == []
    run_lane("mail", days(2))
    assert [str(each["Subject"]) for each in smtp.to(application.candidate.email)] == ["Thursday"]


def test_whose_time_went_by_is_not_lost_in_silence() -> None:
    application = make_application()
    write(application, send_at=hours(1.05))
    reject(application, now=1)

    undo(application, 1.1)

    assert mails("conversation.message")[0].state == "cancelled"
    (note,) = mails("conversation.not_sent")
    assert note.to == application.requisition.recruiter.email
    assert note.subject == f"Not sent to {application.candidate.name}: Thursday"
    assert "its time went by before the decision was undone" in note.text
    assert "See you on Thursday at ten." in note.text


@pytest.mark.ordinary_day
def test_after_they_were_told_the_sender_judges_what_is_still_true(smtp: Catcher) -> None:
    application = make_application()
    write(application, send_at=days(9))
    reject(application, now=1)
    told_at = mails("application.rejected")[0].not_before
    run_lane("mail", told_at)

    undo(application, (told_at - NOW) / timedelta(hours=1) + 1)

    assert mails("conversation.message")[0].state == "cancelled"
    (note,) = mails("conversation.not_sent")
    assert "the candidate had been told the outcome meanwhile" in note.text


def test_who_wrote_it_is_told_at_once_where_somebody_else_decides() -> None:
    application = make_application()
    coordinator = make_user("coordinator")
    write(application, by=coordinator)

    reject(application, now=1)

    (note,) = mails("conversation.not_sent")
    assert (note.to, "the outcome was decided before its time" in note.text) == (coordinator.email, True)


def test_a_second_decision_takes_back_what_waits_again() -> None:
    application = make_application()
    write(application)
    for start in (1, 2):
        reject(application, now=start)
        assert mails("conversation.message")[0].state == "cancelled"
        undo(application, start + 0.1)
        assert mails("conversation.message")[0].state == "queued"


def test_what_a_person_took_back_themselves_stays_so() -> None:
    application = make_application()
    message = write(application)
    conversation.cancel_scheduled(message_id=message.pk, by=application.requisition.recruiter, now=NOW)

    reject(application, now=1)
    undo(application, 1.1)

    assert mails("conversation.message")[0].state == "cancelled"
    assert mails("conversation.not_sent") == []


def test_an_invitation_and_an_offer_fall_with_the_decision() -> None:
    asked = make_application(stage_kind="interview")
    ask(asked, plan(asked.requisition, *interviewers(asked.requisition, 1)))
    reject(asked, now=1)
    assert [mail.state for mail in mails("booking.pick", application_id=asked.pk)] == ["cancelled"]

    in_hand = make_application(stage_kind="offer", requisition=make_requisition(openings=1))
    sent(in_hand, starts_on=days(90).date())
    extended = waiting(in_hand, "offer.extended")
    reject(in_hand, now=1, ends_offer=True)
    extended.refresh_from_db()
    assert extended.state == "cancelled"
    assert FollowUp.objects.filter(application=in_hand, step="reminder", state="done").count() == 0
