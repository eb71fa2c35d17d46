"""What happens to follow-ups."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(name="followup.sent", text=gettext_noop("sent the {step}"), icon="send"),
        Verb(
            name="followup.skipped",
            text=gettext_noop("did not send the {step}: {reason}"),
            icon="player-skip-forward",
        ),
        Verb(name="followup.cancelled", text=gettext_noop("cancelled the {step}: {reason}"), icon="x"),
    ]
)
