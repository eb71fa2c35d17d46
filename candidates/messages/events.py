"""What happens in the conversation with a candidate."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(name="message.sent", text=gettext_noop("wrote to the candidate"), icon="mail"),
        Verb(name="message.scheduled", text=gettext_noop("wrote a message to be sent {when}"), icon="clock"),
        Verb(name="message.noted", text=gettext_noop("noted what they told the candidate"), icon="phone"),
        Verb(
            name="message.overtaken",
            text=gettext_noop("took back “{subject}”, which waited to be sent"),
            personal=("subject",),
            icon="x",
        ),
        Verb(
            name="message.put_back",
            text=gettext_noop("let “{subject}” wait for its time again"),
            personal=("subject",),
            icon="clock",
        ),
        Verb(name="message.received", text=gettext_noop("wrote"), icon="mail-opened"),
        Verb(name="message.automatic", text=gettext_noop("answered by a program"), icon="mail-opened"),
        Verb(
            name="praise.asked",
            text=gettext_noop("asked whether their kind words may be shared"),
            icon="star",
        ),
        Verb(
            name="praise.agreed",
            text=gettext_noop("agreed that their kind words are shared, without their name"),
            icon="star",
        ),
        Verb(name="praise.refused", text=gettext_noop("does not want their words to be shared"), icon="x"),
        Verb(
            name="message.settled", text=gettext_noop("marked a message as needing no answer"), icon="check"
        ),
    ]
)
