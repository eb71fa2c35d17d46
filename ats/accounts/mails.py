"""What Accord writes to its users about their access."""

from ats.mail.roles import MailRole, Words, declare

declare(
    [
        MailRole(
            name="account.message",
            label="Notices about one's own access",
            placeholders={"subject": "Password reset", "body": "…"},
            words={"en": Words(subject="{{ subject }}", body="{{ body }}")},
            editable=False,
        ),
        MailRole(
            name="account.invitation",
            label="Invitation to Accord",
            placeholders={
                "name": "Robin",
                "inviter": "Alex Example",
                "role": "Recruiter",
                "link": "https://accord.example/accounts/invitation/…",
                "expires": "1 December 2026",
            },
            links=frozenset({"link"}),
            words={
                "en": Words(
                    subject="{{ inviter }} invites you to Accord",
                    body=(
                        "Hello {{ name }},\n\n"
                        "{{ inviter }} would like you to join as {{ role }} in Accord, where your organisation "
                        "hires people together.\n\n"
                        "[Set up your access]({{ link }})\n\n"
                        "The link works once, until {{ expires }}. If you did not expect this message, you "
                        "can leave it unanswered: nothing happens without you."
                    ),
                )
            },
        ),
        MailRole(
            name="account.role_changed",
            label="Somebody's role has changed",
            placeholders={"name": "Robin", "by": "Alex Example", "role": "Recruiting lead"},
            words={
                "en": Words(
                    subject="Your role in Accord is now {{ role }}",
                    body=(
                        "Hello {{ name }},\n\n{{ by }} has changed your role: you are now {{ role }}. "
                        "What you see and may do has changed with it."
                    ),
                )
            },
        ),
    ]
)
