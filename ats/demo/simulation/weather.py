"""A mail server with the moods of a real one, each for an hour, and what it took from us."""

import asyncio
import email
import email.policy
import logging
import re
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from ats.embedded.sockets import free_port

logging.getLogger("mail.log").setLevel(logging.ERROR)

OWN_LINK = re.compile(r"/(?:survey|your-data)/[^/\s)]+")
"""What is kept of a message nowhere else: rows forget links that open something once they have left."""
MOODS = {"fine": 88.0, "busy": 5.0, "gone": 3.0, "drops": 3.0, "forgets to say so": 1.0}
"""How often an hour is so, in per cent; `forgets to say so`: it takes a message and is gone before it says that."""
NOBODY = "550 5.1.1 no such person"


@dataclass(frozen=True)
class Taken:
    """A message that arrived: its own number, for whom, where its answers go, and the link that is its reader's own."""

    message_id: str
    to: str
    reply_to: str = ""
    subject: str = ""
    link: str = ""


class Weather:
    """`with Weather(chance, faults=True) as weather:` listens on `weather.port`; `hour()` changes the mood.

    `wrong` are addresses at which nobody is, whatever the mood.
    """

    def __init__(self, chance: Random, *, faults: bool) -> None:
        self.chance, self.faults = chance, faults
        self.port, self.mood = free_port(), "fine"
        self.taken: list[Taken] = []
        self.wrong: set[str] = set()
        self.hours = Counter[str]()
        self._controller: Controller | None = None

    def __enter__(self) -> Self:
        self._listen()
        return self

    def __exit__(self, *_: object) -> None:
        self._fall_silent()

    def hour(self) -> str:
        """How it is from now on, by chance."""
        if self.faults:
            self.mood = self.chance.choices(list(MOODS), list(MOODS.values()))[0]
        self.hours[self.mood] += 1
        if self.mood == "gone":
            self._fall_silent()
        else:
            self._listen()
        return self.mood

    def clear_up(self) -> None:
        """No faults from here on, so that what is on its way arrives."""
        self.faults, self.mood = False, "fine"
        self._listen()

    def _listen(self) -> None:
        if self._controller is None:
            self._controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=10)
            self._controller.start()

    def _fall_silent(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    # What aiosmtpd asks for while it talks to a client.

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.wrong:
            return NOBODY
        if self.mood == "drops":
            _hang_up(server)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 fine"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.mood == "busy":
            return "451 4.3.0 try later"
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        message = email.message_from_bytes(content, policy=email.policy.default)
        text = message.get_body(("plain",))
        link = OWN_LINK.search(text.get_content() if text else "")
        facts = {"reply_to": str(message["Reply-To"] or ""), "subject": str(message["Subject"])}
        facts |= {"link": link[0] if link else ""}
        self.taken += [Taken(str(message["Message-ID"]), address, **facts) for address in envelope.rcpt_tos]
        if self.mood == "forgets to say so":
            _hang_up(server)
        return "250 2.0.0 kept"


def _hang_up(server: SMTP) -> None:
    if isinstance(server.transport, asyncio.WriteTransport):
        server.transport.abort()
