"""What happens with requests about data; their words stand in their own rows alone."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(name="data.copy_asked", text=gettext_noop("asked for a copy of their data"), icon="download"),
        Verb(
            name="data.copy_asked_for_them",
            text=gettext_noop("asked for a copy of their data in their place"),
            icon="download",
        ),
        Verb(
            name="data.copy_ready",
            text=gettext_noop("made the copy of their data and sent them the link"),
            icon="download",
        ),
        Verb(name="data.copy_taken", text=gettext_noop("downloaded the copy of their data"), icon="download"),
        Verb(
            name="data.correction_asked",
            text=gettext_noop("asked us to put data of theirs right"),
            icon="edit",
        ),
        Verb(name="data.correction_done", text=gettext_noop("put data of theirs right"), icon="check"),
        Verb(
            name="data.correction_declined",
            text=gettext_noop("left data of theirs as it is, with a reason"),
            icon="x",
        ),
        Verb(name="data.complained", text=gettext_noop("complained about how we handle data"), icon="shield"),
        Verb(
            name="data.complaint_answered",
            text=gettext_noop("answered a complaint about how we handle data"),
            icon="shield",
        ),
    ]
)
