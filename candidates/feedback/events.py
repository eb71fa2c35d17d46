"""What happens to feedback; its words stand in the conversation, and go with the candidate."""

from django.utils.translation import gettext_noop

from ats.activity.verbs import Verb, declare
from ats.kernel import staff_words

declare(
    [
        Verb(
            name="feedback.asked",
            text=staff_words.gettext_noop("asked for feedback, which is owed by {due}"),
            candidate_text=gettext_noop("You asked for feedback"),
            icon="question",
        ),
        Verb(
            name="feedback.written",
            text=staff_words.gettext_noop("wrote feedback, which leaves once they know the decision"),
            personal=("subject", "words"),
            icon="clock",
        ),
        Verb(
            name="feedback.put_aside",
            text=staff_words.gettext_noop("began feedback, and put it aside"),
            icon="note",
        ),
        Verb(
            name="feedback.sent",
            text=staff_words.gettext_noop("sent feedback ({depth}), from: {criteria}"),
            candidate_text=gettext_noop("We gave you feedback"),
            personal=("subject", "words"),
            icon="send",
        ),
        Verb(
            name="feedback.taken_back",
            text=staff_words.gettext_noop("took back feedback before it left: {why}"),
            icon="x",
        ),
        Verb(
            name="feedback.declined",
            text=staff_words.gettext_noop("declined to give feedback, and told them why"),
            personal=("words",),
            icon="x",
        ),
        Verb(
            name="feedback.late",
            text=staff_words.gettext_noop("told {to} that nobody has answered, which was due {due}"),
            icon="alert",
        ),
        Verb(
            name="feedback.client_noted",
            text=staff_words.gettext_noop(
                "noted what {who} said of them on {criterion}, on behalf of the client"
            ),
            personal=("words",),
            icon="note",
        ),
        Verb(
            name="feedback.client_removed",
            text=staff_words.gettext_noop("removed what was noted of {who} on {criterion}"),
            icon="trash",
        ),
        Verb(
            name="feedback.rules_changed",
            text=staff_words.gettext_noop("set how deep feedback goes: {said}"),
            icon="edit",
        ),
    ]
)
