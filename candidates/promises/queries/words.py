"""The words in which a candidate is told that a promise has no date any more, and who approved them."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from ats.mail import outbox, roles
from ats.mail.roles import Words
from ats.organisation.models import HiringOrganisation
from candidates.applications.models import Application
from candidates.compose import letters
from candidates.promises.models import ApprovedWords

ENDED = "promise.ended"
"""The letter's role of mail."""


@dataclass(frozen=True)
class Text:
    """The letter in one language, with who approved just these words."""

    words: Words
    approved: ApprovedWords | None

    @property
    def digest(self) -> str:
        return digest_of(self.words)


def digest_of(words: Words) -> str:
    """The same for the same subject and body, whatever language they are called."""
    return hashlib.sha256(f"{words.subject}\n\n{words.body}".encode()).hexdigest()


def texts(organisation: HiringOrganisation) -> list[Text]:
    """Every text that a candidate of this organisation could get, its first language on top."""
    role = roles.get(ENDED)
    tongues = sorted((code for code, _ in settings.LANGUAGES), key=lambda code: code != organisation.language)
    found = [outbox.words_for(role, organisation=organisation, language=code) for code in tongues]
    once: dict[str, Words] = {}
    for words in found:
        once.setdefault(digest_of(words), words)
    approved = {row.digest: row for row in _approved(organisation.pk).select_related("approved_by")}
    return [Text(words, approved.get(key)) for key, words in once.items()]


def may_end(application: Application) -> bool:
    """Whether a person has approved the words in which this candidate would be told."""
    words = letters.shipped(ENDED, application)
    return _approved(application.requisition.organisation_id).filter(digest=digest_of(words)).exists()


def last_date(organisation: HiringOrganisation) -> int:
    """After how many broken dates no further one is named, in its first language; 0: no words are approved."""
    words = outbox.words_for(roles.get(ENDED), organisation=organisation, language=organisation.language)
    approved = _approved(organisation.pk).filter(digest=digest_of(words)).exists()
    return organisation.most_broken_dates if approved else 0


def _approved(organisation_id: int) -> QuerySet[ApprovedWords]:
    return ApprovedWords.objects.filter(organisation=organisation_id)
