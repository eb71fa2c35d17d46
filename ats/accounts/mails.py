"""What Accord writes to its users about their access."""

from ats.kernel.staff_words import gettext_noop
from ats.mail.roles import MailRole, Words, declare

declare(
    [
        MailRole(
            name="account.message",
            label=gettext_noop("Notices about one's own access"),
            placeholders={"subject": "Password reset", "body": "…"},
            words={"en": Words(subject="{{ subject }}", body="{{ body }}")},
            editable=False,
        ),
        MailRole(
            name="account.invitation",
            label=gettext_noop("Invitation to Accord"),
            placeholders={
                "name": "Robin",
                "inviter": "Alex Example",
                "role": "Recruiter",
                "link": "https://accord.example/accounts/invitation/…",
                "expires": "1 December 2026",
            },
            links=frozenset({"link"}),
            secret=True,
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
            name="account.password_reset",
            label=gettext_noop("Link to set a new password"),
            placeholders={"name": "Robin", "link": "https://accord.example/accounts/password/reset/…"},
            links=frozenset({"link"}),
            secret=True,
            words={
                "en": Words(
                    subject="Set a new password for Accord",
                    body=(
                        "Hello {{ name }},\n\n"
                        "you, or somebody who knows your address, asked to set a new password.\n\n"
                        "[Set a new password]({{ link }})\n\n"
                        "The link works once, for an hour. If it was not you, nothing has changed and "
                        "there is nothing to do."
                    ),
                )
            },
        ),
        MailRole(
            name="account.sign_in_code",
            label=gettext_noop("A code to sign in with"),
            placeholders={"name": "Robin", "code": "BCDF-GHJK", "until": "10:15 (Europe/Berlin)"},
            secret=True,
            words={
                "en": Words(
                    subject="Your code to sign in to Accord",
                    body=(
                        "Hello {{ name }},\n\n"
                        "a wrong password was given for your address several times, so at a sign-in on a new "
                        "device we ask for this code beside your password:\n\n"
                        "{{ code }}\n\n"
                        "It works once, until {{ until }}. Tell it to nobody, and write it only on the page that "
                        "you opened yourself. If you are not signing in just now, somebody else is trying to; "
                        "without this code they cannot, and there is nothing to do."
                    ),
                )
            },
        ),
        MailRole(
            name="account.security_notice",
            label=gettext_noop("Something about somebody's sign-in has changed"),
            placeholders={
                "name": "Robin",
                "what": "your password was changed",
                "when": "24 November 2026, 10:00 (Europe/Berlin)",
                "ip": "192.0.2.1",
                "device": "Firefox on Linux",
            },
            words={
                "en": Words(
                    subject="In Accord, {{ what }}",
                    body=(
                        "Hello {{ name }},\n\n"
                        "on {{ when }}, {{ what }}, from {{ ip }} ({{ device }}).\n\n"
                        "If that was you, there is nothing to do. If not, set a new password now and tell an "
                        "administrator of yours."
                    ),
                )
            },
        ),
        MailRole(
            name="account.second_steps_forgotten",
            label=gettext_noop("An administrator took a lost second step away"),
            placeholders={
                "name": "Robin",
                "by": "Alex Example",
                "when": "24 November 2026, 10:00 (Europe/Berlin)",
            },
            words={
                "en": Words(
                    subject="In Accord, your second step was taken away",
                    body=(
                        "Hello {{ name }},\n\n"
                        "on {{ when }}, {{ by }} took your second step away, so that you can sign in with your "
                        "password alone and turn on another one. You are signed out everywhere, and API tokens "
                        "and the private address of your calendar have ended.\n\n"
                        "If you did not ask for this, set a new password now and speak with {{ by }}."
                    ),
                )
            },
        ),
        MailRole(
            name="account.role_changed",
            label=gettext_noop("Somebody's role has changed"),
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
