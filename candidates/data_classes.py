"""Whose data the package's fields hold: nearly everything here is the candidate's."""

from ats.kernel.data_classes import Classes, Of

CLASSES: Classes = {
    "Source": {Of.NOBODY: ("name",)},
    "Tag": {Of.NOBODY: ("name",)},
    "Candidate": {
        Of.CANDIDATE: (
            "first_name", "last_name", "email", "email_key", "phone", "phone_normalised", "city", "country",
            "time_zone", "language", "headline", "links", "name_key", "search",
        )
    },
    "Consent": {Of.NOBODY: ("words", "language")},
    "Document": {
        Of.CANDIDATE: (
            "file", "filename", "sha256", "text", "unread", "unseen", "reading_problem", "holds", "scan_found",
            "picture_pages",
        ),
        Of.NOBODY: ("content_type",),
    },
    "DocumentPage": {Of.CANDIDATE: ("image",)},
    "Promise": {Of.CANDIDATE: ("reason", "last_error"), Of.NOBODY: ("what",)},
    "FollowUp": {Of.CANDIDATE: ("payload", "reason", "last_error"), Of.NOBODY: ("step", "idempotency_key")},
    "FromUs": {Of.NOBODY: ("step", "language", "text", "link")},
    "Journey": {Of.NOBODY: ("change",)},
    "JourneyStep": {Of.NOBODY: ("key", "name", "task", "role", "language")},
    "StepTask": {Of.CANDIDATE: ("what", "reason")},
    "Replan": {Of.NOBODY: ("last_error",)},
    "DispositionReason": {Of.NOBODY: ("code", "label", "candidate_text", "claims")},
    "Application": {Of.CANDIDATE: ("source_detail", "submitted", "cover_letter", "matters", "reason_note")},
    "Answer": {Of.CANDIDATE: ("value",), Of.NOBODY: ("label",)},
    "Note": {Of.CANDIDATE: ("body",)},
    "Message": {Of.CANDIDATE: ("subject", "body", "below", "sent_from", "not_kept")},
    "AnotherWay": {Of.CANDIDATE: ("detail", "reason")},
    "AddressChange": {Of.CANDIDATE: ("email", "instead_of")},
    "PortalLink": {Of.NOBODY: ("token_hash",)},
    "SmsChoice": {Of.CANDIDATE: ("number",), Of.NOBODY: ("about_what",)},
    "SmsCode": {Of.CANDIDATE: ("number",), Of.NOBODY: ("about_what", "digest")},
    "SurveyRules": {Of.NOBODY: ("currency",)},
    "SurveyResponse": {Of.CANDIDATE: ("facts", "words"), Of.NOBODY: ("tags",)},
    "SurveyFigure": {Of.NOBODY: ("split", "value", "counts")},
    "Slate": {Of.CANDIDATE: ("note",)},
    "Review": {Of.CANDIDATE: ("reason", "criteria")},
    "BookingRequest": {Of.CANDIDATE: ("times", "note")},
    "AvailabilityRequest": {Of.STAFF: ("times",)},
    "Interview": {
        Of.CANDIDATE: ("cancel_reason", "accessibility", "candidate_comment"),
        Of.NOBODY: ("name", "purpose", "place", "video_link", "preparation", "kit", "calendar_secret"),
    },
    "InterviewSeat": {Of.STAFF: ("period", "comment")},
    "ProposedTime": {Of.CANDIDATE: ("comment", "reason")},
    "Shadowing": {Of.CANDIDATE: ("evidence",), Of.STAFF: ("word",)},
    "AloneConfirmed": {Of.STAFF: ("reason",)},
    "AlonePlanned": {Of.STAFF: ("reason",)},
    "Scorecard": {Of.CANDIDATE: ("reason", "private_notes", "last_error"), Of.STAFF: ("why_never",)},
    "ScorecardMark": {Of.CANDIDATE: ("evidence",), Of.NOBODY: ("name",)},
    "ScorecardVersion": {Of.CANDIDATE: ("content", "why")},
    "Debrief": {Of.CANDIDATE: ("reason", "evidence")},
    "Offer": {Of.CANDIDATE: ("end_reason",)},
    "OfferTerms": {
        Of.CANDIDATE: ("range_reason", "place", "bonus", "equity", "custom", "letter", "changes"),
        Of.NOBODY: ("pay_currency", "language"),
    },
    "OfferLetterTemplate": {Of.NOBODY: ("name", "language", "body")},
    "OfferDocument": {Of.CANDIDATE: ("file", "sha256", "says")},
    "Signature": {Of.CANDIDATE: ("typed_name", "ip", "user_agent", "document_sha256")},
    "HireRecord": {Of.CANDIDATE: ("facts", "end_reason")},
}  # fmt: skip
