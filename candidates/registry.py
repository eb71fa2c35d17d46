"""What the package declares, loaded when Django is ready."""

from ats.common import slices

slices.load(
    "candidates",
    [
        "people",
        "documents",
        "experience",
        "conversation",
        "applications",
        "reviews",
        "interviews",
        "scorecards",
        "offers",
        "hires",
        "portal",
        "applying",
        "desk",
    ],
)
