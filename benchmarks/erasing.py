"""Erasing people out of a full house; everybody is there again afterwards."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

MESSAGES = 200


def one_with_messages() -> float:
    """Milliseconds for one person with 200 messages, as many mails, and what else they have."""
    from ats.mail.models import OutgoingMail
    from candidates.models import Erasure, Message

    with _undone() as people:
        person = people[0]
        application = person.applications.order_by("pk")[0]
        now = timezone.now()
        mails = OutgoingMail.objects.bulk_create(
            OutgoingMail(
                idempotency_key=f"bench:{number}", role="conversation.message", state="sent", sent_at=now,
                to=person.email, to_name=person.name, subject="A word", text="What was written. " * 40,
                not_before=now, candidate_id=person.pk, application_id=application.pk,
            )
            for number in range(MESSAGES)
        )  # fmt: skip
        Message.objects.bulk_create(
            Message(
                candidate=person, application=application, direction="out", subject="A word",
                body="What was written. " * 40, said_at=now, mail=mail,
            )
            for mail in mails
        )  # fmt: skip
        took = _erase([person])
        assert Erasure.objects.get(candidate=person).state in {"erased", "done"}
    return took * 1000


def many(count: int) -> float:
    """How many people one worker erases a second, of so many that are due."""
    with _undone() as people:
        return count / _erase(people[:count])


def _erase(people: list) -> float:
    from candidates.erasure.models import Erasure
    from candidates.erasure.tasks import erase_due

    now = timezone.now()
    Erasure.objects.bulk_create(
        Erasure(
            candidate=person, why="colleague" if len(people) == 1 else "retention", asked_at=now, due_at=now
        )
        for person in people
    )
    begun = time.perf_counter()
    # Once the rows are gone, whoever is erased is looked through once more, and their files go.
    for state, moment in (("waiting", now), ("erased", now + timedelta(minutes=2))):
        while Erasure.objects.filter(state=state, due_at__lte=moment).exists():
            erase_due(moment)
    return time.perf_counter() - begun


@contextmanager
def _undone() -> Iterator[list]:
    """Whoever applied and is out of play; what happens to them here is taken back."""
    from candidates.models import Candidate

    rows = Candidate.objects.without_words().filter(applications__state="rejected", anonymised_at=None)
    rows = rows.exclude(applications__state__in=["active", "hired"]).distinct().order_by("-pk")
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        before, settings.ERASURES = settings.ERASURES, Path(folder) / "erasures.jsonl"
        try:
            yield list(rows[:3_000])
        finally:
            settings.ERASURES = before
            transaction.set_rollback(True)
