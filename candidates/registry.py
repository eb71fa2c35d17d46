"""What the package declares, loaded when Django is ready."""

from ats.common import slices

slices.load(
    "candidates",
    [
        "people",
        "documents",
        "conversation",
        "experience",
        "applications",
        "reviews",
        "portal",
        "applying",
        "desk",
    ],
)
