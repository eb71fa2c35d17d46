"""What is behind a figure that is not as it should be: a line for each case, to look into."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from ats.demo.simulation.answers import Sent
from ats.demo.simulation.figures import broken, by_law, has_its_note, is_past
from ats.mail.models import IncomingMail, OutgoingMail
from candidates.follow_ups.models import FollowUp
from candidates.messages.models import Message
from candidates.promises.models import Promise
from candidates.promises.queries import Told


def behind(*, now: datetime, lost: Iterable[Sent]) -> Iterator[str]:
    """`lost`: messages to us that are not where they have to be."""
    for line in by_law(now):
        if is_past(line):
            yield _by_law(line)
    yield from (_without_note(promise) for promise in broken() if not has_its_note(promise))
    yield from map(_lost, lost)


def _without_note(promise: Promise) -> str:
    notes = FollowUp.objects.filter(idempotency_key=f"holding:{promise.pk}").values_list("state", "reason")
    row = promise.application
    return (
        f"without a note: promise {promise.pk} of application {row.pk} ({row.state}), {promise.side} {promise.kind}, "
        f"due {promise.due_at}, settled {promise.settled_at}; the note: {list(notes)}"
    )


def _by_law(line: Told) -> str:
    row = line.application
    promises = " / ".join(
        f"{each.side} {each.kind} {each.state}, opened {each.opened_at:%d %b %H:%M}, due {each.due_at:%d %b %H:%M}"
        for each in row.promises.order_by("pk")
    )
    return (
        f"by law: application {row.pk}, {row.state}, to be told until {line.until}, {line.stands.label}, "
        f"told {line.told_at}; decided {row.decided_at}, told that {row.told_at}; promises: {promises}"
    )


def _lost(sent: Sent) -> str:
    rows = IncomingMail.objects.filter(message_id=sent.number)
    there = [f"{row.state} {row.why} {row.kind} {row.created_at}" for row in rows]
    messages = list(Message.objects.filter(incoming__in=rows).values_list("candidate__email", flat=True))
    ours = list(OutgoingMail.objects.filter(heard__in=rows).values_list("to", "state"))
    return (
        f"by mail: {sent.number} belongs {sent.place.value}, from {sent.about.to}; "
        f"there are {there}, in the conversation of {messages}, with {ours}"
    )
