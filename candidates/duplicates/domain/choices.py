"""What of two records the survivor has: field by field, as somebody chose."""

from collections.abc import Mapping
from typing import Any

KEPT, LOST, BOTH = "kept", "lost", "both"
FIELDS = (
    "first_name",
    "last_name",
    "called",
    "email",
    "phone",
    "headline",
    "city",
    "country",
    "time_zone",
    "language",
    "links",
)
GO_ALONG = {"email": ("email_key", "email_confirmed_at"), "phone": ("phone_normalised",)}
"""What follows a field."""
EMPTIED: dict[str, Any] = {
    **dict.fromkeys(FIELDS, ""),
    "language": "en",
    "links": [],
    "email_key": None,
    "email_confirmed_at": None,
    "phone_normalised": "",
    "name_key": "",
    "pool_consent_at": None,
    "pool_consent_until": None,
}
"""What stands in the record that only leads on."""


def proposed(kept: Mapping[str, Any], lost: Mapping[str, Any]) -> dict[str, str]:
    """The survivor's, and where they have nothing, the other's; the links of both. Names belong together."""
    chosen = {name: LOST if not kept[name] and lost[name] else KEPT for name in FIELDS}
    if kept["first_name"] or kept["last_name"]:
        chosen["first_name"] = chosen["last_name"] = KEPT
    chosen["links"] = BOTH
    return chosen


def values(kept: Mapping[str, Any], lost: Mapping[str, Any], chosen: Mapping[str, str]) -> dict[str, Any]:
    """The columns of the survivor."""
    found: dict[str, Any] = {}
    for name in FIELDS:
        of = lost if chosen.get(name) == LOST else kept
        for each in (name, *GO_ALONG.get(name, ())):
            found[each] = of[each]
    if chosen.get("links", BOTH) == BOTH:
        found["links"] = list(dict.fromkeys([*kept["links"], *lost["links"]]))
    return found
