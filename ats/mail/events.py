"""What the record says of messages and of the words they are made from."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="mail.failed",
            text=gettext_noop("could not send “{subject}”: {reason}"),
            personal=("subject", "reason"),
            icon="alert",
        ),
        Verb(
            name="mail.unknown",
            text=gettext_noop("does not know whether “{subject}” arrived"),
            personal=("subject", "reason"),
            icon="question",
        ),
        Verb(
            name="mail.delayed",
            text=gettext_noop(
                "could not send “{subject}” for days, because the mail server is in trouble; it goes on trying"
            ),
            personal=("subject",),
            icon="alert",
        ),
        Verb(
            name="mail.bounced",
            text=gettext_noop("heard that “{subject}” came back: {reason}"),
            personal=("subject", "reason"),
            icon="alert",
        ),
        Verb(
            name="mail.slow",
            text=gettext_noop("heard that “{subject}” is still on its way: {reason}"),
            personal=("subject", "reason"),
            icon="clock",
        ),
        Verb(
            name="mail.complained",
            text=gettext_noop(
                "heard that “{subject}” was marked as unwanted; nothing but what is owed goes there any more"
            ),
            personal=("subject",),
            icon="alert",
        ),
        Verb(
            name="mail.settled_by_hand",
            text=gettext_noop("noted that “{subject}” {outcome}"),
            personal=("subject",),
            icon="kept",
        ),
        Verb(
            name="mail.retried",
            text=gettext_noop("put “{subject}” back into the outbox"),
            personal=("subject",),
            icon="send",
        ),
        Verb(
            name="mail.cancelled", text=gettext_noop("took back “{subject}”"), personal=("subject",), icon="x"
        ),
        Verb(
            name="mail.suppression_lifted",
            text=gettext_noop("allowed mail to {address} again"),
            personal=("address",),
            icon="mail",
        ),
        Verb(name="mail_template.changed", text=gettext_noop("changed the words of “{label}”"), icon="edit"),
        Verb(
            name="mail_template.reset",
            text=gettext_noop("went back to the shipped words of “{label}”"),
            icon="undo",
        ),
    ]
)
