"""What the places of a sequence's mails say of somebody."""

from ats.mail import unsubscribing
from candidates.compose.letters import CHOICE
from candidates.people.models import Candidate
from candidates.sequences.models import Sequence


def values_for(candidate: Candidate, sequence: Sequence, by: str) -> dict[str, str]:
    """`by` is the name of who writes."""
    return {
        "candidate.first_name": candidate.greeting,
        "candidate.name": "" if candidate.anonymised_at else candidate.name,
        "candidate.headline": candidate.headline,
        "candidate.city": candidate.city,
        "organisation.name": sequence.organisation.name,
        "recruiter.name": by,
        CHOICE: unsubscribing.address_for(candidate.email, sequence.needs),
    }
