"""What happens with slates and reviews, in words."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="slate.presented", text="put {candidates} before {reviewer}", icon="people"),
        Verb(name="review.asked", text="asked {reviewer} for their view", icon="user"),
        Verb(
            name="review.answered",
            text="answered {verdict_label} after reading the application",
            personal=("body", "criteria"),
            icon="check",
            opened=True,
        ),
        Verb(name="review.cancelled", text="took back the question to {reviewer}: {why}", icon="minus"),
    ]
)
