"""What the package declares, loaded when Django is ready."""

from ats.kernel import registry

registry.load(
    "candidates",
    [
        "access",
        "people",
        "consents",
        "documents",
        "resumes",
        "compose",
        "applications",
        "matters",
        "internal",  # before who listens above: from whom an application is kept is known by then
        "submissions",  # likewise: what a client's people must not see yet
        "messages",
        "reviews",
        "interviews",
        "scheduling",
        "scorecards",
        "shadowing",
        "offers",
        "promises",
        "follow_ups",  # after them: what ran out is told in the same tick
        "hires",
        "journeys",  # after who plans by themselves: what they made of it is known by then
        "sms",
        "surveys",
        "feedback",
        "portal",
        "data_requests",
        "reaching",
        "apply",
        "pools",
        "sequences",
        "board",
        "bulk",
        "saved_filters",
        "inbox",
        "duplicates",  # after all whose rows come along
        "signals",
        "automation",  # after all whose doings set rules off
        "erasure",
    ],
)
