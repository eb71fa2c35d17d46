"""Why a sequence cannot begin for somebody; asked of many at once."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Lower

from ats.kernel.kept import kept
from ats.mail.models import MailKind, SuppressedAddress
from candidates.applications.models import Application
from candidates.consents import queries as consents
from candidates.people.models import Candidate
from candidates.sequences.domain.merging import empty_places
from candidates.sequences.models import Sequence, SequenceRun
from candidates.sequences.queries.values import values_for

NO_ADDRESS = kept("There is no address to write to.")
ERASED = kept("Their data were erased.")
IN_PLAY = kept("They are in play for a role: write to them there.")
RUNNING = kept("Another sequence is being sent to them.")
REFUSED = kept("They want no such messages, or their address does not exist.")
NOT_AGREED = kept("They have not agreed to messages of this kind.")
SENT = kept("They have had this sequence already.")


def obstacles(sequence: Sequence, people: Iterable[Candidate], *, by: str, now: datetime) -> dict[int, str]:
    """By number why not, of those of whom there is a reason; five queries for one as for thousands."""
    people = list(people)
    ids = [each.pk for each in people]
    openly = Application.objects.active().filter(candidate__in=ids, requisition__confidential=False)
    active = set(openly.values_list("candidate", flat=True))
    runs = SequenceRun.objects.filter(candidate__in=ids)
    running = set(runs.running().values_list("candidate", flat=True))
    had = set(runs.filter(sequence=sequence).values_list("candidate", flat=True))
    refusing = _refusing([each.email for each in people])
    agreed = {pk for pk, purpose in consents.agreed(ids, now) if purpose == sequence.needs}
    texts = " ".join(f"{step.subject} {step.body}" for step in sequence.steps.all())
    found: dict[int, str] = {}
    for each in people:
        values = values_for(each, sequence, by)
        reasons = (
            (each.anonymised_at is not None or each.merged_into_id is not None, ERASED),
            (not each.email, NO_ADDRESS),
            (each.email.lower() in refusing, REFUSED),
            (each.pk in active, IN_PLAY),
            (each.pk in running, RUNNING),
            (each.pk in had, SENT),
            (bool(sequence.needs) and each.pk not in agreed, NOT_AGREED),
        )
        why = next((said for holds, said in reasons if holds), "") or _gap(texts, values)
        if why:
            found[each.pk] = why
    return found


def _gap(texts: str, values: dict[str, str]) -> str:
    missing = empty_places(texts, values)
    if not missing:
        return ""
    place = missing[0]
    return kept(f"Nothing is known of them for a place in the text: {place}.")


def _refusing(addresses: list[str]) -> set[str]:
    keys = {address.lower() for address in addresses if address}
    rows = SuppressedAddress.objects.annotate(key=Lower("address"))
    kinds = Q(kind="") | Q(kind=MailKind.RELATIONSHIP)
    return set(rows.filter(kinds, key__in=keys).values_list("key", flat=True))
