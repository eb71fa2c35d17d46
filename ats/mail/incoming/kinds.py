"""What a message is, and of whom and of which message of ours it speaks.

What is made for machines counts first: fields, types, marks. Words are asked only where these are silent, and only
of what a machine has sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from email.message import Message
from enum import StrEnum

from ats.mail.incoming import addressees, addresses, calendars, marks, quoted, reports, statuses, words
from ats.mail.incoming.parsing import header, headers, own_parts, param
from ats.mail.incoming.quoted import Original
from ats.mail.incoming.reports import ARRIVED, COMPLAINED, DELAYED, FAILED, Said

FEEDBACK = frozenset({"message/feedback-report"})
DISPOSITION = frozenset({"message/disposition-notification", "message/global-disposition-notification"})
RULE = "5.7.1"
"""RFC 5429: what somebody's own filter refuses."""
DEEPEST = 2


class Kind(StrEnum):
    FAILURE = "failure"
    DELAY = "delay"
    COMPLAINT = "complaint"
    AUTOMATIC = "automatic"
    CALENDAR = "calendar"
    LETTER = "letter"


@dataclass(frozen=True)
class Failure:
    """One recipient whom a message did not reach: for good, or (of a delay) not yet."""

    recipient: str
    status: str = ""
    reason: str = ""
    also: tuple[str, ...] = ()

    @property
    def no_such_address(self) -> bool:
        return self.status in statuses.GONE

    def is_about(self, address: str) -> bool:
        return addresses.key(address) in {
            addresses.key(each) for each in (self.recipient, *self.also) if each
        }


@dataclass(frozen=True)
class Incoming:
    """What a message is taken for; `message_id` is of the message of ours that it speaks of or answers."""

    kind: Kind
    message_id: str = ""
    failures: tuple[Failure, ...] = ()

    @property
    def recipient(self) -> str:
        return self.failures[0].recipient if self.failures else ""

    @property
    def status(self) -> str:
        return self.failures[0].status if self.failures else ""

    def about(self, address: str) -> Failure | None:
        """What it says of this recipient; of whoever it was, where it names nobody."""
        named = (failure for failure in self.failures if failure.is_about(address))
        return next(named, None) or next((each for each in self.failures if not each.recipient), None)


@dataclass(frozen=True)
class Opened:
    """A message with what is asked of it more than once."""

    message: Message
    texts: tuple[str, ...]
    own_words: str
    """What its sender says, without what came back below it."""
    original: Original
    depth: int

    @property
    def to(self) -> tuple[str, ...]:
        return addresses.in_headers(headers(self.message, "To") + headers(self.message, "Delivered-To"))


def read(message: Message, *, depth: int = 0) -> Incoming:
    """What this message is taken for; `depth` says in how many reports it was wrapped."""
    texts = quoted.own_texts(message)
    opened = Opened(
        message,
        tuple(texts),
        "\n".join(quoted.split(text)[0] for text in texts)[: addressees.LONGEST],
        quoted.find(message, texts),
        depth,
    )
    for look in (_complaint, _report, _calendar, _disposition, _in_words):
        if (found := look(opened)) is not None:
            return found
    kind = Kind.AUTOMATIC if marks.is_automatic(message, opened.own_words) else Kind.LETTER
    return Incoming(kind, quoted.answered(message))


# --- What is made for machines


def _complaint(opened: Opened) -> Incoming | None:
    """RFC 5965; and what says so in its subject, with the message that somebody complains of."""
    message, original = opened.message, opened.original
    said, own_id = _notified(opened)
    if any(each.outcome == COMPLAINED for each in said):
        return Incoming(Kind.COMPLAINT, own_id or original.message_id, _failures(said, COMPLAINED, opened))
    fields = quoted.fields_of(message, FEEDBACK)
    is_report = bool(fields) or param(message, "report-type") == "feedback-report"
    if fields.get("feedback-type", [""])[0].strip().lower() == "not-spam":
        return Incoming(Kind.AUTOMATIC, original.message_id)
    subject = words.plain(header(message, "Subject"))
    if not is_report and not (original.came_back and words.says(subject, words.COMPLAINT)):
        return None
    named = (fields.get("original-rcpt-to", []), fields.get("removal-recipient", []), list(original.to))
    names = addresses.in_headers(value for values in named for value in values)
    failures = (Failure(names[0], also=names[1:]),) if names else ()
    return Incoming(Kind.COMPLAINT, original.message_id, failures)


def _notified(opened: Opened) -> tuple[list[Said], str]:
    return reports.from_json(opened.texts[0]) if opened.texts else ([], "")


def _report(opened: Opened) -> Incoming | None:
    """RFC 3464 and 6533, in a part of its own or among words; a service's notification."""
    message = opened.message
    if marks.is_a_persons_answer(message) and message.get_content_type() != "multipart/report":
        return None
    said, own_id = reports.from_parts(message), ""
    if not said and marks.is_by_a_machine(message):
        said, own_id = _notified(opened)
        said = said or [each for text in opened.texts for each in reports.from_text(text)]
    for outcome, kind in ((FAILED, Kind.FAILURE), (DELAYED, Kind.DELAY)):
        if failures := _failures(said, outcome, opened):
            return Incoming(kind, own_id or opened.original.message_id, failures)
    if any(each.outcome == ARRIVED for each in said):
        return Incoming(Kind.AUTOMATIC, own_id or opened.original.message_id)
    return _wrapped(opened)


def _wrapped(opened: Opened) -> Incoming | None:
    """A report that a machine passes on within another."""
    if opened.depth >= DEEPEST or not marks.is_by_a_machine(opened.message):
        return None
    for part in own_parts(opened.message):
        for each in quoted.inside(part):
            found = read(each, depth=opened.depth + 1)
            if found.kind in {Kind.FAILURE, Kind.DELAY}:
                return found
    return None


def _failures(said: Iterable[Said], outcome: str, opened: Opened) -> tuple[Failure, ...]:
    found = [each for each in said if each.outcome == outcome]
    return tuple(_completed(each, opened, alone=len(found) == 1) for each in found)


def _completed(said: Said, opened: Opened, *, alone: bool) -> Failure:
    """What fields leave out, out of the words beside them: where they are about one recipient, whose these are."""
    failure = Failure(said.recipient, said.status, said.reason, said.also)
    if not alone:
        return failure
    others = opened.original.to
    if not failure.recipient:
        named = addressees.in_words(opened.own_words, opened.original, opened.to) or others
        failure = replace(failure, recipient=named[0] if named else "")
    if said.outcome == FAILED and (not failure.status or failure.status.endswith(".0.0")):
        failure = replace(failure, status=statuses.exact(failure.status, opened.own_words[: words.LONGEST]))
    if not failure.reason:
        failure = replace(failure, reason=" ".join(opened.own_words.split())[: reports.LONGEST_REASON])
    return replace(
        failure, also=tuple(each for each in (*failure.also, *others) if each != failure.recipient)
    )


def _calendar(opened: Opened) -> Incoming | None:
    if not calendars.has_answer(opened.message):
        return None
    return Incoming(Kind.CALENDAR, quoted.answered(opened.message))


def _disposition(opened: Opened) -> Incoming | None:
    """RFC 8098: what became of a message after it had arrived. A filter that refuses it says "deleted" (RFC 5429)."""
    message = opened.message
    fields = quoted.fields_of(message, DISPOSITION)
    if not fields:
        return None
    found = quoted.ID.search(" ".join(fields.get("original-message-id", [])))
    message_id = f"<{found[1]}>" if found else opened.original.message_id
    told = f"{header(message, 'Subject')} {header(message, 'Auto-Submitted')} {opened.own_words}"
    is_deleted = "deleted" in " ".join(fields.get("disposition", [])).lower()
    if not (is_deleted and words.says(words.plain(told), words.REFUSED)):
        return Incoming(Kind.AUTOMATIC, message_id)
    said = [
        each
        for name in reports.RECIPIENT
        for value in fields.get(name, [])
        for each in addresses.in_field(value)
    ]
    names = tuple(dict.fromkeys((*said, *opened.original.to)))
    reason = " ".join(opened.own_words.split())[: reports.LONGEST_REASON]
    return Incoming(Kind.FAILURE, message_id, (Failure(names[0] if names else "", RULE, reason, names[1:]),))


# --- What is said in words alone


def _in_words(opened: Opened) -> Incoming | None:
    """A mail system's report in words: a failure, or a delay; None where it is none."""
    message = opened.message
    subject, text = words.plain(header(message, "Subject")), words.plain(opened.own_words)
    if not _is_report(opened, subject, text):
        return None
    kind = Kind.DELAY if _is_delayed(subject, text) else Kind.FAILURE
    failed = addresses.in_headers(headers(message, "X-Failed-Recipients"))
    named = addressees.in_words(opened.own_words, opened.original, opened.to)
    names = tuple(dict.fromkeys((*failed, *named, *opened.original.to)))
    reason = " ".join(opened.own_words.split())
    status = statuses.exact("", opened.own_words[: words.LONGEST])
    if kind is Kind.DELAY and not status.startswith("4"):
        status = ""
    failure = Failure(names[0] if names else "", status, reason[: reports.LONGEST_REASON], names[1:])
    return Incoming(kind, opened.original.message_id, (failure,))


def _is_report(opened: Opened, subject: str, text: str) -> bool:
    message = opened.message
    if header(message, "X-Failed-Recipients") or param(message, "report-type") == "delivery-status":
        return True
    if subject.startswith(words.AUTOMATIC) or marks.is_a_persons_answer(message):
        return False
    in_subject = words.says(subject, words.FAILED) or words.says(subject, words.DELAYED)
    in_text = words.says(text, words.FAILED) or words.says(text, words.DELAYED)
    came_back, code = opened.original.came_back, statuses.has_code(opened.own_words)
    if marks.is_from_a_daemon(message):
        return in_subject or in_text or code or came_back
    if marks.is_from_a_postmaster(message):
        return (in_subject and in_text) or ((in_subject or in_text) and (code or came_back))
    if marks.is_by_a_machine(message):  # parcels and orders fail as well
        is_of_mail = came_back or statuses.has_enhanced_code(opened.own_words)
        return (in_subject or in_text) and (is_of_mail or (in_subject and marks.has_no_way_back(message)))
    is_first = not header(message, "In-Reply-To") and not header(message, "References")
    return is_first and came_back and in_subject and (in_text or code)


def _is_delayed(subject: str, text: str) -> bool:
    if words.says(subject, words.DELAYED):
        return True
    if words.says(subject, words.FAILED) or words.says(text, words.GIVEN_UP):
        return False
    return words.says(text, words.DELAYED)
