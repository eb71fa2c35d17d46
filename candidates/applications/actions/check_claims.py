"""What a no says of the role, against what is so: who was hired, which seats are filled, how the role ends.

Reasons and templates carry flags for what they say: they are refused while it is not so. In words of one's own
such sayings are looked for by a list of phrases, and asked about.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Count, Q

from ats.activity.record import Entry, record_many
from ats.kernel.errors import Invalid
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext, gettext_lazy, ngettext
from ats.mail import outbox, roles
from ats.mail.claims import Claim
from ats.mail.models import MailState, MailTemplate, OutgoingMail
from candidates.applications.mails import NO_LETTERS, REJECTED
from candidates.applications.models import Application, ApplicationState, DispositionReason
from requisitions.models import Opening, Requisition, RequisitionState
from requisitions.roles.models import OpeningState
from requisitions.wording.domain.matching import Phrases, tokens

SHORTEST_BLOCK = 25
"""Characters: a shorter paragraph is a greeting or a name, and says from which template nothing is."""

PHRASES: dict[str, str] = {
    Claim.CHOSEN: """
        chose somebody | chose someone | chosen somebody | chosen someone | chose another | chosen another
        chose a different candidate | chosen a different candidate | chose other candidate*
        another candidate was chosen | somebody else was chosen | someone else was chosen
        decided for somebody | decided for someone | decided for another | decided on another
        go on with somebody else | go on with someone else | going with somebody else | going with someone else
        forward with another | forward with somebody | forward with someone | ahead with another
        selected another | selected somebody | selected someone | hired another | hired somebody | hired someone
        offered the role to | offered the position to | offered the job to
        jemand anderen entschieden | jemanden anderen entschieden | andere person entschieden
        anderen bewerber* ... entschieden | andere bewerberin ... entschieden | anderen kandidat* ... entschieden
        andere kandidatin ... entschieden | jemand anderen eingestellt | jemand anderen ausgewählt
    """,
    Claim.FILLED: """
        role has been filled | position has been filled | place has been filled | seat has been filled
        job has been filled | vacancy has been filled | post has been filled | has now been filled
        role is filled | position is filled | place is filled | seat is filled | job is filled | vacancy is filled
        role was filled | position was filled | already filled | been filled already | filled the role
        filled the position | filled this role | filled this position
        stelle ist besetzt | stelle ist bereits besetzt | stelle wurde besetzt | stelle wurde bereits besetzt
        stelle inzwischen besetzt | stelle ist inzwischen besetzt | position ist besetzt | stelle ist vergeben
        stelle bereits vergeben | stelle ist bereits vergeben
    """,
    Claim.CLOSED: """
        not to fill this role | not to fill the role | not fill this role | not fill the role
        not to fill this position | not to fill the position | will not be filled | won't be filled
        role has been cancelled | position has been cancelled | role was cancelled | position was cancelled
        stelle wird nicht besetzt | stelle nicht zu besetzen | nicht mehr besetzt
    """,
}
"""How people say it, in the languages of the wording rules; written as those are (see `matching`)."""

NOT_SO = {
    Claim.CHOSEN: gettext_lazy("somebody was chosen, and nobody has been hired for this role"),
    Claim.FILLED: gettext_lazy("the role is filled, with {filled} of {seats} taken"),
    Claim.CLOSED: gettext_lazy("the role will not be filled, and it is still open"),
}


@dataclass(frozen=True)
class World:
    """What is so about a role."""

    hired: int
    filled: int
    open: int
    state: str

    @property
    def claims(self) -> frozenset[str]:
        so = {
            Claim.CHOSEN: self.hired > 0,
            Claim.FILLED: self.filled > 0 and self.open == 0,
            Claim.CLOSED: self.state in {RequisitionState.CLOSED, RequisitionState.CANCELLED},
        }
        return frozenset(claim for claim, is_so in so.items() if is_so)

    def says(self, claims: Iterable[str]) -> str:
        """What is not so of these claims, as the end of a sentence."""
        seats = self.filled + self.open
        in_words = ngettext("%(number)s seat", "%(number)s seats", seats) % {"number": seats}
        told = {"filled": self.filled, "seats": in_words}
        return gettext("; and that ").join(
            str(NOT_SO[Claim(claim)]).format(**told) for claim in sorted(claims)
        )


def world_of(requisition_id: int, *, ends_as: str = "") -> World:
    """Who was hired and which seats are left; `ends_as` is how the role is about to end. Two queries."""
    seats = Opening.objects.filter(requisition=requisition_id).aggregate(
        filled=Count("pk", filter=Q(state=OpeningState.FILLED)),
        open=Count("pk", filter=Q(state=OpeningState.OPEN)),
    )
    accepted = Q(state=ApplicationState.HIRED) | Q(state=ApplicationState.ACTIVE, offers__state="accepted")
    rows = Application.objects.filter(requisition=requisition_id)
    facts = rows.aggregate(hired=Count("pk", filter=accepted, distinct=True))
    state = ends_as or Requisition.objects.values_list("state", flat=True).get(pk=requisition_id)
    return World(hired=facts["hired"], filled=seats["filled"], open=seats["open"], state=state)


def check(
    application: Application,
    *,
    reason: DispositionReason | None,
    message: tuple[str, str] | tuple[str, str, bool] | None,
    meant: bool = False,
    ends_as: str = "",
) -> None:
    """Raise `Invalid` where the reason, the template or the words say of the role what is not so.

    `meant` is a yes to exactly that, for words of one's own; there is none for what carries a flag.
    """
    flagged = frozenset(reason.claims) if reason is not None else frozenset()
    text = "\n\n".join(message[:2]) if message is not None else ""
    copied = _claimed_by_template(application, text) if text else frozenset()
    said = in_words(text)
    if not flagged | copied | said:  # as mostly: nothing is asked of the database
        return
    world = world_of(application.requisition_id, ends_as=ends_as)
    if wrong := flagged - world.claims:
        raise Invalid(
            gettext("This reason says that %(says)s. Choose one that is so.") % {"says": world.says(wrong)},
            field="reason",
        )
    if wrong := copied - world.claims:
        raise Invalid(
            gettext("This template says that %(says)s. Change its words.") % {"says": world.says(wrong)},
            field="body",
        )
    if (wrong := said - world.claims) and not meant:
        raise Invalid(
            gettext("The letter seems to say that %(says)s. Change it, or say that it is so all the same.")
            % {"says": world.says(wrong)},
            field="claims_meant",
        )


def hold_back(requisition_id: int, *, now: datetime) -> int:
    """Of the letters about this role that wait, take back those that say what is no longer so; how many.

    Who gets none of it stands among those who are not told yet.
    """
    rows = OutgoingMail.objects.filter(role=REJECTED, requisition_id=requisition_id, state=MailState.QUEUED)
    mails = {mail.application_id or 0: mail for mail in rows}
    applications = Application.objects.filter(pk__in=mails).select_related("reason", "requisition")
    world, held = world_of(requisition_id), []
    for application in applications:
        mail = mails[application.pk]
        said = in_words(mail.text) | frozenset(application.reason.claims if application.reason else ())
        if wrong := said - world.claims:
            held.append(Entry(application, {"why": ours(world.says)(wrong), "mail_id": mail.pk}))
            outbox.cancel(roles_=[REJECTED], now=now, pk=mail.pk)
    record_many("application.letter_held_back", held, by=None, now=now)
    return len(held)


def in_words(text: str) -> frozenset[str]:
    """What free words say of the role, as far as the phrases know it."""
    phrases, claims = _index()
    return frozenset(claims[span.phrase] for span in phrases.find(tokens(text)))


@lru_cache(maxsize=1)
def _index() -> tuple[Phrases, list[str]]:
    pairs = [
        (phrase.strip(), claim)
        for claim, text in PHRASES.items()
        for phrase in text.replace("\n", "|").split("|")
        if phrase.strip()
    ]
    return Phrases(phrase for phrase, _ in pairs), [str(claim) for _, claim in pairs]


def _claimed_by_template(application: Application, text: str) -> frozenset[str]:
    """The flags of those of the house's own letters from which a paragraph stands in this text."""
    flagged = MailTemplate.objects.filter(role__in=NO_LETTERS, claims__len__gt=0).filter(
        Q(organisation=None) | Q(organisation=application.requisition.organisation_id)
    )
    found: frozenset[str] = frozenset()
    for template in flagged:
        if any(_stands_in(block, text) for block in _telling_blocks(template)):
            found |= frozenset(template.claims)
    return found


def _telling_blocks(template: MailTemplate) -> list[str]:
    """The paragraphs in which a template makes its claims: those in which the phrases find one, else its own."""
    shipped = "\n\n".join(words.body for words in roles.get(template.role).words.values())
    own = [
        block.strip()
        for block in re.split(r"\n\s*\n", template.body)
        if len(block.strip()) >= SHORTEST_BLOCK and block.strip() not in shipped
    ]
    return [block for block in own if in_words(block)] or own


def _stands_in(block: str, text: str) -> bool:
    """Whether this paragraph stands in the text, whatever its placeholders were filled in with."""
    parts = [re.escape(" ".join(part.split())) for part in re.split(r"\{\{[^}]*\}\}", block)]
    words = " ".join(text.split())
    return re.search(r".{0,300}?".join(part.replace(r"\ ", r"\s?") for part in parts), words) is not None
