"""The reasons for which applications end, as the house ships them; an organisation may add its own."""

from typing import Any

from django.utils.translation import gettext_noop

from ats.kernel.kept import kept

SHIPPED: tuple[tuple[str, str, str, str], ...] = (
    (
        "stronger-match",
        "chose_otherwise",
        kept("Somebody else fits the role better"),
        gettext_noop("Others who applied show more of what this role needs now."),
    ),
    (
        "chose-somebody",
        "chose_otherwise",
        kept("Somebody else was chosen"),
        gettext_noop("We chose somebody whose experience is closer to what this role needs now."),
    ),
    (
        "missing-must-have",
        "chose_otherwise",
        kept("A must-have of the role is missing"),
        gettext_noop("The role needs something from the first day that we did not find in your application."),
    ),
    (
        "interviews",
        "chose_otherwise",
        kept("Decided after the interviews"),
        gettext_noop("After our conversations we decided not to go on."),
    ),
    (
        "expectations",
        "chose_otherwise",
        kept("Expectations do not meet"),
        gettext_noop("What you are looking for and what we can offer in this role do not meet."),
    ),
    (
        "position-filled",
        "chose_otherwise",
        kept("The role has been filled"),
        gettext_noop("The role has been filled. The decision fell for another person, not against you."),
    ),
    (
        "role-closed",
        "chose_otherwise",
        kept("The role will not be filled"),
        gettext_noop("We have decided not to fill this role. That has nothing to do with your application."),
    ),
    (
        "not-eligible",
        "not_considered",
        kept("Not eligible to work in this place"),
        gettext_noop("For this role we cannot employ somebody without the right to work in this place."),
    ),
    (
        "incomplete",
        "not_considered",
        kept("The application could not be judged"),
        gettext_noop("We could not judge your application with what we had."),
    ),
    (
        "duplicate",
        "not_considered",
        kept("Applied twice"),
        gettext_noop("We go on with your other application for this role."),
    ),
    ("withdrew", "withdrew", "Withdrew", gettext_noop("You withdrew your application.")),
    (
        "withdrew-other-offer",
        "withdrew",
        kept("Took another offer"),
        gettext_noop("You withdrew your application: you took another offer."),
    ),
    (
        "withdrew-pay",
        "withdrew",
        kept("The pay did not fit"),
        gettext_noop("You withdrew your application: the pay did not fit."),
    ),
    (
        "withdrew-timing",
        "withdrew",
        kept("The time did not fit"),
        gettext_noop("You withdrew your application: the time did not fit."),
    ),
    (
        "withdrew-waited",
        "withdrew",
        kept("It took too long"),
        gettext_noop("You withdrew your application: it took us too long."),
    ),
)
"""Code, kind, what staff read, what the candidate reads."""

CLAIMS: dict[str, list[str]] = {
    "chose-somebody": ["chosen"],
    "position-filled": ["filled"],
    "role-closed": ["closed"],
}
"""What the words of a reason say of the role, by the values of `Claim`."""

BEFORE: dict[str, str] = {
    "stronger-match": "We chose somebody whose experience is closer to what this role needs now.",
    "interviews": "After our conversations we decided to go on with somebody else.",
}
"""Words of reasons as they shipped before, which said that somebody was chosen."""


def ship(model: Any) -> None:
    """Write the reasons that are not there yet."""
    known = set(model.objects.values_list("code", flat=True))
    # A migration that came before the claims ships without them.
    flagged = any(field.name == "claims" for field in model._meta.get_fields())
    model.objects.bulk_create(
        model(
            code=code,
            kind=kind,
            label=label,
            candidate_text=text,
            position=position,
            **({"claims": CLAIMS.get(code, [])} if flagged else {}),
        )
        for position, (code, kind, label, text) in enumerate(SHIPPED)
        if code not in known
    )


def mend(model: Any) -> None:
    """Of a house that had the reasons before: flag what they claim, and claim less where it left the words alone."""
    for code, _, _, text in SHIPPED:
        if code in CLAIMS:
            model.objects.filter(code=code).update(claims=CLAIMS[code])
        if code in BEFORE:
            model.objects.filter(code=code, candidate_text=BEFORE[code]).update(candidate_text=text)
    ship(model)
