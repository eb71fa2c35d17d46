"""Whom somebody means: rows that were ticked, or everybody who was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ats.kernel.numbers import number, numbers

MOST = 20_000
"""People in one run."""
MOST_TICKED = 900
"""Fewer than the fields that a form may have."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a page sends: people or applications by their numbers, or the filter under which all were found.

    `requisition` and `stage`: on the board of this role, everybody in this column.
    """

    people: tuple[int, ...] = ()
    applications: tuple[int, ...] = ()
    everybody: bool = False
    filters: str = ""
    requisition: int | None = None
    stage: int | None = None

    @classmethod
    def of(cls, sent: Any, filters: str) -> "Choice":
        """From a form (`QueryDict`) and the filters of the page it was on."""
        stage = number(sent.get("everyone", ""))
        return cls(
            people=tuple(numbers(sent.getlist("person"))[:MOST_TICKED]),
            applications=tuple(numbers(sent.getlist("application"))[:MOST_TICKED]),
            everybody="everybody" in sent or stage is not None,
            filters=filters,
            requisition=number(sent.get("requisition_of", "")),
            stage=stage,
        )

    def fields(self) -> list[tuple[str, str]]:
        """The same again, for the next form."""
        said = [("person", str(pk)) for pk in self.people]
        said += [("application", str(pk)) for pk in self.applications]
        if self.requisition:
            said.append(("requisition_of", str(self.requisition)))
        if self.stage:
            said.append(("everyone", str(self.stage)))
        elif self.everybody:
            said.append(("everybody", "1"))
        return said


@dataclass(frozen=True)
class Place:
    """One of the chosen: with which application, and why not, if not."""

    candidate: int
    application: int | None
    why: str = ""


Facts = Mapping[str, Any]
