"""What happens to offers, in words."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(name="offer.drafted", text=gettext_noop("began an offer"), icon="edit"),
        Verb(
            name="offer.changed",
            text=gettext_noop("changed the offer, version {number}"),
            personal=("changes",),
            icon="edit",
        ),
        Verb(name="offer.submitted", text=gettext_noop("asked for approval of the offer"), icon="waiting"),
        Verb(name="offer.approved", text=gettext_noop("approved the offer: {how}"), icon="check"),
        Verb(
            name="offer.refused",
            text=gettext_noop("sent the offer back: {reason}"),
            personal=("reason",),
            icon="reply",
        ),
        Verb(
            name="offer.sent",
            text=gettext_noop("sent the offer, to be answered by {until}"),
            candidate_text="We made you an offer",
            icon="send",
        ),
        Verb(
            name="offer.renewed",
            text=gettext_noop("sent version {number} of the offer, to be answered by {until}"),
            candidate_text="We changed our offer; you have until {until} to answer",
            icon="send",
        ),
        Verb(name="offer.dropped", text=gettext_noop("dropped version {number} of the offer"), icon="undo"),
        Verb(
            name="offer.extended",
            text=gettext_noop("gave more time for the offer, until {until}"),
            candidate_text="You have until {until} to answer our offer",
            icon="clock",
        ),
        Verb(
            name="offer.accepted",
            text=gettext_noop("accepted the offer"),
            candidate_text="You accepted our offer",
            icon="kept",
        ),
        Verb(
            name="offer.declined",
            text=gettext_noop("declined the offer: {reason}"),
            candidate_text="You declined our offer",
            personal=("reason",),
            icon="x",
        ),
        Verb(
            name="offer.expired",
            text=gettext_noop("ended the offer: it was not answered in time"),
            candidate_text="Our offer ran out",
            icon="clock",
        ),
        Verb(
            name="offer.withdrawn",
            text=gettext_noop("withdrew the offer: {reason}"),
            candidate_text="We withdrew our offer",
            personal=("reason",),
            icon="undo",
        ),
        Verb(
            name="offer.reneged",
            text=gettext_noop("noted that they do not come after all: {reason}"),
            personal=("reason",),
            icon="missed",
        ),
        Verb(
            name="offer.letter_changed", text=gettext_noop("changed the letter template {name}"), icon="file"
        ),
    ]
)
