"""What is drafted from a brief: its own words put in their places, and nothing that nobody said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from ats.kernel.staff_words import gettext
from partners.intake.domain import changes
from partners.intake.domain.content import Content

MARK = "Draft from the brief, to be edited."


def advert(content: Content) -> str:
    """The text of an advert; empty where the brief says nothing for it.

    Pay, must-haves, outcomes at 90 days, the value proposition, the hard part and the steps stand on the page of a job
    by themselves: they are not said twice.
    """
    parts = [
        _paragraphs("Why this role exists", content["why"]),
        _list("What you will have done after a year", content["outcomes_12_months"].splitlines()),
        _list("What helps, and can be learnt here", content["nice_to_haves"]),
    ]
    return "".join(parts)


def _paragraphs(title: str, text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return f"<h2>{title}</h2>" + "".join(f"<p>{escape(line)}</p>" for line in lines) if lines else ""


def _list(title: str, lines: Sequence[str]) -> str:
    said = [line.strip(" -•*") for line in lines if line.strip(" -•*")]
    return f"<h2>{title}</h2><ul>{''.join(f'<li>{escape(line)}</li>' for line in said)}</ul>" if said else ""


def question(must_have: Mapping[str, Any]) -> tuple[str, str]:
    """What an interview that assesses a must-have asks, and what good looks like: from the must-have alone."""
    asked = (
        f"Tell us of work of yours that needed this: {must_have['name']}. "
        "What did you do yourself, and what came of it?"
    )
    good = [MARK, f"Why it decides: {must_have['why']}"]
    if must_have["how"]:
        good.append(f"How we assess it: {must_have['how']}")
    return asked, "\n".join(good)


@dataclass(frozen=True)
class Point:
    """One thing to say of the role: what candidates ask, and what the brief answers."""

    title: str
    lines: list[str]


def talking_points(content: Content) -> list[Point]:
    """What a recruiter says of the role, in the order in which a good talk goes; what nobody said is left out."""
    found = [
        Point(gettext("Why this role exists"), _said(content, "why")),
        Point(gettext("Why a great person would want it"), _said(content, "value_proposition")),
        Point(gettext("What you will have done after 90 days"), _said(content, "outcomes")),
        Point(gettext("What you will have done after a year"), _said(content, "outcomes_12_months")),
        Point(gettext("What is hard about it, said before they ask"), _said(content, "hard_part")),
        Point(gettext("What it pays"), _said(content, "pay")),
        Point(gettext("What it takes"), [f"{row['name']}: {row['why']}" for row in content["must_haves"]]),
        Point(gettext("What helps, and can be learnt"), _said(content, "nice_to_haves")),
        Point(gettext("To ask early, for both to save time"), _said(content, "deal_breakers")),
        Point(gettext("What happens next"), _steps(content)),
        Point(gettext("When it starts"), _said(content, "target_start")),
    ]
    return [point for point in found if point.lines]


def _said(content: Content, code: str) -> list[str]:
    return changes.in_lines(code, content[code])


def _steps(content: Content) -> list[str]:
    talks = [
        gettext("%(name)s, %(minutes)s minutes: %(purpose)s")
        % {"name": row["name"], "minutes": row["minutes"], "purpose": row["purpose"]}
        for row in content["interview_plan"]
    ]
    return [
        *talks,
        *(
            gettext("Who decides: %(names)s") % {"names": line}
            for line in content["decides"].splitlines()
            if line.strip()
        ),
    ]
