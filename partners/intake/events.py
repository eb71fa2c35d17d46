"""What happens to the brief of a role."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="brief.changed", text="changed {what} in the brief", icon="edit"),
        Verb(name="brief.side_by_side", text="wrote {what} at the same time: both are kept", icon="copy"),
        Verb(name="brief.agreed", text="said yes to the brief as {side_label}", icon="check"),
        Verb(name="brief.settled", text="settled version {version} of the brief: {what}", icon="flag"),
        Verb(name="brief.drafted", text="drafted {what} from {source}", icon="file"),
        Verb(name="brief.calibrated", text="saw with their partner how both judge a profile", icon="people"),
        Verb(name="brief.prefilled", text="took {what} over from {source}", icon="copy"),
    ]
)
