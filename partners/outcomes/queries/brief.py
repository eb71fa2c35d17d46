"""What a brief promises on both sides: the outcomes that are wanted, and the points of the value proposition."""

import re

from partners.alignment.domain.words import lines
from partners.intake.models import Brief
from partners.intake.queries import settled
from partners.outcomes.domain.answers import LONGEST, MOST
from partners.partnerships.models import Partnership

BY = {"outcomes": "90 days", "outcomes_12_months": "12 months"}
SENTENCE = re.compile(r"(?<=[.!?])\s+")


def expected_of(partnership: Partnership) -> list[dict[str, str]]:
    """The outcomes as both settled them, else as the draft says; two queries at most."""
    said = _said(partnership)
    found = [{"text": line[:LONGEST], "by": by} for code, by in BY.items() for line in lines(said[code])]
    return found[:MOST]


def points_of(partnership: Partnership) -> list[str]:
    """The value proposition point by point: a line each, or a sentence each where it is one line."""
    found = lines(_said(partnership)["value_proposition"])
    if len(found) == 1:
        found = SENTENCE.split(found[0])
    return [point[:LONGEST] for point in found[:MOST]]


def _said(partnership: Partnership) -> dict[str, str]:
    version, role = settled(partnership), partnership.requisition
    if version is not None:
        return {code: version.content.get(code) or "" for code in (*BY, "value_proposition")}
    brief = Brief.objects.filter(partnership=partnership).first()
    return {
        "outcomes": role.outcomes,
        "outcomes_12_months": brief.outcomes_12_months if brief else "",
        "value_proposition": role.value_proposition,
    }
