"""What happens with interviews, in words."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="booking.asked", text="asked for a time for {names}: {way}", icon="calendar"),
        Verb(
            name="booking.given",
            text="said when they can come for {names}",
            candidate_text="You told us when you can",
            personal=("note", "times"),
            icon="calendar",
        ),
        Verb(name="booking.expired", text="no time was chosen for {names} until {until}", icon="clock"),
        Verb(
            name="booking.cancelled",
            text="took back the question for a time for {names}: {reason}",
            personal=("reason",),
            icon="minus",
        ),
        Verb(
            name="interview.booked",
            text="booked {name} on {when} with {with_whom}",
            candidate_text="Your interview was booked: {name}, {when}",
            icon="calendar",
        ),
        Verb(
            name="interview.moved",
            text="moved {name} from {was} to {when}: {reason}",
            candidate_text="Your interview was moved: {name}, {when}",
            personal=("reason",),
            icon="calendar",
        ),
        Verb(
            name="interview.cancelled",
            text="cancelled {name} on {when}: {reason}",
            candidate_text="Your interview was cancelled: {name}, {when}",
            personal=("reason",),
            icon="minus",
        ),
        Verb(
            name="interview.held",
            text="{name} took place with {with_whom}",
            candidate_text="You had your interview: {name}",
            icon="check",
        ),
        Verb(
            name="interview.no_show",
            text="said that the candidate did not come to {name}: {reason}",
            personal=("reason",),
            icon="eye-off",
        ),
        Verb(
            name="interview.interviewer_replaced",
            text="put {added} in the place of {removed} for {name}",
            icon="people",
        ),
        Verb(name="interview.replied", text="answered {reply} to the invitation to {name}", icon="mail"),
    ]
)
