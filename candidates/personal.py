"""Whose data the package's fields hold: nearly everything here is the candidate's."""

from ats.common.personal import Classes, Of

CLASSES: Classes = {
    "Source": {Of.NOBODY: ("name",)},
    "Tag": {Of.NOBODY: ("name",)},
    "Candidate": {
        Of.CANDIDATE: (
            "first_name", "last_name", "email", "email_key", "phone", "city", "country", "time_zone", "language",
            "headline", "links", "name_key", "search",
        )
    },
    "Document": {
        Of.CANDIDATE: ("file", "filename", "sha256", "text", "reading_problem"),
        Of.NOBODY: ("content_type",),
    },
    "DocumentPage": {Of.CANDIDATE: ("image",)},
    "Promise": {Of.CANDIDATE: ("reason", "last_error"), Of.NOBODY: ("what",)},
    "FollowUp": {Of.CANDIDATE: ("payload", "reason", "last_error"), Of.NOBODY: ("step", "idempotency_key")},
    "DispositionReason": {Of.NOBODY: ("code", "label", "candidate_text")},
    "Application": {Of.CANDIDATE: ("source_detail", "submitted", "cover_letter", "reason_note")},
    "Answer": {Of.CANDIDATE: ("value",), Of.NOBODY: ("label",)},
    "Note": {Of.CANDIDATE: ("body",)},
    "Message": {Of.CANDIDATE: ("subject", "body")},
    "PortalLink": {Of.NOBODY: ("token_hash",)},
    "Slate": {Of.CANDIDATE: ("note",)},
    "Review": {Of.CANDIDATE: ("reason", "criteria")},
}  # fmt: skip
