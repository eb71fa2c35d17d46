"""After a restore nothing happens by itself, until a person has looked and says so."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ats.accounts.models import Role, User
from ats.activity.models import Activity
from ats.duework import engine, standstill
from ats.duework.tasks import run_lane
from ats.kernel.errors import NotAllowed, WrongState
from ats.mail.models import MailState, OutgoingMail
from ats.mail.outbox import To, queue
from ats.mail.render import plain
from ats.upkeep.actions import release
from candidates.models import Promise
from tests.factories import NOW, make_application, make_user
from tests.smtp import Catcher

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
LATER = timedelta(days=30)


def write(number: int) -> OutgoingMail:
    return queue(
        "account.message",
        to=To(address=f"somebody{number}@lima.eu"),
        message=plain(f"Hello {number}", "A letter."),
        key=f"waits:{number}",
        now=NOW,
    )


@pytest.fixture
def restored() -> list[OutgoingMail]:
    """Two messages that waited in the backup."""
    waiting = [write(1), write(2)]
    standstill.begin(backup_made_at=NOW - timedelta(hours=8), now=timezone.now() + timedelta(seconds=1))
    standstill.begin(backup_made_at=NOW, now=NOW)  # said twice, it is so once
    return waiting


def states(mails: list[OutgoingMail]) -> list[str]:
    return [OutgoingMail.objects.get(pk=mail.pk).state for mail in mails]


def test_no_mail_leaves_and_no_clock_runs(restored: list[OutgoingMail], smtp: Catcher) -> None:
    application = make_application()

    assert engine.tick(NOW + LATER) == {}
    run_lane("mail")

    assert smtp.envelopes == []
    assert states(restored) == [MailState.QUEUED] * 2
    assert [promise.state for promise in Promise.objects.filter(application=application)] == ["open"]


def test_released_everything_goes_on(restored: list[OutgoingMail], smtp: Catcher) -> None:
    lead = make_user(Role.LEAD)

    assert release(send=True, by=lead, now=NOW + LATER) == 2

    engine.tick(NOW + LATER)
    assert states(restored) == [MailState.SENT] * 2
    said = Activity.objects.get(verb="upkeep.released")
    assert (said.actor_id, said.data) == (lead.pk, {"number": 2, "outcome": "sent"})
    with pytest.raises(WrongState):
        release(send=True, by=lead, now=NOW + LATER)


def test_cancelled_what_waited_does_not_leave_and_the_rest_goes_on(
    restored: list[OutgoingMail], smtp: Catcher
) -> None:
    OutgoingMail.objects.filter(pk=restored[1].pk).update(
        state=MailState.SENDING, lease_token="6a1f0f0e-0000-4000-8000-000000000000", lease_until=NOW
    )
    newer = write(3)
    OutgoingMail.objects.filter(pk=newer.pk).update(created_at=timezone.now() + timedelta(hours=1))

    assert release(send=False, by=make_user(Role.LEAD), now=NOW + LATER) == 1

    engine.tick(NOW + LATER)
    # Of the one that was on its way nobody knows: a person settles it.
    assert states([*restored, newer]) == [MailState.CANCELLED, MailState.UNKNOWN, MailState.SENT]
    assert [recipients for _, recipients in smtp.envelopes] == [["somebody3@lima.eu"]]


def test_only_who_handles_mail_may(restored: list[OutgoingMail]) -> None:
    with pytest.raises(NotAllowed):
        release(send=True, by=make_user(Role.RECRUITER), now=NOW)
    assert standstill.stands()


def test_the_outbox_says_so_and_releases(
    restored: list[OutgoingMail], signed_in: SignedIn, smtp: Catcher
) -> None:
    client = signed_in(make_user(Role.LEAD))

    page = client.get("/settings/outbox/").content.decode()
    assert "Nothing leaves until you release it" in page
    assert "Until then the clocks stand still too" in page
    assert "Release 2 messages" in page
    assert (
        "nothing that is due is done until somebody releases the outbox"
        in client.get("/settings/due-work/").content.decode()
    )

    answer = client.post("/settings/outbox/release/", {"messages": "send"})

    assert (answer.status_code, answer["Location"]) == (302, "/settings/outbox/")
    assert not standstill.stands()
    assert "until you release it" not in client.get("/settings/outbox/").content.decode()
