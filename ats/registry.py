"""What the ground floor declares, loaded when Django is ready."""

from ats.common import slices

slices.load(
    "ats",
    ["duework", "organisation", "accounts", "mail", "approvals", "api", "retention", "upkeep", "home"],
)
