"""What comes in by mail in a simulated stretch of time: answers, what programs say, and letters that come back.

Written as mail programs and servers write it (RFC 5322, 3464, 3834), to what the mail server took from us.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_string
from email.message import EmailMessage
from email.message import Message as Block
from email.utils import format_datetime
from enum import Enum
from heapq import heappop, heappush
from random import Random

from ats.demo.simulation.weather import Taken, Weather
from ats.mail import inbound
from ats.mail.models import IncomingMail, IncomingState, MailState, OutgoingMail
from candidates.messages.models import Message

PEOPLE = "@people.internal"


class Place(Enum):
    """Where a message that comes in has to be found."""

    CONVERSATION = "in the conversation of its writer"
    INBOX = "in the inbox, for a person to look at"
    RECORD = "with the message that it speaks of"


@dataclass(frozen=True)
class Sent:
    """A message to us, and what it answers or speaks of."""

    number: str
    place: Place
    about: Taken
    comes_back: bool = False


class Answers:
    """People's programs and servers: each hour they write some of what they would in a real one."""

    def __init__(self, weather: Weather, *, to: str, seed: int) -> None:
        self.weather, self.to, self.chance = weather, to, Random(seed)
        self.sent: list[Sent] = []
        self.kinds = Counter[str]()
        self._seen = self._number = 0
        self._is_quiet = False
        self._waiting: list[tuple[datetime, int, bytes]] = []

    def hour(self, now: datetime) -> None:
        """Think about what came since the last time, and let in what is on its way by now."""
        fresh, self._seen = self.weather.taken[self._seen :], len(self.weather.taken)
        for taken in () if self._is_quiet else fresh:
            if taken.to.endswith(PEOPLE):
                self._think(taken, now)
        while self._waiting and self._waiting[0][0] <= now:
            _, _, content = heappop(self._waiting)
            inbound.arrive(content, source="simulation", now=now)

    def go_quiet(self) -> None:
        """Nobody begins to write any more, so that what is on its way is read."""
        self._is_quiet = True

    def arrived(self) -> list[str]:
        """The numbers of the messages of ours that reached their readers: taken by a server, and not sent back."""
        returned = {each.about.message_id for each in self.sent if each.comes_back}
        return [taken.message_id for taken in self.weather.taken if taken.message_id not in returned]

    def lost(self, *, erased: Collection[str] = ()) -> list[Sent]:
        """What of all that was sent to us is not where it has to be; with who is `erased`, theirs went."""
        return [each for each in self.sent if each.about.to not in erased and not _is_there(each)]

    # --- What they write

    def _think(self, taken: Taken, now: datetime) -> None:
        kind = self.chance.choices([None, *KINDS], [76, *(share for share, _ in KINDS.values())])[0]
        if kind is None:
            return
        self.kinds[kind] += 1
        moment = now + timedelta(hours=self.chance.uniform(0.1, 20))
        for sent, letter in KINDS[kind][1](self, taken, moment):
            self.sent.append(sent)
            for _ in range(self.chance.choices([1, 2], [95, 5])[0]):  # some servers hand one over twice
                self._number += 1
                heappush(self._waiting, (moment, self._number, letter.as_bytes()))

    def _letter(self, taken: Taken, moment: datetime, *, sender: str = "") -> EmailMessage:
        self._number += 1
        letter = EmailMessage()
        letter["From"] = f"Robin <{sender or taken.to}>"
        letter["To"] = self.to
        letter["Date"] = format_datetime(moment)
        letter["Message-ID"] = f"<answer-{self._number}{PEOPLE}>"
        letter["Subject"] = f"Re: {taken.subject}"
        return letter

    def answer(self, taken: Taken, moment: datetime) -> Iterator[tuple[Sent, EmailMessage]]:
        """With the button of a mail program; sometimes from an address that nobody knows."""
        private = self.chance.random() < 0.1
        letter = self._letter(taken, moment, sender=f"private{self._number}@home.internal" if private else "")
        del letter["To"]
        letter["To"] = taken.reply_to
        letter["In-Reply-To"] = letter["References"] = taken.message_id
        letter.set_content("Thank you, and when will I hear more?\n\n> We have your application.\n")
        yield Sent(letter["Message-ID"], Place.CONVERSATION, taken), letter

    def anew(self, taken: Taken, moment: datetime) -> Iterator[tuple[Sent, EmailMessage]]:
        """A letter of their own to the address that they know, without a word of ours."""
        letter = self._letter(taken, moment)
        letter.replace_header("Subject", "My application")
        letter.set_content("Hello, may I add something to my application?\n")
        yield Sent(letter["Message-ID"], Place.CONVERSATION, taken), letter

    def stranger(self, taken: Taken, moment: datetime) -> Iterator[tuple[Sent, EmailMessage]]:
        letter = self._letter(taken, moment, sender=f"somebody{self._number}@elsewhere.internal")
        letter.replace_header("Subject", "A question")
        letter.set_content("Hello, do you take interns in summer?\n")
        yield Sent(letter["Message-ID"], Place.INBOX, taken), letter

    def absence(self, taken: Taken, moment: datetime) -> Iterator[tuple[Sent, EmailMessage]]:
        letter = self._letter(taken, moment)
        letter["Auto-Submitted"] = "auto-replied"
        letter["In-Reply-To"] = taken.message_id
        letter.set_content("I am away until Monday and read no mail.\n")
        yield Sent(letter["Message-ID"], Place.CONVERSATION, taken), letter

    def returned(self, taken: Taken, moment: datetime) -> Iterator[tuple[Sent, EmailMessage]]:
        """Taken by their server, which finds out afterwards that it cannot deliver it."""
        status = self.chance.choice(["5.2.2", "5.1.1"])
        letter = self._report(taken, moment, action="failed", status=status)
        yield Sent(letter["Message-ID"], Place.RECORD, taken, comes_back=True), letter

    def late(self, taken: Taken, moment: datetime) -> Iterator[tuple[Sent, EmailMessage]]:
        letter = self._report(taken, moment, action="delayed", status="4.4.7")
        yield Sent(letter["Message-ID"], Place.RECORD, taken), letter

    def _report(self, taken: Taken, moment: datetime, *, action: str, status: str) -> EmailMessage:
        """As RFC 3464 has it: words, what became of each reader, and the head of our message."""
        letter = self._letter(taken, moment, sender="MAILER-DAEMON@mx.internal")
        letter.replace_header("Subject", "Delivery Status Notification")
        letter["Auto-Submitted"] = "auto-replied"
        letter["Content-Type"] = 'multipart/report; report-type="delivery-status"'
        outcome = f"Final-Recipient: rfc822; {taken.to}\nAction: {action}\nStatus: {status}\n"
        head = f"Message-ID: {taken.message_id}\nTo: {taken.to}\nSubject: {taken.subject}\n"
        # The generator writes a delivery status out of messages, one for each block of fields.
        blocks: list[Block | str] = [
            message_from_string("Reporting-MTA: dns; mx.internal\n"),
            message_from_string(outcome),
        ]
        letter.attach(_part("text/plain", f"Your message to {taken.to}: {action}.\n"))
        letter.attach(_part("message/delivery-status", blocks))
        letter.attach(_part("text/rfc822-headers", head))
        return letter


def _part(kind: str, payload: str | list[Block | str]) -> EmailMessage:
    part = EmailMessage()
    part["Content-Type"] = kind
    part.set_payload(payload)
    return part


KINDS = {
    "answers": (12, Answers.answer),
    "letters of their own": (2, Answers.anew),
    "letters of strangers": (1, Answers.stranger),
    "absence notes": (3, Answers.absence),
    "letters that came back": (4, Answers.returned),
    "letters that are late": (2, Answers.late),
}
"""How often a letter of ours is answered so, in per cent."""


def _is_there(sent: Sent) -> bool:
    """Exactly once, and where it has to be. What has come too late for the end is looked for as well."""
    rows = IncomingMail.objects.filter(message_id=sent.number)
    if rows.count() != 1:
        return False
    if sent.place is Place.INBOX:
        return rows.filter(state=IncomingState.OPEN).exists()
    if sent.place is Place.CONVERSATION:
        return Message.objects.filter(incoming__in=rows, candidate__email=sent.about.to).count() == 1
    mail = OutgoingMail.objects.filter(heard__in=rows, to=sent.about.to).first()
    return mail is not None and (mail.state == MailState.BOUNCED or not sent.comes_back)
