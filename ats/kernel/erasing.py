"""What becomes of each table when a person is erased: said in one place of each package (`erased.py`).

A package says it of its own tables, because nobody below knows of them; `candidates/erasure` goes through all of them
in one transaction. A law test holds the tables against `data_classes.py`: every field that is the candidate's goes,
or is named with the reason for which it stays (`STAYS`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, F, Model, TextField, Value, When

ERASED = "[erased]"
"""What stands where a text was that may not be empty."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who is erased, as they were known until now: their words are looked for where colleagues wrote them."""

    id: int
    first_name: str
    last_name: str
    email: str
    email_key: str
    phone: str
    since: datetime
    until: datetime
    """From when to when somebody may have written of them."""
    roles: tuple[int, ...]
    also: tuple[str, ...] = ()
    """Their further e-mail addresses and telephone numbers, and how they want to be addressed."""
    also_keys: tuple[tuple[str, str], ...] = ()
    """The e-mail addresses among them, each with the form by which it is found."""

    @property
    def addresses(self) -> list[tuple[str, str]]:
        """Every e-mail address by which they were known, with the form by which it is found."""
        return [(self.email, self.email_key), *self.also_keys]

    @property
    def called(self) -> list[str]:
        """The words that are nobody else's: name and address in full, longest first."""
        full = " ".join(filter(None, [self.first_name, self.last_name])) if self.last_name else ""
        turned = f"{self.last_name}, {self.first_name}" if full and self.first_name else ""
        return sorted(filter(None, {full, turned, self.email, self.phone, *self.also}), key=len, reverse=True)

    @property
    def called_in_short(self) -> list[str]:
        """The names alone too, for texts about their own roles."""
        return [*self.called, *filter(None, [self.last_name, self.first_name])]


@dataclass(frozen=True, kw_only=True)
class Goes:
    """The rows of `model` whose `of` leads to a person go; or, with `leaves`, only those fields of them do.

    `kept` names the trigger that holds such rows against everybody else.
    """

    model: type[Model]
    of: str
    leaves: Mapping[str, Any] = field(default_factory=dict)
    kept: str = ""


@dataclass(frozen=True, kw_only=True)
class Work:
    """What takes a statement of its own, of all these people; `fields`: what it empties or redacts, by model."""

    name: str
    fields: Mapping[type[Model], Sequence[str]]
    does: Callable[[Sequence[Person], datetime], None]
    last: bool = False
    """After all others: what it takes is what they find the person by."""


@dataclass
class Table:
    """What all packages said, in the order in which it is done."""

    goes: list[Goes] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    stays: dict[str, str] = field(default_factory=dict)


TABLE = Table()


def declare(
    *, goes: Iterable[Goes] = (), works: Iterable[Work] = (), stays: Mapping[str, str] | None = None
) -> None:
    """Make a package's part known. `stays`: a field (`app.Model.field`), and why it is not touched."""
    TABLE.goes.extend(goes)
    TABLE.works.extend(works)
    TABLE.stays.update(stays or {})


def hidden(name: str) -> Case:
    """What a text that may have to say something leaves: nothing where there was nothing, else that it was there."""
    return Case(When(**{name: ""}, then=F(name)), default=Value(ERASED), output_field=TextField())
