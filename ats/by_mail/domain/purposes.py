"""What can be done from a mail: each purpose by its name, declared by the room whose thing it is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import QueryDict

from ats.by_mail.models import MailKey
from ats.organisation.models import HiringOrganisation


@dataclass(frozen=True)
class Shown:
    """The page behind a link: its template, what it shows, and the form whose sending does it."""

    template: str
    form: Form
    organisation: HiringOrganisation
    """In whose name it is asked."""
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """What was done, in a sentence; `further` is the address of what waits next, if there is such a thing."""

    said: str
    further: str = ""


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """`show` raises an `ActionError` where nothing is left to do; `act` is the action behind the form.

    Both ask anew what this person may do now: the key says who they are, and nothing else.
    """

    name: str
    show: Callable[[MailKey, QueryDict | None, datetime], Shown]
    act: Callable[[MailKey, Form, datetime], Done]


_purposes: dict[str, Purpose] = {}


def declare(purposes: Iterable[Purpose]) -> None:
    for purpose in purposes:
        if purpose.name in _purposes:
            raise ValueError(f"The purpose {purpose.name} is declared twice.")
        _purposes[purpose.name] = purpose


def known() -> dict[str, Purpose]:
    return dict(_purposes)
