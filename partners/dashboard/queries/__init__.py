"""Reading what partners look at together."""

from partners.dashboard.queries.dashboard import (
    WHOLE,
    Part,
    Theme,
    dashboard,
    leader,
    own,
    permitted,
    switch,
    themes,
    together,
)
from partners.dashboard.queries.page import details
from partners.dashboard.queries.version import version

__all__ = [
    "WHOLE",
    "Part",
    "Theme",
    "dashboard",
    "details",
    "leader",
    "own",
    "permitted",
    "switch",
    "themes",
    "together",
    "version",
]
