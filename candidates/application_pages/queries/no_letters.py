"""Which letter a no begins with: by how far somebody came, and never one that says what is not so."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from ats.kernel.staff_words import gettext
from ats.mail import outbox, roles
from ats.mail.roles import Words
from candidates.applications.actions import check_claims
from candidates.applications.mails import AFTER_INTERVIEW, AFTER_OFFER, AFTER_REVIEW, NO_LETTERS, REJECTED
from candidates.applications.models import Application
from candidates.applications.queries import offered
from candidates.compose import apology, letters
from candidates.interviews.models import Interview, InterviewState
from candidates.offers.models import Offer, OfferState
from candidates.reviews.models import Review, ReviewState
from candidates.scorecards.models import Scorecard, ScorecardState
from requisitions.models import Requisition, StageKind

PAST_REVIEW = (StageKind.INTERVIEW, StageKind.ASSESSMENT, StageKind.OFFER)


@dataclass(frozen=True)
class Letter:
    """The words to begin with; `problem` says why they are not the house's own.

    `further`: of many, those who came further than the letter speaks of.
    """

    role: str
    words: Words
    problem: str = ""
    further: tuple[int, ...] = ()

    @property
    def body(self) -> str:
        """With its placeholders, and without the way to the portal, which is added when it is sent."""
        return "\n\n".join(b for b in self.words.body.split("\n\n") if not letters.PORTAL.search(b))


def reached(application_ids: Collection[int], *, now: datetime) -> dict[int, str]:
    """How far each of them came, by the letter that fits it. One query."""
    rows = Application.objects.filter(pk__in=application_ids)
    facts = rows.annotate(
        has_offer=_any(Offer.objects.filter(state=OfferState.SENT, sent_at__lte=now)),
        was_met=_any(Interview.objects.filter(state=InterviewState.HELD))
        | _any(Scorecard.objects.filter(state=ScorecardState.SUBMITTED)),
        was_read=_any(Review.objects.filter(state=ReviewState.ANSWERED)) | Q(stage__kind__in=PAST_REVIEW),
    ).values_list("pk", "has_offer", "was_met", "was_read")
    return {
        pk: AFTER_OFFER if has_offer else AFTER_INTERVIEW if met else AFTER_REVIEW if read else REJECTED
        for pk, has_offer, met, read in facts
    }


def _any(rows: QuerySet[Any]) -> Exists:
    return Exists(rows.filter(application=OuterRef("pk")))


def letter_to(application: Application, *, now: datetime, reason: str = "") -> tuple[str, str, str]:
    """Subject and text of a no to this person as they may be edited, and what is wrong with the own template."""
    role = reached([application.pk], now=now).get(application.pk, REJECTED)
    if offered.took_one_back(application):
        role = AFTER_OFFER
    begun = letter(role, application.requisition, language=application.candidate.language)
    subject, body = letters.edited(begun.words, role, application=application, extra={"reason": reason})
    return subject, body, begun.problem


def letter_to_all(application_ids: Collection[int], requisition: Requisition, *, now: datetime) -> Letter:
    """The letter that is true of everybody of them: the one for whoever came least far.

    Whoever has our offer is decided about alone, and does not count.
    """
    found = {pk: role for pk, role in reached(application_ids, now=now).items() if role != AFTER_OFFER}
    role = next((name for name in NO_LETTERS if name in found.values()), REJECTED)
    further = tuple(sorted(pk for pk, other in found.items() if other != role))
    return replace(letter(role, requisition, language="en"), further=further)


def letter(role: str, requisition: Requisition, *, language: str) -> Letter:
    """The organisation's words for this letter; the shipped ones where its own say what is not so."""
    kind = roles.get(role)
    words = outbox.words_for(kind, organisation=requisition.organisation, language=language)
    if words.claims:
        world = check_claims.world_of(requisition.pk)
        if wrong := words.claims - world.claims:
            shipped = kind.words.get(language, kind.words["en"])
            said = gettext("Your own template says that %(says)s: these are the words that ship.")
            problem = said % {"says": world.says(wrong)}
            return Letter(role, apology.said_in(shipped), problem)
    return Letter(role, apology.said_in(words))
