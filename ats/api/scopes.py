"""What a token may be used for, beside what its user may do."""

SCOPES: dict[str, str] = {
    "requisitions:read": "Read requisitions, their settled briefs, course corrections and job posts",
    "requisitions:write": "Create and change requisitions and job posts",
    "candidates:read": "Read candidates, applications, promises, consents, and the steps of their journeys",
    "candidates:write": "Add candidates and applications, move and decide them, settle their steps, take back consents",
    "messages:read": "Read messages with candidates, and what came in by mail without a place",
    "messages:write": "Write to candidates",
    "interviews:read": "Read interviews, free times and whose times are asked for",
    "interviews:write": "Book, move and cancel interviews, ask interviewers for times and give one's own",
    "scorecards:read": "Read evidence from interviews",
    "scorecards:write": "Write, hand in and correct one's own evidence",
    "offers:read": "Read offers with their pay",
    "offers:write": "Make and send offers",
}
