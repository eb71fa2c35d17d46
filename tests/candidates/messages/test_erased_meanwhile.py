"""Somebody is erased while their letter is read: nobody waits for the other, and nothing of it comes back."""

from typing import Any

import pytest

from ats.kernel.access import lock
from ats.mail import inbound
from ats.mail.models import IncomingContent, IncomingMail
from candidates.messages.models import Message
from candidates.models import Application, Candidate
from tests.candidates.helpers import while_held
from tests.candidates.messages.by_mail import LATER, application, letter, mailbox, tagged

__all__ = ["application", "mailbox"]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def read() -> int:
    return inbound.read_waiting(LATER)


@pytest.mark.parametrize("way", ["deleted", "anonymised"])
def test_who_is_erased_while_a_letter_is_read(application: Application, way: str) -> None:
    earlier = inbound.arrive(letter("Hello.", to=tagged(application)), source="file", now=LATER)
    read()
    assert Message.objects.get().incoming == earlier
    row = inbound.arrive(letter("And on Friday?", to=tagged(application)), source="file", now=LATER)

    def erase() -> None:
        if way == "deleted":
            application.candidate.delete()
        else:
            Candidate.objects.filter(pk=application.candidate_id).update(anonymised_at=LATER)

    outcome: Any = while_held(lambda: lock(Application, application.pk), read, last=erase)

    assert outcome == 1
    row.refresh_from_db()
    assert (row.state, row.why, row.candidate_id, row.attempts) == ("open", "gone", None, 0)
    assert not Message.objects.filter(body="And on Friday?").exists()
    assert list(Message.objects.values_list("incoming", flat=True)) == ([] if way == "deleted" else [None])
    assert not IncomingMail.objects.filter(pk=earlier.pk).exists()
    assert list(IncomingContent.objects.values_list("pk", flat=True)) == [row.pk]
