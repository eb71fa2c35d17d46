"""The messages of the portal itself: a new link, and a new address."""

from ats.kernel.staff_words import gettext_noop
from ats.mail.roles import MailRole, Words, declare

CANDIDATE = {"candidate.first_name": "Robin", "organisation.name": "Example Company"}

declare(
    [
        MailRole(
            name="portal.link",
            label=gettext_noop("A new link to one's own page"),
            placeholders=CANDIDATE | {"portal_link": "https://hiring.example.com/status/sample/"},
            links=frozenset({"portal_link"}),
            secret=True,
            words={
                "en": Words(
                    subject="Your link to see where your application stands",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "here is the link to your own page at {{ organisation.name }}: where your application "
                        "stands, what is next and by when, and a way to write to us.\n\n"
                        "[See where you stand]({{ portal_link }})\n\n"
                        "The link is yours alone; please do not pass it on. If you did not ask for it, there "
                        "is nothing to do.\n\n"
                        "{{ organisation.name }}"
                    ),
                )
            },
        ),
        MailRole(
            name="portal.confirm_address",
            label=gettext_noop("Confirm a new e-mail address"),
            placeholders=CANDIDATE | {"confirm_link": "https://hiring.example.com/status/address/sample/"},
            links=frozenset({"confirm_link"}),
            secret=True,
            words={
                "en": Words(
                    subject="Please confirm your new e-mail address",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "you asked {{ organisation.name }} to write to you at this address from now on. "
                        "Please confirm that it is yours; the link works for a week.\n\n"
                        "[Confirm this address]({{ confirm_link }})\n\n"
                        "If you did not ask for this, there is nothing to do.\n\n"
                        "{{ organisation.name }}"
                    ),
                )
            },
        ),
        MailRole(
            name="portal.address_asked",
            label=gettext_noop("Somebody asks us to write to another address"),
            placeholders=CANDIDATE | {"confirm_link": "https://hiring.example.com/status/address/sample/"},
            links=frozenset({"confirm_link"}),
            secret=True,
            words={
                "en": Words(
                    subject="Shall we write to you at another address?",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "on your page at {{ organisation.name }} somebody asked us to write to another e-mail "
                        "address from now on. We do so once you say here that it was you.\n\n"
                        "[Say yes or no]({{ confirm_link }})\n\n"
                        "If it was not you, say no: then earlier links to your page stop working, and you get a "
                        "new one. Until you answer, nothing changes. The link works for a week.\n\n"
                        "{{ organisation.name }}"
                    ),
                )
            },
        ),
        MailRole(
            name="portal.address_changed",
            label=gettext_noop("The e-mail address was changed"),
            placeholders=CANDIDATE,
            words={
                "en": Words(
                    subject="Your e-mail address was changed",
                    body=(
                        "Hello {{ candidate.first_name }},\n\n"
                        "from now on {{ organisation.name }} writes to you at the new address that you gave on "
                        "your own page.\n\n"
                        "If this was not you, please answer this message, so that we can put it right.\n\n"
                        "{{ organisation.name }}"
                    ),
                )
            },
        ),
        MailRole(
            name="portal.known_openly",
            label=gettext_noop("Somebody of a confidential role has come to us outside it, too"),
            placeholders={
                "user.first_name": "Alex",
                "candidate.name": "Robin Example",
                "job.title": "Head of Finance",
                "link": "https://hiring.example.com/candidates/1/",
            },
            links=frozenset({"link"}),
            words={
                "en": Words(
                    subject="{{ candidate.name }} may be known outside {{ job.title }}",
                    body=(
                        "Hello {{ user.first_name }},\n\n"
                        "outside {{ job.title }}, which is confidential, somebody was added or has applied with the "
                        "e-mail address of {{ candidate.name }}. Nobody has learned of your candidate by that: "
                        "there is a second entry, and the two know nothing of each other.\n\n"
                        "On their own page {{ candidate.name }} can say whether it is they. You read the answer "
                        "here:\n\n"
                        "[Their page]({{ link }})"
                    ),
                )
            },
        ),
    ]
)
