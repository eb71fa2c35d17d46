"""Messages to candidates: from whom, to whom, and the facts that their words may use."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from django.conf import settings

from ats.kernel.errors import Invalid
from ats.kernel.languages import speaking
from ats.kernel.staff_words import gettext
from ats.mail import outbox, render, reply_tags, roles, unsubscribing
from ats.mail.keys import without_keys
from ats.mail.models import OutgoingMail
from ats.mail.outbox import Attachment, To
from ats.mail.roles import Words
from candidates.compose import apology, gaps
from candidates.compose.portal_links import portal_link
from candidates.compose.words import typed
from candidates.people.domain.keys import one_line

if TYPE_CHECKING:
    from ats.accounts.models import User
    from candidates.applications.models import Application

CANDIDATE = {
    "candidate.first_name": "Robin",
    "candidate.name": "Robin Example",
    "job.title": "Data engineer",
    "organisation.name": "Example Company",
    "recruiter.name": "Kim Sample",
    "portal_link": "https://hiring.example.com/status/sample/",
}
"""The placeholders that every message to a candidate may use, with samples for the preview."""

WAYS = {
    "en": ("See where you stand", "Your messages and your data"),
    "de": ("Sehen, wo Sie stehen", "Ihre Nachrichten und Ihre Daten"),
    "fr": ("Voir où vous en êtes", "Vos messages et vos données"),
    "es": ("Ver cómo va su candidatura", "Sus mensajes y sus datos"),
}
"""What the button to the portal says, and what it says under a no and after a withdrawal: there is nothing to stand
for any more. Letters are in these languages."""


CHOICE = "choices_link"
CHOICES = {CHOICE: "https://hiring.example.com/mail/unsubscribe/sample/"}
"""The placeholder of the way out of relationship mail, which every such letter ends with."""
WAYS_OUT = {
    "en": "Stop these messages, or choose what we write about",
    "de": "Diese Nachrichten abbestellen oder Themen wählen",
    "fr": "Arrêter ces messages, ou choisir les sujets",
    "es": "Dejar de recibir estos mensajes o elegir los temas",
}


def _way(text: str) -> str:
    return f"[{text}]({{{{ portal_link }}}})"


BUTTON, AFTER = map(_way, WAYS["en"])
OVER = ("rejected", "withdrawn")
PORTAL = re.compile(r"\{\{\s*portal_link\s*\}\}")
LONGEST_BODY = 20_000
FROM_US = "from_us"
UNDECIDED = "undecided"
"""The placeholder of what marketing says with a step."""
MESSAGE = "conversation.message"
"""The role of what a person writes themselves."""


def values_for(application: "Application", *, link: str) -> dict[str, str]:
    candidate, requisition = application.candidate, application.requisition
    return {
        "candidate.first_name": candidate.greeting,
        "candidate.name": candidate.name,
        "job.title": requisition.title,
        "organisation.name": requisition.organisation.name,
        "recruiter.name": str(requisition.recruiter),
        "portal_link": link,
    }


SIGNATURE = ("{{ recruiter.name }}", "{{ organisation.name }}")


def _facts(
    role: roles.MailRole, application: "Application", *, link: str, extra: Mapping[str, str] | None
) -> dict[str, str]:
    values = values_for(application, link=link)
    if role.purpose:
        values[CHOICE] = unsubscribing.address_for(application.candidate.email, role.purpose)
    if apology.PLACEHOLDER in role.placeholders:
        values[apology.PLACEHOLDER] = apology.apology_to(application)
    return values | {name: str(value) for name, value in (extra or {}).items()}


def own_words(
    subject: str, body: str, gaps_meant: bool = False, *, application: "Application | None" = None
) -> Words:
    """What a person wrote, with the way to the portal at its end.

    `Invalid` where something is still to be filled in, unless somebody said that it is meant so.
    """
    body = typed(body)
    if not body:
        raise Invalid(gettext("Write the message."), field="body")
    if len(body) > LONGEST_BODY:
        raise Invalid(
            gettext("Keep the message under %(most)s characters.") % {"most": LONGEST_BODY}, field="body"
        )
    gaps.check(body, meant=gaps_meant, signature=signature_of(application))
    return Words(subject=one_line(subject), body=body)


def signature_of(application: "Application | None") -> tuple[str, ...]:
    """The lines that close a letter about this application, as templates write them and as they read."""
    if application is None:
        return SIGNATURE
    requisition = application.requisition
    return (*SIGNATURE, str(requisition.recruiter), requisition.organisation.name)


def write(
    role_name: str,
    *,
    application: "Application",
    now: datetime,
    words: Words | None = None,
    extra: Mapping[str, str] | None = None,
    link: str = "",
    adds: str = "",
) -> render.Rendered:
    """The message of a role for this application: the organisation's template, or a person's own `words`.

    Own words may use the role's placeholders; `Invalid` names one that it does not have. A preview gives a
    `link` of its own, so that no way to the portal is made for it. `adds`: what marketing says below it.
    """
    if words is None:
        words = shipped(role_name, application)
    else:
        render.check(roles.get(role_name), words)
    if adds:
        words, extra = adding(words, adds), dict(extra or {}) | {FROM_US: adds}
    link = link or portal_link(application.candidate, now)
    return filled(role_name, words, application=application, link=link, extra=extra)


def filled(
    role_name: str,
    words: Words,
    *,
    application: "Application",
    link: str,
    extra: Mapping[str, str] | None = None,
) -> render.Rendered:
    """These words with this application's facts, and with the way to the portal where they do not show it."""
    role, reader = roles.get(role_name), application.candidate.language
    button, after = map(_way, WAYS.get(words.language or reader, WAYS["en"]))
    way = after if role.is_end or application.state in OVER else button
    body = words.body.replace(button, way)
    if not PORTAL.search(body):
        body = f"{body}\n\n{way}"
    if role.purpose and CHOICE not in body:
        said = WAYS_OUT.get(words.language or reader, WAYS_OUT["en"])
        body = f"{body}\n\n{said}: {{{{ {CHOICE} }}}}"
    brand = outbox.brand_of(application.requisition.organisation)
    with speaking(words.language or reader):
        values = _facts(role, application, link=link, extra=extra)
        return render.render(role, replace(words, body=body), values, brand, reader=reader)


def preview(
    role_name: str, *, application: "Application", extra: Mapping[str, str] | None = None
) -> tuple[str, str]:
    """Subject and text as a person may edit them; the way to the portal is added when it is sent."""
    return edited(shipped(role_name, application), role_name, application=application, extra=extra)


def edited(
    words: Words, role_name: str, *, application: "Application", extra: Mapping[str, str] | None = None
) -> tuple[str, str]:
    """`preview` of these words."""
    role = roles.get(role_name)
    blocks = [block for block in words.body.split("\n\n") if not PORTAL.search(block)]
    with speaking(words.language or application.candidate.language):
        values = _facts(role, application, link="", extra=extra)
        written = render.render(role, Words(subject=words.subject, body="\n\n".join(blocks)), values)
    return written.subject, written.text.strip()


def shipped(role_name: str, application: "Application", template: str = "") -> Words:
    """The words of a role as this application's organisation has them, in the candidate's language.

    `template`: the name of words of their own, which stand in for those of the role.
    """
    role, organisation = roles.get(role_name), application.requisition.organisation
    if template:
        role = replace(role, name=template)
    words = outbox.words_for(role, organisation=organisation, language=application.candidate.language)
    return apology.said_in(words) if apology.PLACEHOLDER in role.placeholders else words


SaysOfUs = Callable[["Application", str], str]
_say_of_us: list[SaysOfUs] = []


def says_of_us(say: SaysOfUs) -> SaysOfUs:
    """Let the decorated function say what marketing adds to a message that a person sends, by the name of its step."""
    _say_of_us.append(say)
    return say


def said_of_us(application: "Application", step: str) -> str:
    return next(filter(None, (say(application, step) for say in _say_of_us)), "")


def adding(words: Words, what: str) -> Words:
    """These words with what marketing says below them, where they do not say themselves where it stands."""
    return saying(words, FROM_US if what else "")


def saying(words: Words, place: str) -> Words:
    """These words with what stands at `place` below them, where they do not have it already."""
    if not place or place in words.body:
        return words
    return replace(words, body=f"{words.body}\n\n{{{{ {place} }}}}")


def to_candidate(application: "Application", *, sender: "User | None" = None, by_team: bool = False) -> To:
    """Addressed to the candidate, from a person of the organisation, with replies to where they are read.

    `by_team`: from nobody by name.
    """
    organisation = application.requisition.organisation
    person = sender or application.requisition.recruiter
    return To(
        address=application.candidate.email,
        name=application.candidate.name,
        from_name=organisation.name if by_team else f"{person}, {organisation.name}",
        reply_to=reply_tags.address_for(application.pk) or organisation.reply_to,
    )


def queue(
    role_name: str,
    *,
    application: "Application",
    key: str,
    now: datetime,
    words: Words | None = None,
    extra: Mapping[str, str] | None = None,
    sender: "User | None" = None,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    attachments: Iterable[Attachment] = (),
    adds: str = "",
) -> OutgoingMail:
    """Write the message and put it into the outbox, in the caller's transaction; `adds` stands below it."""
    return outbox.queue(
        role_name,
        to=to_candidate(application, sender=sender),
        message=write(role_name, application=application, now=now, words=words, extra=extra, adds=adds),
        key=key,
        now=now,
        not_before=not_before,
        not_after=not_after,
        about=application.about(),
        attachments=attachments,
    )


def without_button(text: str) -> str:
    """A sent text without the way to the portal, wherever it stands: the link opens it for anybody."""
    blocks = without_keys(text).strip().split("\n\n")
    ways = tuple(f"{text}:" for text in [*chain.from_iterable(WAYS.values()), *WAYS_OUT.values()])
    return "\n\n".join(block for block in blocks if not block.startswith(ways))


def roles_to_candidates() -> list[str]:
    """The roles of mail that candidates get: those that know the way to their portal."""
    return [name for name, role in roles.known().items() if "portal_link" in role.placeholders]


def staff_link(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def to_user(user: "User") -> To:
    return To(address=user.email, name=str(user))
