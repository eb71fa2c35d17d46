"""What somebody reads before they say whether they want to be put forward; kept with their answer."""

import hashlib

from django.utils.translation import gettext, ngettext

from ats.kernel.languages import speaking

SHAPE = "2026-11"
"""The shape of the text: raised with every change of its sentences."""


def sentences(*, client: str, role: str, recruiter: str, months: int, language: str) -> list[str]:
    """Which client, which role, what is passed on, how long they count as ours there, that a no costs nothing."""
    with speaking(language):
        said = [
            gettext("%(recruiter)s would like to put you forward to %(client)s for the role %(role)s.")
            % {"recruiter": recruiter, "client": client, "role": role},
            gettext(
                "With your yes, the people at %(client)s who fill this role see your name, your documents, what you "
                "told us about yourself and your work, and what we noted about our talks. Until then nobody there "
                "sees anything of you."
            )
            % {"client": client},
            gettext(
                "A no costs you nothing: nobody at %(client)s hears of it, and it changes nothing about anything else "
                "that you do with us."
            )
            % {"client": client},
            gettext("Your yes holds for %(client)s alone. We tell you about every further role there.")
            % {"client": client},
        ]
        if months:
            said.append(
                ngettext(
                    "For %(number)s month, %(client)s counts you as put forward by us, also if you apply there "
                    "yourself.",
                    "For %(number)s months, %(client)s counts you as put forward by us, also if you apply there "
                    "yourself.",
                    months,
                )
                % {"number": months, "client": client}
            )
        said.append(
            gettext(
                "You can take your yes back on this page until it is decided; your application for the role ends "
                "with that."
            )
        )
    return said


def version(said: list[str]) -> str:
    """By which a text is known again: that of the page somebody answered, and that of the moment they did."""
    return f"{SHAPE}-{hashlib.sha256(chr(10).join(said).encode()).hexdigest()[:10]}"
