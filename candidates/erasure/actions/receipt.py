"""The receipt of an erasure: what went, what stays and why, sent to an address that is forgotten afterwards."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.utils.translation import gettext, ngettext

from ats.kernel.languages import speaking
from ats.mail import outbox
from ats.mail.models import OutgoingMail
from ats.mail.outbox import To
from ats.organisation.models import HiringOrganisation
from candidates.erasure.models import Erasure
from candidates.people.models import Candidate
from candidates.portal.actions import organisation_of

ROLE = "erasure.receipt"
COUNTED = ("candidates.Application", "candidates.Document", "candidates.Message", "candidates.Interview")


@dataclass(frozen=True)
class Receipt:
    """To whom it goes: taken down before nobody knows any more."""

    address: str
    language: str
    first_name: str
    organisation: HiringOrganisation | None

    @classmethod
    def to(cls, candidate: Candidate) -> Self | None:
        """None for somebody without an address."""
        if not candidate.email:
            return None
        return cls(candidate.email, candidate.language, candidate.greeting, organisation_of(candidate))

    def send(self, erasure: Erasure, *, now: datetime) -> OutgoingMail:
        """Put it into the outbox; it is about nobody, so that nothing leads from it to a person."""
        name = self.organisation.name if self.organisation else ""
        with speaking(self.language):
            values = {
                "candidate.first_name": self.first_name,
                "organisation.name": name or gettext("our hiring team"),
                "reference": str(erasure.reference),
                "what": what_went(erasure),
            }
        return outbox.queue(
            ROLE,
            to=To(address=self.address, from_name=name),
            message=outbox.write(ROLE, values=values, organisation=self.organisation, language=self.language),
            key=f"erasure:{erasure.reference}",
            now=now,
        )


def what_went(erasure: Erasure) -> str:
    """`2 applications, 3 files, 14 messages, 1 interview`, in the language at hand."""
    applications, files, messages, interviews = (erasure.went.get(label, 0) for label in COUNTED)
    parts = [
        ngettext("%(number)s application", "%(number)s applications", applications)
        % {"number": applications},
        ngettext("%(number)s file", "%(number)s files", files) % {"number": files},
        ngettext("%(number)s message", "%(number)s messages", messages) % {"number": messages},
        ngettext("%(number)s interview", "%(number)s interviews", interviews) % {"number": interviews},
    ]
    there = [
        words
        for words, number in zip(parts, (applications, files, messages, interviews), strict=True)
        if number
    ]
    return ", ".join(there) or gettext("your contact details")
