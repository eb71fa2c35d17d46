"""Messages leave, once, whatever the mail server does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from ats.activity.models import Activity
from ats.duework import engine
from ats.duework.models import MAX_ATTEMPTS, DueTask
from ats.mail import delivery, resting
from ats.mail.models import MailState, OutgoingMail, SuppressedAddress
from ats.mail.outbox import cancel
from tests.factories import NOW
from tests.smtp import Catcher

Put = Callable[..., OutgoingMail]
pytestmark = pytest.mark.usefixtures("_takes_commands")


def states() -> list[str]:
    return list(OutgoingMail.objects.order_by("id").values_list("state", flat=True))


def run(now: Any = NOW) -> int:
    return engine.drain(engine.lanes()["mail"], lambda: now, ends=None)


def leave_mid_way(mail: OutgoingMail, *, begun: bool) -> None:
    """As a worker leaves it that was killed, when its lease is over."""
    [claimed] = engine.claim(
        OutgoingMail.objects.filter(pk=mail.pk),
        now=NOW,
        lease=timedelta(seconds=-1),
        batch=1,
        state=MailState.SENDING,
    )
    if begun:
        assert delivery._begin(claimed, NOW)


def test_a_message_leaves_once_and_says_so(put: Put, smtp: Catcher) -> None:
    mail = put()

    assert [run(), run()] == [1, 0]

    mail.refresh_from_db()
    assert (mail.state, mail.sent_at, mail.response) == ("sent", NOW, "250 2.0.0 kept")
    assert (mail.lease_token, mail.lease_until, mail.attempts, mail.last_error) == (None, None, 0, "")
    assert [message["Message-ID"] for message in smtp.messages] == [f"<{mail.uuid}@example.org>"]


def test_no_content_leaves_before_it_is_noted_that_the_one_before_left(
    put: Put, smtp: Catcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that dies leaves one in doubt, though the time in which the server thinks is used."""
    mails = [put(subject=str(number)) for number in range(3)]
    OutgoingMail.objects.filter(pk=mails[1].pk).update(repeatable=False)
    there = put(to="gone@example.com", subject="no")
    mails += [put(subject=str(number)) for number in range(3, 6)]
    SuppressedAddress.objects.create(
        address=there.to, kind="", reason="bounced", detail="It is not there.", since=NOW
    )
    happened: list[str] = []
    take, note = Catcher.handle_DATA, delivery._sent

    async def taken(self: Catcher, *said: Any) -> str:
        answer = await take(self, *said)
        happened.append(f"taken {self.messages[-1]['Subject']}")
        return answer

    def noted(mail: OutgoingMail, *said: Any) -> None:
        note(mail, *said)
        happened.append(f"noted {mail.subject}")

    monkeypatch.setattr(Catcher, "handle_DATA", taken)
    monkeypatch.setattr(delivery, "_sent", noted)
    run()

    assert happened == [f"{what} {mail.subject}" for mail in mails for what in ("taken", "noted")]
    there.refresh_from_db()
    assert there.state == MailState.WITHHELD


def test_what_is_not_due_waits(put: Put, smtp: Catcher) -> None:
    put(not_before=NOW + timedelta(hours=1))

    assert run() == 0
    assert run(NOW + timedelta(hours=1)) == 1
    assert len(smtp.messages) == 1


def test_many_messages_share_one_connection(put: Put, smtp: Catcher, monkeypatch: Any) -> None:
    monkeypatch.setattr(delivery, "BATCH", 4)
    for _ in range(10):
        put()

    assert run() == 10

    assert (len(smtp.messages), smtp.connections) == (10, 1)


def test_few_queries_for_each_message(put: Put, smtp: Catcher, django_assert_num_queries: Any) -> None:
    for _ in range(30):
        put()

    # recover, expire (with its savepoint), ready, claim (with its savepoint), files, refusals,
    # one for each message, how their commits wait and no longer do, and the round that finds nothing more
    with django_assert_num_queries(1 + 3 + 1 + 4 + 1 + 1 + 30 + 2 + 1 + 3 + 1):
        run()


def test_a_server_that_is_down_costs_no_message_an_attempt(put: Put, smtp: Catcher) -> None:
    for _ in range(3):
        put()
    smtp.stop()

    assert run() == 0

    assert states() == ["queued"] * 3
    assert list(OutgoingMail.objects.values_list("attempts", "retry_at").distinct()) == [(0, None)]
    assert resting.is_resting()
    trouble = resting.trouble()
    assert trouble is not None
    assert trouble["reason"].startswith("ConnectionRefusedError")

    smtp.start()
    assert run(NOW + timedelta(minutes=1)) == 3
    assert states() == ["sent"] * 3
    assert (resting.is_resting(), resting.trouble()) == (False, None)


def test_a_message_at_which_the_server_closes_waits_and_the_others_go_on(put: Put, smtp: Catcher) -> None:
    for number in range(5):
        put(to="odd@example.com" if number == 1 else "")
    smtp.refuse["odd@example.com"] = "421 4.3.2 closing down"

    assert run() == 5

    first, second, *rest = OutgoingMail.objects.order_by("id")
    assert (first.state, second.state, second.attempts) == ("sent", "queued", 0)
    assert second.last_error == "421 4.3.2 closing down"
    assert second.retry_at == NOW + timedelta(seconds=30)
    assert [mail.state for mail in rest] == ["sent"] * 3


def test_a_refused_recipient_fails_alone_and_is_not_written_to_again(put: Put, smtp: Catcher) -> None:
    smtp.refuse["gone@example.com"] = "550 5.1.1 no such person"
    refused = put(to="Gone@example.com")
    smtp.refuse["Gone@example.com"] = smtp.refuse["gone@example.com"]
    put()
    again = put(to="gone@example.com")

    assert run() == 3

    assert states() == ["failed", "sent", "withheld"]
    refused.refresh_from_db()
    again.refresh_from_db()
    assert refused.last_error == "550 5.1.1 no such person"
    assert again.last_error == "Nothing is sent to this address: bounced."
    assert list(SuppressedAddress.objects.values_list("address", "kind", "reason", "detail", "since")) == [
        ("gone@example.com", "", "bounced", "550 5.1.1 no such person", NOW)
    ]
    assert put(to="gone@example.com").state == "withheld"
    assert list(Activity.objects.values_list("verb", "subject_id")) == [("mail.failed", refused.pk)]


@pytest.mark.parametrize(
    ("answer", "suppressed"),
    [
        ("550 5.1.1 no such person", True),
        ("550 5.1.10 no mail here", True),
        ("550 no such user here", True),
        ("550 5.7.1 your server is on our list", False),
        ("550 relaying denied", False),
        ("552 5.2.2 mailbox is full", False),
        ("554 5.1.1 no such person", True),
    ],
)
def test_only_an_address_that_does_not_exist_is_suppressed(
    put: Put, smtp: Catcher, answer: str, suppressed: bool
) -> None:
    smtp.refuse["a@example.com"] = answer
    put(to="a@example.com")

    run()

    assert states() == ["failed"]
    assert SuppressedAddress.objects.exists() is suppressed


def test_not_now_waits_longer_each_time_and_fails_in_the_end(put: Put, smtp: Catcher) -> None:
    smtp.refuse["later@example.com"] = "451 4.7.1 greylisted, try again"
    mail = put(to="later@example.com")
    now, waited = NOW, []

    while run(now):
        mail.refresh_from_db()
        if mail.retry_at is None:
            break
        assert mail.state == "queued"
        waited.append(int((mail.retry_at - now).total_seconds() // 60))
        assert run(mail.retry_at - timedelta(seconds=1)) == 0
        now = mail.retry_at

    assert waited == [5, 15, 30, 60, 120, 240, 480]
    assert (mail.state, mail.attempts, mail.last_error) == (
        "failed",
        MAX_ATTEMPTS,
        "451 4.7.1 greylisted, try again",
    )


def test_a_message_greylisted_is_sent_the_second_time(put: Put, smtp: Catcher) -> None:
    smtp.answer = "451 4.7.1 greylisted"
    put()
    run()
    smtp.answer = ""

    assert run(NOW + timedelta(minutes=5)) == 1
    assert (states(), len(smtp.messages)) == (["sent"], 1)


def test_content_that_is_refused_for_good_fails(put: Put, smtp: Catcher) -> None:
    smtp.answer = "554 5.6.0 we do not take this"
    mail = put()

    run()

    mail.refresh_from_db()
    assert (mail.state, mail.response) == ("failed", "554 5.6.0 we do not take this")
    assert SuppressedAddress.objects.count() == 0


def test_a_sender_that_is_refused_is_no_message_s_fault(put: Put, smtp: Catcher) -> None:
    smtp.refuse_sender = "550 5.7.1 not from you"
    put()

    assert run() == 0

    assert states() == ["queued"]
    assert OutgoingMail.objects.get().attempts == 0


def test_a_cut_hand_over_is_repeated_with_the_same_identity(put: Put, smtp: Catcher) -> None:
    mail = put()
    smtp.hang_up = True
    run()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.retry_at) == ("queued", 1, NOW + timedelta(seconds=30))

    smtp.hang_up = False
    run(NOW + timedelta(seconds=30))

    assert states() == ["sent"]
    assert [message["Message-ID"] for message in smtp.messages] == [f"<{mail.uuid}@example.org>"] * 2


def test_a_decision_whose_hand_over_was_cut_is_not_repeated(put: Put, smtp: Catcher) -> None:
    mail = put("test.decision")
    smtp.hang_up = True

    run()

    mail.refresh_from_db()
    assert (mail.state, len(smtp.messages)) == ("unknown", 1)
    assert mail.last_error.startswith(
        "The connection broke before the mail server had confirmed the message."
    )
    smtp.hang_up = False
    assert run(NOW + timedelta(days=2)) == 0
    assert list(Activity.objects.values_list("verb", flat=True)) == ["mail.unknown"]


def test_two_cuts_in_a_row_stop_the_lane(put: Put, smtp: Catcher) -> None:
    smtp.hang_up = True
    for _ in range(4):
        put()

    assert run() == 2

    assert list(OutgoingMail.objects.order_by("id").values_list("state", "attempts")) == [
        ("queued", 1),
        ("queued", 1),
        ("queued", 0),
        ("queued", 0),
    ]


@pytest.mark.parametrize(
    ("role", "begun", "state"),
    [
        ("test.news", False, "sent"),
        ("test.news", True, "sent"),
        ("test.decision", False, "sent"),
        ("test.decision", True, "unknown"),
    ],
)
def test_a_worker_that_does_not_come_back(
    put: Put, smtp: Catcher, role: str, begun: bool, state: str
) -> None:
    mail = put(role)
    leave_mid_way(mail, begun=begun)

    run()

    assert states() == [state]


def test_a_lease_that_runs_is_respected(put: Put, smtp: Catcher) -> None:
    mail = put()
    engine.claim(
        OutgoingMail.objects.all(), now=NOW, lease=timedelta(minutes=10), batch=1, state=MailState.SENDING
    )

    assert run(NOW + timedelta(days=7)) == 0  # a pretended week does not end it

    mail.refresh_from_db()
    assert mail.state == "sending"


def test_who_lost_the_lease_settles_nothing(put: Put) -> None:
    put()
    [late] = engine.claim(
        OutgoingMail.objects.all(), now=NOW, lease=timedelta(seconds=-1), batch=1, state=MailState.SENDING
    )
    [other] = engine.claim(
        engine.lost(OutgoingMail.objects.all()),
        now=NOW,
        lease=timedelta(minutes=1),
        batch=1,
        state=MailState.SENDING,
    )

    assert not engine.settle(late, state=MailState.FAILED)
    assert engine.settle(other, state=MailState.SENT, sent_at=NOW)
    assert states() == ["sent"]


def test_a_slow_server_does_not_outlast_the_lease(put: Put, smtp: Catcher, monkeypatch: Any) -> None:
    monkeypatch.setattr(delivery, "BEGIN_WITHIN", timedelta(seconds=0.6))
    smtp.delay = 0.4
    for _ in range(4):
        put()

    assert delivery.deliver(NOW) == 2

    assert states() == ["sent", "sent", "queued", "queued"]
    assert (
        list(OutgoingMail.objects.filter(state="queued").values_list("lease_token", "attempts"))
        == [(None, 0)] * 2
    )


def test_what_would_come_too_late_is_cancelled(put: Put, smtp: Catcher) -> None:
    put(not_after=NOW + timedelta(hours=1))

    run(NOW + timedelta(hours=2))

    assert (states(), smtp.messages) == (["cancelled"], [])


def test_what_was_taken_back_does_not_leave(put: Put, smtp: Catcher) -> None:
    put("test.decision")
    put()

    assert cancel(roles_=["test.decision"], now=NOW) == 1
    run()

    assert (states(), len(smtp.messages)) == (["cancelled", "sent"], 1)


def test_who_waits_for_a_message_is_told(put: Put, smtp: Catcher) -> None:
    told = []
    delivery.settled("test.news")(lambda mail, now: told.append((mail.pk, mail.state, now)))
    smtp.refuse["gone@example.com"] = "550 5.1.1 gone"
    first, second, third = put(), put(to="gone@example.com"), put(to="gone@example.com")

    run()

    assert told == [(first.pk, "sent", NOW), (second.pk, "failed", NOW), (third.pk, "withheld", NOW)]


def test_telling_that_fails_does_not_send_again(put: Put, smtp: Catcher) -> None:
    attempts = []

    def hook(mail: OutgoingMail, now: Any) -> None:
        attempts.append(mail.state)
        if len(attempts) == 1:
            raise RuntimeError("not today")

    delivery.settled("test.news")(hook)
    put()

    run()
    assert (states(), attempts) == (["sent"], ["sent"])

    engine.tick(NOW)

    assert (attempts, len(smtp.messages)) == (["sent", "sent"], 1)
    assert list(DueTask.objects.values_list("kind", "state")) == [("mail.tell", "done")]


def test_a_message_that_cannot_be_written_does_not_hold_up_the_others(put: Put, smtp: Catcher) -> None:
    put(headers={"Bcc": "everybody@example.com"})
    put()

    run()

    assert states() == ["failed", "sent"]
    assert OutgoingMail.objects.earliest("id").last_error == "A message must not set the header Bcc."


def test_a_settled_message_counts_as_changed(put: Put, smtp: Catcher) -> None:
    mail = put()
    before = timezone.now()

    run()

    mail.refresh_from_db()
    assert mail.updated_at > before
