"""What the ground floor declares, loaded when Django is ready."""

from ats.kernel import registry

registry.load(
    "ats",
    [
        "duework",
        "organisation",
        "accounts",
        "mail",
        "chat",
        "notifications",
        "sms",
        "by_mail",
        "calendars",
        "approvals",
        "api",
        "retention",
        "upkeep",
        "home",
    ],
)
