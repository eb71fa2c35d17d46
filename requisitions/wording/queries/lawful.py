"""What is unlawful is not kept: it needs another wording, unless a lead has said that the rule misread it here."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.template.loader import render_to_string

from ats.kernel import lawful
from ats.kernel.kept import quoted
from ats.kernel.languages import within
from ats.kernel.lawful import Place, Unlawful
from ats.kernel.staff_words import gettext
from requisitions.wording.domain.checker import Finding
from requisitions.wording.models import Misreading, MisreadingState
from requisitions.wording.queries.checks import check as find

SALT = "wording.misread"
ASK_WITHIN = 24 * 3600
"""Seconds for which a refusal can be put before a lead."""


@lawful.answers
def refuse(texts: Mapping[str, str], place: Place, uses: tuple[str, ...]) -> None:
    """Raise `Unlawful` for the first text in which an unlawful ground stands that no lead has cleared there."""
    for field, text in texts.items():
        found = unlawful(text, uses=uses, jurisdiction=place.jurisdiction)
        if found and not _is_cleared(text, place, field):
            raise _refusal(found, text, field, place)


def unlawful(text: str, *, uses: tuple[str, ...], jurisdiction: str) -> list[Finding]:
    """What is unlawful in a text of any of these uses, in its order."""
    if not text.strip():
        return []
    every = [one for use in uses for one in find(text, use=use, jurisdiction=jurisdiction) if one.is_unlawful]
    return sorted({one.start: one for one in reversed(every)}.values(), key=lambda one: one.start)


def digest(text: str) -> str:
    """The text as it is known again, whatever its blanks and capitals."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()


def _is_cleared(text: str, place: Place, field: str) -> bool:
    places = [f"{name}:{field}" for name in (place.name, *place.also)]
    known = Misreading.objects.filter(place__in=places, digest=digest(text))
    return known.filter(state=MisreadingState.MISREAD).exists()


def _refusal(found: list[Finding], text: str, field: str, place: Place) -> Unlawful:
    first = found[0]
    told = first.told
    words = ", ".join(dict.fromkeys(quoted(one.words) for one in found if one.code == first.code))
    message = gettext(
        "%(words)s: %(topic)s is no lawful ground, and this cannot be kept as it stands. %(reason)s"
        " Instead: %(alternative)s"
    ) % {
        "words": words,
        "topic": within(told.topic),
        "reason": told.reason,
        "alternative": told.alternative,
    }
    asked = {
        "place": f"{place.name}:{field}",
        "what": place.what,
        "text": text,
        "words": words,
        "topic": first.topic,
        "reason": first.reason,
        "about": dict(place.about),
    }
    token = signing.dumps(asked, salt=SALT, compress=True)
    shown = render_to_string("requisitions/wording/refused.html", {"message": message, "token": token})
    return Unlawful(message, field=field, shown=shown)


def asked_in(token: str) -> dict[str, Any]:
    """What was refused, as its button brings it; `signing.BadSignature` for anything else."""
    return dict(signing.loads(token, salt=SALT, max_age=ASK_WITHIN))
