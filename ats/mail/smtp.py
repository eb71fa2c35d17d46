"""Handing messages to the mail server, and telling apart what can go wrong.

Written on `smtplib`'s single commands, because what matters is *where* it failed: before the content left,
the message certainly was not taken; after it, nobody knows.
"""

import contextlib
import re
import selectors
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, NoReturn

from django.conf import settings

from ats.mail import kept
from ats.mail.incoming import statuses
from ats.mail.message import Undeliverable, ascii_domain, sender


class Unreachable(Exception):
    """There is no session to be had with the server now, whatever the message.

    `answered`: it is there, and sends us away or breaks off.
    """

    def __init__(self, words: str, *, answered: bool) -> None:
        super().__init__(words)
        self.answered = answered


class Interrupted(Exception):
    """The session broke, or the server ended it, at this message; it certainly was not taken."""


class Cut(Exception):
    """After the content had left there was no answer, or none that says anything: it may have been taken."""


class Refused(Exception):
    """The server said no to this message, for now (4xx) or for good (5xx)."""

    def __init__(self, code: int, text: str, *, recipient: bool = False) -> None:
        super().__init__(f"{code} {text}")
        self.code = code
        self.text = text
        self.recipient = recipient

    @property
    def final(self) -> bool:
        return self.code >= 500

    @property
    def about_itself(self) -> bool:
        """For now, and for a reason that has nothing to do with this message (RFC 3463: X.3 system, X.4 network)."""
        return not self.final and bool(re.match(r"4\.[34]\.\d", self.text))

    @property
    def no_such_address(self) -> bool:
        """The server says for good that this address does not exist, and not that it dislikes our mail."""
        if not (self.recipient and self.final):
            return False
        says_code = statuses.has_enhanced_code(self.text)
        return (says_code or self.code in {550, 551}) and statuses.exact("", self.text) in statuses.GONE


@dataclass(frozen=True, kw_only=True)
class _Step:
    """One command of a message; `go_on`: the first digit of the answer after which the next may be said.

    `about_us`, `recipient`: what a refusal is about.
    """

    line: str = field(kw_only=False)
    about_us: bool = False
    recipient: bool = False
    go_on: int = 2


TROUBLE = (OSError, smtplib.SMTPException, EOFError)
CLOSING = 421
REFUSALS = (4, 5)
TOO_LARGE = 552


class Session:
    """One connection to the mail server, opened when it is needed, used for many messages."""

    def __init__(self) -> None:
        self._client: smtplib.SMTP | None = None
        self._handed = 0

    @property
    def fresh(self) -> bool:
        """Nothing has been handed over in this connection yet."""
        return self._handed == 0

    def open(self) -> None:
        """Connect, unless a living connection is there; raises `Unreachable`."""
        if kept.in_story():  # which no server is told
            return
        if self._client is not None:
            try:
                if self._client.noop()[0] == 250:
                    return
            except TROUBLE:
                pass
            self.close()
        try:
            self._client = _connect()
        except TROUBLE as error:
            answered = isinstance(error, smtplib.SMTPException | ConnectionResetError)
            raise Unreachable(_words(error), answered=answered) from error
        self._handed = 0

    def close(self) -> None:
        client, self._client, self._handed = self._client, None, 0
        if client is not None:
            try:
                client.quit()
            except TROUBLE:
                client.close()

    def hand_over(
        self,
        to: str,
        content: bytes,
        *,
        before: Callable[[], object] = lambda: None,
        meanwhile: Callable[[], object] = lambda: None,
        on_wait: Callable[[], object] = lambda: None,
    ) -> str:
        """Give the server one message; its answer. Raises `Unreachable`, `Interrupted`, `Cut` or `Refused`.

        `before` is called before it is given any of the content, mostly while it thinks about whom it is for;
        `meanwhile` when it has the content, and must not raise; `on_wait` when it then takes longer over it than
        over anything else.
        """
        if self._client is None:
            before()
        if answer := kept.keep(to, content):
            before()
            return answer
        self.open_if_closed()
        client = self._client
        assert client is not None
        to = ascii_domain(to)
        self._handed += 1
        self._envelope(client, to, self._options(client, to, content), before)
        return self._content(client, content, meanwhile, on_wait)

    def open_if_closed(self) -> None:
        if self._client is None:
            self.open()

    def _options(self, client: smtplib.SMTP, to: str, content: bytes) -> str:
        options = f" SIZE={len(content)}" if client.has_extn("size") else ""
        if not to.isascii():
            if not client.has_extn("smtputf8"):
                raise Undeliverable("The mail server cannot deliver to an address with such letters.")
            client.command_encoding = "utf-8"
            options += " SMTPUTF8"
        return options

    def _envelope(self, client: smtplib.SMTP, to: str, options: str, before: Callable[[], object]) -> None:
        """Say from whom and for whom, and that the content comes.

        Where the server says that it takes commands in groups (RFC 2920), all three go at once: a server at some
        distance has taken a letter after two round trips, and not after four.
        """
        steps = (
            _Step(f"MAIL FROM:<{sender()}>{options}", about_us=True),
            _Step(f"RCPT TO:<{to}>", recipient=True),
            _Step("DATA", go_on=3),
        )
        together = client.has_extn("pipelining")
        for said, step in enumerate(steps):
            if not (together and said):
                self._say(client, steps if together else [step])
            if not said:
                self._do(before)
            if refusal := self._heard(client, step):
                self._clear(client, unheard=len(steps) - said - 1 if together else 0)
                raise refusal

    def _do(self, work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException:  # nobody is there to say the rest
            self.close()
            raise

    def _say(self, client: smtplib.SMTP, steps: Sequence[_Step]) -> None:
        lines = [step.line for step in steps]
        if any(re.search(r"[\r\n]", line) for line in lines):
            raise Undeliverable("There is a line break in the address.")
        try:
            client.send("".join(f"{line}\r\n" for line in lines))
        except TROUBLE as error:
            self._break_off(_words(error), steps[0].about_us)

    def _heard(self, client: smtplib.SMTP, step: _Step) -> Refused | None:
        """What the server has against the message; None if the next may be said."""
        try:
            code, answer = client.getreply()
        except TROUBLE as error:
            self._break_off(_words(error), step.about_us)
        if code // 100 == step.go_on:
            return None
        text = _decoded(answer)
        if code == CLOSING or code // 100 not in REFUSALS or (step.about_us and code != TOO_LARGE):
            # What the server has against the sender it would have against every message.
            self._break_off(f"{code} {text}", step.about_us)
        return Refused(code, text, recipient=step.recipient)

    def _break_off(self, why: str, about_us: bool) -> NoReturn:
        self.close()
        raise Unreachable(why, answered=True) if about_us else Interrupted(why)

    def _content(
        self,
        client: smtplib.SMTP,
        content: bytes,
        meanwhile: Callable[[], object],
        on_wait: Callable[[], object],
    ) -> str:
        try:
            client.send(re.sub(rb"(?m)^\.", b"..", content) + (b"" if content.endswith(b"\r\n") else b"\r\n"))
        except TROUBLE as error:  # without its end the server must not take it
            self.close()
            raise Interrupted(_words(error)) from error
        try:
            client.send(b".\r\n")
            meanwhile()
            if not _answers_within(client, settings.EMAIL_TIMEOUT):
                on_wait()
            with _patience(client, settings.EMAIL_ANSWER_TIMEOUT):
                code, answer = client.getreply()
        except TROUBLE as error:
            self.close()
            raise Cut(_words(error)) from error
        text = _decoded(answer)
        if code == CLOSING:
            self.close()
            raise Interrupted(f"{code} {text}")
        if code // 100 in REFUSALS:
            raise Refused(code, text)
        if code // 100 != 2:
            self.close()
            raise Cut(f"The mail server gave an answer that says nothing: {code} {text}")
        return f"{code} {text}"

    def _clear(self, client: smtplib.SMTP, *, unheard: int) -> None:
        """Let the next message start clean, after so many answers to what was said with the refused command."""
        try:
            codes = [client.getreply()[0] for _ in range(unheard)]
            if 354 in codes:  # it waits for the content of a message for nobody (RFC 2920, 3.1)
                client.send(".\r\n")
                client.getreply()
            client.rset()
        except TROUBLE:
            self.close()

    def __enter__(self) -> "Session":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _connect() -> smtplib.SMTP:
    # The name is given: smtplib would ask the resolver for ours, which can take long where there is none.
    where: dict[str, Any] = {
        "host": settings.EMAIL_HOST,
        "port": settings.EMAIL_PORT,
        "timeout": settings.EMAIL_TIMEOUT,
        "local_hostname": settings.MAIL_DOMAIN,
    }
    if settings.EMAIL_USE_SSL:
        client: smtplib.SMTP = smtplib.SMTP_SSL(**where, context=ssl.create_default_context())
    else:
        client = smtplib.SMTP(**where)
    try:
        client.ehlo_or_helo_if_needed()
        if settings.EMAIL_USE_TLS:
            client.starttls(context=ssl.create_default_context())
            client.ehlo()
        if settings.EMAIL_HOST_USER:
            client.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except BaseException:
        client.close()
        raise
    if client.sock is not None:
        # Commands are short and each waits for its answer: nothing is gained by gathering them.
        client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client


def _answers_within(client: smtplib.SMTP, seconds: float) -> bool:
    """Whether the server says something within this time; reading it may then still take longer."""
    if client.sock is None or (isinstance(client.sock, ssl.SSLSocket) and client.sock.pending()):
        return True
    with selectors.DefaultSelector() as selector:
        selector.register(client.sock, selectors.EVENT_READ)
        return bool(selector.select(seconds))


@contextlib.contextmanager
def _patience(client: smtplib.SMTP, seconds: float) -> Iterator[None]:
    """RFC 5321, 4.5.3.2.6: a server may need ten minutes to make sure of a message before it confirms it."""
    if client.sock is not None:
        client.sock.settimeout(max(seconds, settings.EMAIL_TIMEOUT))
    try:
        yield
    finally:
        if client.sock is not None:
            client.sock.settimeout(settings.EMAIL_TIMEOUT)


def _decoded(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())[:450]


def _words(error: BaseException) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_decoded(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"[:450]
