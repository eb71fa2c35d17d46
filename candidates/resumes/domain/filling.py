"""The fields of a form for a new person, filled from what was read."""

from candidates.resumes.domain.facts import Confidence, Facts

PARTICLES = frozenset(
    "von vom zu zum zur van de der den di da dos das do del della della di du des le la lo al el bin ben ibn abu ter"
    " ten te af av mac mc st san y e".split()
)
"""What stands before a family name belongs to it."""


def split_name(name: str) -> tuple[str, str]:
    """First and family name, as far as that can be told: the last word, with its particles, is the family's."""
    words = name.split()
    if len(words) < 2:
        return name, ""
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in PARTICLES:
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])


def fields(facts: Facts) -> dict[str, tuple[str, Confidence]]:
    """By the name of the field: what was read, and how surely."""
    found: dict[str, tuple[str, Confidence]] = {}
    if facts.name:
        first, last = split_name(facts.name.value)
        found["first_name"] = (first[:100], facts.name.confidence)
        if last:
            found["last_name"] = (last[:100], facts.name.confidence)
    for field, rows, longest in (("email", facts.emails, 254), ("phone", facts.phones, 40)):
        if rows and len(rows[0].value) <= longest:
            found[field] = (rows[0].value, rows[0].confidence)
    for field, one, longest in (("headline", facts.headline, 200), ("city", facts.place, 120)):
        if one:
            found[field] = (one.value[:longest], one.confidence)
    return found
