"""What happens to follow-ups."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="followup.sent", text="sent the {step}", icon="send"),
        Verb(name="followup.skipped", text="did not send the {step}: {reason}", icon="player-skip-forward"),
        Verb(name="followup.cancelled", text="cancelled the {step}: {reason}", icon="x"),
    ]
)
