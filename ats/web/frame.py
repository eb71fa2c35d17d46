"""What stands around every page, put together once for whoever sees the same of it."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

if TYPE_CHECKING:
    from ats.web.shell import Entry

TOKEN = "the-token-of-the-request"  # noqa: S105 (what each request's own takes the place of)


@dataclass(frozen=True)
class Frame:
    """All that the frame shows: of somebody signed in who they are, of others nothing."""

    rail: "tuple[Entry, ...]" = ()
    account: "tuple[Entry, ...]" = ()
    name: str = ""
    role: str = ""
    recruits: bool = False
    settings_url: str = ""
    person: int = 0


@lru_cache(maxsize=256)
def _drawn(part: str, frame: Frame, _language: str | None) -> str:
    return render_to_string(f"parts/{part}.html", {"frame": frame, "csrf_token": TOKEN})


def drawn(part: str, frame: Frame, *, token: str) -> SafeString:
    """The part (`rail`, `user_menu`, `layers`) with this request's token in its forms."""
    return SafeString(_drawn(part, frame, get_language()).replace(TOKEN, token))
