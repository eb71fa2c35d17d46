"""What happens to offers, in words."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="offer.drafted", text="began an offer", icon="edit"),
        Verb(
            name="offer.changed",
            text="changed the offer, version {number}",
            personal=("changes",),
            icon="edit",
        ),
        Verb(name="offer.submitted", text="asked for approval of the offer", icon="waiting"),
        Verb(name="offer.approved", text="approved the offer: {how}", icon="check"),
        Verb(name="offer.refused", text="sent the offer back: {reason}", personal=("reason",), icon="reply"),
        Verb(
            name="offer.sent",
            text="sent the offer, to be answered by {until}",
            candidate_text="We made you an offer",
            icon="send",
        ),
        Verb(
            name="offer.renewed",
            text="sent version {number} of the offer, to be answered by {until}",
            candidate_text="We changed our offer; you have until {until} to answer",
            icon="send",
        ),
        Verb(name="offer.dropped", text="dropped version {number} of the offer", icon="undo"),
        Verb(
            name="offer.extended",
            text="gave more time for the offer, until {until}",
            candidate_text="You have until {until} to answer our offer",
            icon="clock",
        ),
        Verb(
            name="offer.accepted",
            text="accepted the offer",
            candidate_text="You accepted our offer",
            icon="kept",
        ),
        Verb(
            name="offer.declined",
            text="declined the offer: {reason}",
            candidate_text="You declined our offer",
            personal=("reason",),
            icon="x",
        ),
        Verb(
            name="offer.expired",
            text="ended the offer: it was not answered in time",
            candidate_text="Our offer ran out",
            icon="clock",
        ),
        Verb(
            name="offer.withdrawn",
            text="withdrew the offer: {reason}",
            candidate_text="We withdrew our offer",
            personal=("reason",),
            icon="undo",
        ),
        Verb(
            name="offer.reneged",
            text="noted that they do not come after all: {reason}",
            personal=("reason",),
            icon="missed",
        ),
        Verb(name="offer.letter_changed", text="changed the letter template {name}", icon="file"),
    ]
)
