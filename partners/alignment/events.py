"""What happens between what a role is to be and what each function wants of it."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="signing.changed",
            text=gettext_noop("changed who signs the briefs of {name}: {what}"),
            icon="edit",
        ),
        Verb(
            name="signature.asked",
            text=gettext_noop("asked {person} to sign version {version} of the brief for {function}"),
            icon="mail",
        ),
        Verb(
            name="signature.carried",
            text=gettext_noop("version {version} of the brief leaves what {function} signed as it was"),
            icon="check",
        ),
        Verb(
            name="signature.given",
            text=gettext_noop("signed version {version} of the brief for {function}: {said}"),
            icon="edit",
            opened=True,
        ),
        Verb(
            name="signature.handed_on",
            text=gettext_noop("version {version} of the brief is signed for {function} by {person} now"),
            icon="user",
        ),
        Verb(
            name="signature.voided",
            text=gettext_noop(
                "{person} is not asked any more to sign version {version} of the brief for {function}: {why}"
            ),
            icon="minus",
        ),
        Verb(name="contradiction.raised", text=gettext_noop("found a contradiction: {said}"), icon="alert"),
        Verb(
            name="contradiction.changed",
            text=gettext_noop("the contradiction is another now: {said}"),
            icon="alert",
        ),
        Verb(
            name="contradiction.handed_on",
            text=gettext_noop("{title} is decided by {person} now"),
            icon="user",
        ),
        Verb(
            name="contradiction.resolved",
            text=gettext_noop("resolved the contradiction {title}"),
            icon="check",
            opened=True,
        ),
        Verb(
            name="contradiction.accepted",
            text=gettext_noop("accepted the contradiction {title} knowingly"),
            icon="flag",
            opened=True,
        ),
        Verb(name="contradiction.gone", text=gettext_noop("{title}: {reason}"), icon="check"),
        Verb(name="outcome.served", text=gettext_noop("said that {must_have} serves {outcome}"), icon="list"),
    ]
)
