"""What an SMS to a candidate says: who writes, what it is about, and where to read it. Nothing of why, or of what.

A telephone shows it to whoever looks at it.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext

from ats.kernel.languages import speaking
from ats.sms.domain.segments import MOST, fitted, segments


@dataclass(frozen=True, kw_only=True)
class Said:
    """Who writes, in which language, where it can be read, and whether answers are."""

    name: str
    language: str
    hears: bool
    link: str = ""


def news(said: Said) -> str:
    with speaking(said.language):
        return _whole(gettext("%(name)s: there is news on your application: %(link)s"), said)


def times(said: Said) -> str:
    """Several interviews, or one whose time they are to choose."""
    with speaking(said.language):
        return _whole(gettext("%(name)s: about your interview times: %(link)s"), said)


def interview(said: Said, *, at: datetime, zone: ZoneInfo, is_off: bool) -> str:
    """When it is; or that it is not then. In few figures where two SMS would not hold the name of the day."""
    local = at.astimezone(zone)
    with speaking(said.language):
        if is_off:
            text = gettext("%(name)s: your interview on %(when)s is cancelled: %(link)s")
        else:
            text = gettext("%(name)s: your interview: %(when)s. %(link)s")
        whole = _whole(text, said, when=f"{date_format(local, 'WEEKDAY_TIME')} {local:%Z}".rstrip())
        return whole if segments(whole) <= MOST else _whole(text, said, when=f"{local:%d/%m %H:%M}")


def code(said: Said, *, number: str, minutes: int) -> str:
    with speaking(said.language):
        text = gettext("%(name)s: your code is %(number)s. It holds for %(minutes)s minutes.")
        return _whole(text, said, number=number, minutes=minutes)


def _whole(text: str, said: Said, **facts: object) -> str:
    way_out = gettext("Reply STOP to end SMS.") if said.hears else gettext("Answers by SMS are not read.")

    def say(name: str) -> str:
        return f"{text % {'name': name, 'link': said.link, **facts}}\n{way_out}"

    return fitted(say, said.name)
