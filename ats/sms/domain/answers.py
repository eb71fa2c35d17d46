"""What a provider's answer means. The library asks for the status of HTTP alone.

Vonage and seven answer 200 to what they did not send, and say so in the body; so the body is read here.
"""

import json
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from ats.kernel.kept import kept
from ats.kernel.staff_words import gettext_noop
from ats.sms.models import Provider

if TYPE_CHECKING:
    from ats.chat.actions.wire import Trace


class Outcome(Enum):
    SENT = "sent"
    LATER = "later"
    """Not now: it may be tried again."""
    NUMBER = "number"
    """Not to this number."""
    ACCOUNT = "account"
    """To nobody, until a person looks at the account."""
    STOPPED = "stopped"
    """Whoever has this number told the provider that they want none."""
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    outcome: Outcome
    why: str = ""


BROKE = gettext_noop("The line broke before the provider had answered: it may have been sent.")
UNREADABLE = gettext_noop("The provider's answer cannot be read: it may have been sent.")
LONGEST = 200
OF_ACCOUNT = frozenset({401, 402, 403, 404})
STOPPED_BY_TWILIO = 21610
NOT_NOW = frozenset({429, 503})
"""Of all other trouble nobody knows whether the SMS left before it came."""
VONAGE_LATER = frozenset({"1", "10"})
VONAGE_BROKE = "5"
VONAGE_ACCOUNT = frozenset({"2", "4", "8", "9", "14", "15", "29"})
SEVEN_ACCOUNT = frozenset({"201", "500", "900", "902", "903"})
SEVEN_SENT = frozenset({"100"})


def answer_of(provider: str, trace: "Trace") -> Answer:
    """What is true once a call came so far."""
    if not trace.status:
        if trace.begun:
            return Answer(Outcome.UNKNOWN, BROKE)
        return Answer(Outcome.NUMBER if trace.final else Outcome.LATER, trace.problem)
    said = _json(trace.body)
    if trace.status >= 300:
        return _in_trouble(trace.status) or _refused(provider, trace.status, said)
    if provider == Provider.VONAGE:
        return _vonage(said)
    return _seven(said) if provider == Provider.SEVEN else Answer(Outcome.SENT)


def _in_trouble(status: int) -> Answer | None:
    if status in NOT_NOW:
        return Answer(Outcome.LATER, kept(f"The provider is in trouble ({status})."))
    if status >= 500:
        return Answer(Outcome.UNKNOWN, kept(f"The provider is in trouble ({status}): it may have been sent."))
    return None


def _refused(provider: str, status: int, said: Any) -> Answer:
    code, words = said.get("code"), _line(said.get("message") or said.get("text"))
    if provider == Provider.TWILIO and code == STOPPED_BY_TWILIO:
        return Answer(Outcome.STOPPED, "They told the provider that they want no SMS.")
    why = kept(f"The provider said no ({status}). {words}").strip()
    return Answer(Outcome.ACCOUNT if status in OF_ACCOUNT else Outcome.NUMBER, why)


def _vonage(said: Any) -> Answer:
    messages = said.get("messages")
    parts = [part for part in messages if isinstance(part, dict)] if isinstance(messages, list) else []
    if not parts:
        return Answer(Outcome.UNKNOWN, UNREADABLE)
    codes = [str(part.get("status", "")) for part in parts]
    if all(code == "0" for code in codes):
        return Answer(Outcome.SENT)
    if "0" in codes or VONAGE_BROKE in codes:  # a part of it is on its way, or may be
        return Answer(Outcome.UNKNOWN, UNREADABLE)
    words = _line(parts[0].get("error-text"))
    return _by_code(codes[0], words, later=VONAGE_LATER, account=VONAGE_ACCOUNT)


def _seven(said: Any) -> Answer:
    code = str(said.get("success", "")) if isinstance(said, dict) else ""
    if code in SEVEN_SENT:
        return Answer(Outcome.SENT)
    if not code.isdigit():
        return Answer(Outcome.UNKNOWN, UNREADABLE)
    return _by_code(code, "", later=frozenset(), account=SEVEN_ACCOUNT)


def _by_code(code: str, words: str, *, later: frozenset[str], account: frozenset[str]) -> Answer:
    why = kept(f"The provider said no ({code}). {words}").strip()
    if code in later:
        return Answer(Outcome.LATER, why)
    return Answer(Outcome.ACCOUNT if code in account else Outcome.NUMBER, why)


def _json(body: str) -> Any:
    """What the body says as an object; seven answers with a bare code as well."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    if isinstance(said, dict):
        return said
    return {"success": said} if isinstance(said, int | str) and not isinstance(said, bool) else {}


def _line(words: Any) -> str:
    return " ".join(str(words or "").split())[:LONGEST]
