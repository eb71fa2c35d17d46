"""What the package declares, loaded when Django is ready."""

from ats.kernel import registry

registry.load(
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
