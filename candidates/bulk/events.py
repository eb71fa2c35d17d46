"""What happens with bulk runs; what happened to each person stands in the record as if it had been done by hand."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="bulk.started",
            text=gettext_noop("began to do one thing with many: {what}"),
            icon="list-check",
        ),
        Verb(name="bulk.cancelled", text=gettext_noop("stopped what was being done with many"), icon="x"),
        Verb(name="bulk.ended", text=gettext_noop("did one thing with many: {what}"), icon="check"),
        Verb(
            name="bulk.undo_started",
            text=gettext_noop("began to take back what was done with many"),
            icon="arrow-back-up",
        ),
        Verb(
            name="bulk.undone", text=gettext_noop("took back what was done with many"), icon="arrow-back-up"
        ),
        Verb(name="bulk.exported", text=gettext_noop("took a table of {number} people"), icon="download"),
    ]
)
