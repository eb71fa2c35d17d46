"""What a token may be used for, beside what its user may do."""

from ats.kernel.staff_words import gettext_noop

SCOPES: dict[str, str] = {
    "requisitions:read": gettext_noop(
        "Read requisitions, their settled briefs, course corrections and job posts"
    ),
    "requisitions:write": gettext_noop("Create and change requisitions and job posts"),
    "candidates:read": gettext_noop(
        "Read candidates, applications, promises, consents, and the steps of their journeys"
    ),
    "candidates:write": gettext_noop(
        "Add candidates and applications, move and decide them, settle their steps, take back consents"
    ),
    "messages:read": gettext_noop("Read messages with candidates, and what came in by mail without a place"),
    "messages:write": gettext_noop("Write to candidates"),
    "interviews:read": gettext_noop("Read interviews, free times and whose times are asked for"),
    "interviews:write": gettext_noop(
        "Book, move and cancel interviews, ask interviewers for times and give one's own"
    ),
    "scorecards:read": gettext_noop("Read evidence from interviews"),
    "scorecards:write": gettext_noop("Write, hand in and correct one's own evidence"),
    "offers:read": gettext_noop("Read offers with their pay"),
    "offers:write": gettext_noop("Make and send offers"),
}
