"""A mail server inside the test, with all the moods of a real one."""

import asyncio
import email
import email.policy
import logging
from email.message import EmailMessage
from types import TracebackType

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from ats.embedded.sockets import free_port

logging.getLogger("mail.log").setLevel(logging.ERROR)


class Catcher:
    """Keeps what it is given in `messages`, in order.

    refuse_sender = "550 5.7.1 not from you"               refuses whoever it comes from
    refuse["a@example.com"] = "550 5.1.1 no such person"   refuses that recipient
    delay = 2                                              seconds it has a message before it says so
    answer = "451 4.3.0 try later"                         says this to every message instead of taking it
    confirm = "250 2.0.0 kept"                             says this to every message that it takes
    hang_up = True                                         takes the message, and is gone before it says so
    break_at = {"EHLO"}                                    is gone instead of answering (EHLO, MAIL, RCPT)
    refuse_everybody = "421 4.3.2 too busy"                refuses whomever it is for
    slow_at = {"RCPT": 2}                                  seconds before it answers that
    pipelining = False                                     takes one command at a time
    smtputf8 = False                                       at the next start, knows no letters but ASCII
    stop() / start()                                       goes down / comes back at the same port
    """

    def __init__(self) -> None:
        self.port = free_port()
        self.messages: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.options: list[list[str]] = []
        self.connections = 0
        self.refuse: dict[str, str] = {}
        self.refuse_sender = ""
        self.smtputf8 = True
        self.pipelining = True
        self.delay = 0.0
        self.answer = ""
        self.confirm = "250 2.0.0 kept"
        self.hang_up = False
        self.break_at: set[str] = set()
        self.refuse_everybody = ""
        self.slow_at: dict[str, float] = {}
        self._controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(
            self, hostname="127.0.0.1", port=self.port, ready_timeout=10, enable_SMTPUTF8=self.smtputf8
        )
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def to(self, address: str) -> list[EmailMessage]:
        """The messages that this address was given."""
        whole = len(self.envelopes)  # noted after its message: the newest may be half noted
        pairs = zip(self.messages[:whole], self.envelopes[:whole], strict=True)
        return [message for message, (_, recipients) in pairs if address in recipients]

    def __enter__(self) -> "Catcher":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    async def _mood(self, server: SMTP, command: str) -> None:
        if command in self.slow_at:
            await asyncio.sleep(self.slow_at[command])
        if command in self.break_at and server.transport is not None:
            server.transport.abort()

    # What aiosmtpd asks for while it talks to a client.

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        await self._mood(server, "EHLO")
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]] if self.pipelining else responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self._mood(server, "MAIL")
        if self.refuse_sender:
            return self.refuse_sender
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 fine"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self._mood(server, "RCPT")
        if self.refuse_everybody:
            return self.refuse_everybody
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 fine"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answer:
            return self.answer
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        message = email.message_from_bytes(content, policy=email.policy.default)
        self.messages.append(message)
        self.envelopes.append((str(envelope.mail_from), list(envelope.rcpt_tos)))
        self.options.append([each for each in envelope.mail_options if not each.upper().startswith("SIZE=")])
        if self.delay:
            await asyncio.sleep(self.delay)
        if self.hang_up and server.transport is not None:
            server.transport.abort()
        return self.confirm
