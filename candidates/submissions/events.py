"""What happens on the way to being put forward; what somebody said stands in the row alone."""

from django.utils.translation import gettext_noop

from ats.activity.verbs import Verb, declare
from ats.kernel import staff_words

declare(
    [
        Verb(
            name="submission.asked",
            text=staff_words.gettext_noop("asked whether they may be put forward to {client}"),
            candidate_text=gettext_noop("We asked whether we may put you forward to {client}"),
            icon="question",
        ),
        Verb(
            name="submission.forward",
            text=staff_words.gettext_noop("put them forward to {client}, with their yes {how}"),
            candidate_text=gettext_noop("You are put forward to {client}"),
            icon="send",
        ),
        Verb(
            name="submission.yes",
            text=staff_words.gettext_noop("said yes to being put forward to {client}"),
            candidate_text=gettext_noop("You said yes to being put forward to {client}"),
            icon="check",
        ),
        Verb(
            name="submission.no",
            text=staff_words.gettext_noop("said no to being put forward to {client}, {how}"),
            candidate_text=gettext_noop("You said no to being put forward to {client}"),
            icon="x",
        ),
        Verb(
            name="submission.back",
            text=staff_words.gettext_noop("took back their yes to being put forward to {client}"),
            candidate_text=gettext_noop("You took back your yes to being put forward to {client}"),
            icon="undo",
        ),
        Verb(
            name="submission.owned",
            text=staff_words.gettext_noop(
                "noted that they count as ours at {client} until {until}, through {owner}"
            ),
            icon="shield",
        ),
    ]
)
