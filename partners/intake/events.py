"""What happens to the brief of a role."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(name="brief.changed", text=gettext_noop("changed {what} in the brief"), icon="edit"),
        Verb(
            name="brief.side_by_side",
            text=gettext_noop("wrote {what} at the same time: both are kept"),
            icon="copy",
        ),
        Verb(name="brief.agreed", text=gettext_noop("said yes to the brief as {side_label}"), icon="check"),
        Verb(
            name="brief.settled",
            text=gettext_noop("settled version {version} of the brief: {what}"),
            icon="flag",
        ),
        Verb(name="brief.drafted", text=gettext_noop("drafted {what} from {source}"), icon="file"),
        Verb(
            name="brief.calibrated",
            text=gettext_noop("saw with their partner how both judge a profile"),
            icon="people",
        ),
        Verb(name="brief.prefilled", text=gettext_noop("took {what} over from {source}"), icon="copy"),
    ]
)
