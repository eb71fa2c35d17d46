"""What happens between what a role is to be and what each function wants of it."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="signing.changed", text="changed who signs the briefs of {name}: {what}", icon="edit"),
        Verb(
            name="signature.asked",
            text="asked {person} to sign version {version} of the brief for {function}",
            icon="mail",
        ),
        Verb(
            name="signature.carried",
            text="version {version} of the brief leaves what {function} signed as it was",
            icon="check",
        ),
        Verb(
            name="signature.given",
            text="signed version {version} of the brief for {function}: {said}",
            icon="edit",
            opened=True,
        ),
        Verb(
            name="signature.handed_on",
            text="version {version} of the brief is signed for {function} by {person} now",
            icon="user",
        ),
        Verb(
            name="signature.voided",
            text="{person} is not asked any more to sign version {version} of the brief for {function}: {why}",
            icon="minus",
        ),
        Verb(name="contradiction.raised", text="found a contradiction: {said}", icon="alert"),
        Verb(name="contradiction.changed", text="the contradiction is another now: {said}", icon="alert"),
        Verb(name="contradiction.handed_on", text="{title} is decided by {person} now", icon="user"),
        Verb(
            name="contradiction.resolved",
            text="resolved the contradiction {title}",
            icon="check",
            opened=True,
        ),
        Verb(
            name="contradiction.accepted",
            text="accepted the contradiction {title} knowingly",
            icon="flag",
            opened=True,
        ),
        Verb(name="contradiction.gone", text="{title}: {reason}", icon="check"),
        Verb(name="outcome.served", text="said that {must_have} serves {outcome}", icon="list"),
    ]
)
