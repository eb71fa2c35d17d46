"""The brief as it is printed, and what a recruiter says of the role, drawn from it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.kernel.errors import Missing
from ats.kernel.languages import listed
from ats.kernel.staff_words import gettext, gettext_lazy
from partners.intake.domain import changes
from partners.intake.domain.fields import FIELDS
from partners.intake.models import BriefVersion
from partners.intake.queries.brief import said_now, settled
from partners.intake.queries.page import seen
from partners.partnerships.models import Partnership
from requisitions.models import Requisition

NOTHING = gettext_lazy("Not said yet")


@dataclass(frozen=True)
class Printed:
    """A brief to read or to print: which one, and what it says."""

    partnership: Partnership
    version: BriefVersion | None
    """The settled version that this is; None for the draft."""
    content: dict[str, Any]

    @property
    def standing(self) -> str:
        if self.version is None:
            return gettext("Draft, not settled by both yet")
        return gettext("Version %(number)s, settled by %(recruiter)s and %(manager)s on %(day)s") % {
            "number": self.version.number,
            "recruiter": self.version.recruiter_yes_by,
            "manager": self.version.manager_yes_by,
            "day": date_format(timezone.localtime(self.version.settled_at), "LONG_DATE"),
        }

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (str(field.label), self.words(code) or str(NOTHING))
            for code, field in FIELDS.items()
            if code in self.content
        )

    def words(self, code: str) -> str:
        if code == "must_haves":
            return "\n".join(self._must(number, row) for number, row in enumerate(self.content[code], 1))
        return changes.in_words(code, self.content[code])

    def _must(self, number: int, row: dict[str, Any]) -> str:
        said = changes.assessed(row, self.interviews_of(row))
        return f"{number}. {row['name']}: {row['why']}" + (
            f" ({said})" if said else " " + gettext("(nobody assesses it yet)")
        )

    def interviews_of(self, row: dict[str, Any]) -> list[str]:
        """The names of the interviews that assess a must-have."""
        return [one["name"] for one in self.content["interview_plan"] if one["id"] in row["interviews"]]


def printed(user: User, partnership_id: int, *, draft: bool = False) -> Printed:
    """The settled brief of a partnership that somebody may see; the draft where there is none, or it is asked for."""
    partnership = seen(user, partnership_id)
    version = None if draft else settled(partnership)
    content = version.content if version is not None else said_now(partnership)
    return Printed(partnership, version, content)


@dataclass(frozen=True)
class Settled:
    """A settled version, and what it changed."""

    version: BriefVersion
    differences: list[tuple[changes.Difference, list[str]]]
    """Each with the names of those who wrote it."""


@dataclass(frozen=True)
class History:
    """One version of a brief, and all of them."""

    partnership: Partnership
    shown: Printed
    versions: list[Settled]

    @property
    def role(self) -> Requisition:
        return self.partnership.requisition


def history(user: User, partnership_id: int, number: int | None) -> History:
    """The newest version, or the one of this number, with what each changed; four queries."""
    partnership = seen(user, partnership_id)
    people = ("recruiter_yes_by", "manager_yes_by")
    rows = list(partnership.brief_versions.select_related(*people).order_by("number"))
    shown = next((row for row in rows if row.number == number), rows[-1] if rows else None)
    if number is not None and (shown is None or shown.number != number):
        raise Missing(gettext("There is no such version."))
    names = _names(rows)
    settled_ones = [
        Settled(row, _differences(row, rows[place - 1] if place else None, names))
        for place, row in enumerate(rows)
    ]
    content = shown.content if shown is not None else said_now(partnership)
    return History(partnership, Printed(partnership, shown, content), settled_ones[::-1])


def _names(rows: list[BriefVersion]) -> dict[int, str]:
    wanted = {number for row in rows for numbers in row.writers.values() for number in numbers}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=wanted)}


def _differences(
    row: BriefVersion, before: BriefVersion | None, names: dict[int, str]
) -> list[tuple[changes.Difference, list[str]]]:
    if before is None:
        return []
    found = changes.differences(before.content, row.content)
    return [(one, [names[pk] for pk in row.writers.get(one.code, []) if pk in names]) for one in found]


def one_page(brief: Printed, *, now: datetime) -> bytes:
    """The PDF of one page."""
    from partners.intake.domain import one_page as sheet  # fonts and what draws them, for who prints alone

    role = brief.partnership.requisition
    when = date_format(timezone.localtime(now), "LONG_DATE")
    return sheet.draw(
        sheet.Page(
            organisation=role.organisation.name,
            colour=role.organisation.colour,
            title=role.title,
            under=brief.standing
            if brief.version
            else f"{brief.standing} · {listed([role.recruiter, role.hiring_manager])}",
            rows=brief.rows,
            written_on=timezone.localtime(now).date(),
            foot=gettext("%(reference)s · printed %(when)s from Accord")
            % {"reference": role.reference, "when": when},
        )
    )
