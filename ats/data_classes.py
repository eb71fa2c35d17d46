"""Whose data the ground floor's fields hold."""

from ats.kernel.data_classes import Classes, Of

CLASSES: Classes = {
    "User": {
        Of.STAFF: ("email", "name", "title", "time_zone", "language", "works_for"),
        Of.NOBODY: ("password", "lists"),
    },
    "Invitation": {Of.STAFF: ("email", "name", "works_for"), Of.NOBODY: ("token_hash",)},
    "KnownDevice": {Of.NOBODY: ("token_hash",)},
    "SignInCode": {Of.NOBODY: ("code_hash",)},
    "SignInPolicy": {Of.NOBODY: ("second_step_roles",)},
    "HeardTo": {Of.NOBODY: ("name",)},
    "Activity": {
        Of.CANDIDATE: ("data",),  # each verb says which of its keys
        Of.STAFF: ("actor_name",),
        Of.NOBODY: ("verb", "channel", "subject_type"),
    },
    "ApiToken": {Of.NOBODY: ("name", "prefix", "token_hash", "scopes")},
    "ApprovalChain": {Of.NOBODY: ("kind",)},
    "ApprovalStep": {Of.NOBODY: ("part", "label", "condition")},
    "ApprovalRequest": {Of.CANDIDATE: ("title", "facts"), Of.NOBODY: ("kind", "link", "about_ids")},
    "Approval": {
        Of.CANDIDATE: ("note", "last_error"),
        Of.STAFF: ("because",),
        Of.NOBODY: ("label", "token_hash"),
    },
    "IdempotentCall": {Of.CANDIDATE: ("body",), Of.NOBODY: ("key", "fingerprint")},
    "DueTask": {Of.CANDIDATE: ("payload", "last_error"), Of.NOBODY: ("kind", "key")},
    "Standstill": {Of.NOBODY: ("reason",)},
    "WorkingHours": {Of.STAFF: ("days",)},
    "CalendarSubscription": {Of.STAFF: ("url", "etag", "problem", "last_error")},
    "BusyTime": {Of.STAFF: ("period", "label")},
    "CalendarLink": {Of.NOBODY: ("token_hash",)},
    "MailKey": {Of.NOBODY: ("purpose", "token_hash")},
    "WorkingCalendar": {
        Of.NOBODY: (
            "name", "time_zone", "working_days", "holiday_country", "holiday_region", "holiday_categories",
        )
    },
    "ConfirmedDays": {Of.NOBODY: ("days",)},
    "Holiday": {Of.NOBODY: ("name",)},
    "HiringOrganisation": {
        Of.NOBODY: (
            "name", "slug", "logo", "colour", "website", "language", "about_text", "value_proposition",
            "privacy_text", "texts", "reply_to", "employees", "client_agreement",
        )
    },
    "Department": {Of.NOBODY: ("name",)},
    "Location": {Of.NOBODY: ("name", "street", "city", "region", "postal_code", "country", "time_zone")},
    "OutgoingMail": {
        Of.CANDIDATE: ("to", "to_name", "subject", "text", "html", "headers", "response", "last_error"),
        Of.STAFF: ("from_name", "reply_to"),
        Of.NOBODY: ("idempotency_key", "role", "overtaken_by"),
    },
    "ChatRoom": {Of.STAFF: ("name",), Of.NOBODY: ("address", "host", "what", "problem")},
    "Notification": {Of.STAFF: ("text",), Of.NOBODY: ("key", "link")},
    "NotificationChoice": {},
    "SmsAccount": {Of.NOBODY: ("address", "sender", "problem")},
    "SmsMessage": {Of.CANDIDATE: ("to", "text"), Of.NOBODY: ("key", "last_error")},
    "SuppressedNumber": {Of.NOBODY: ("number",)},
    "HeardSms": {Of.NOBODY: ("key",)},
    "ChatMessage": {Of.NOBODY: ("key", "text", "link", "last_error")},
    "IncomingMail": {
        Of.CANDIDATE: ("message_id", "sender", "sender_name", "subject", "reason", "last_error"),
        Of.NOBODY: ("key", "source"),
    },
    "IncomingContent": {Of.CANDIDATE: ("content",)},
    "MailAttachment": {Of.CANDIDATE: ("filename", "content"), Of.NOBODY: ("content_type", "method")},
    "MailTemplate": {Of.NOBODY: ("role", "language", "subject", "body", "claims")},
    "RetentionRun": {Of.NOBODY: ("name", "last_error")},
    "SuppressedAddress": {Of.CANDIDATE: ("address", "detail")},
}  # fmt: skip
