"""What is behind a figure that is not as it should be: a line for each case, to look into."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from ats.demo.simulation.answers import Sent
from ats.demo.simulation.figures import by_law, is_past
from ats.mail.models import IncomingMail, OutgoingMail
from candidates.messages.models import Message
from candidates.promises.queries import Told


def behind(*, now: datetime, lost: Iterable[Sent]) -> Iterator[str]:
    """`lost`: messages to us that are not where they have to be."""
    for line in by_law(now):
        if is_past(line):
            yield _by_law(line)
    yield from map(_lost, lost)


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
