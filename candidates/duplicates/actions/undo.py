"""Taking two records apart that were put together: what came goes back, as long as it is remembered."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel import guards
from ats.kernel.access import get_for, lock_all
from ats.kernel.errors import Conflict, Missing, WrongState
from ats.kernel.staff_words import gettext
from candidates.applications.models import Application
from candidates.consents.models import Consent, Where
from candidates.duplicates.actions.merge import as_kept
from candidates.duplicates.actions.move import give_back
from candidates.duplicates.domain.choices import EMPTIED
from candidates.duplicates.models import Merge
from candidates.duplicates.rules import MERGE
from candidates.people.actions import index
from candidates.people.domain.keys import name_key
from candidates.people.models import Candidate, FurtherAddress

MOMENTS = ("email_confirmed_at", "pool_consent_at", "pool_consent_until")
TAKEN = ("candidate_address_once", "furtheraddress_one_persons")


@transaction.atomic
def undo(*, merge_id: int, by: User, now: datetime, kept_id: int | None = None) -> Merge:
    """Both are as they were, with what came since where it can be told whose it is; the rest stays with who stays."""
    row = _held(merge_id, by, now, kept_id)
    kept, lost = (Candidate.objects.without_words().get(pk=each) for each in (row.kept_id, row.lost_id))
    was = row.before
    FurtherAddress.objects.filter(pk__in=was["further"], candidate=kept).delete()
    give_back(came=row.came, kept=kept.pk, lost=lost.pk, now=now)
    _restore(kept, lost, was)
    ended = Consent.objects.filter(pk__in=was["consents"], withdrawn_where=Where.MERGED)
    ended.update(withdrawn_at=None, withdrawn_where="", updated_at=now)
    lost.address_changes.filter(pk__in=was["asked"], expires_at__gt=now).update(refused_at=None)
    row.undone_at, row.undone_by, row.sweep_at, row.came, row.before = now, by, None, {}, {}
    row.save(update_fields=["undone_at", "undone_by", "sweep_at", "came", "before"])
    index.refresh([kept.pk, lost.pk])
    for each in (kept, lost):
        record("candidate.unmerged", subject=each, by=by, now=now)
    return row


def _held(merge_id: int, by: User, now: datetime, kept_id: int | None) -> Merge:
    """The row under the locks of both and of their applications; refused in words where it cannot be undone."""
    seen = Candidate.objects.visible_to(by)
    found = Merge.objects.filter(pk=merge_id, kept__in=seen).first() if by.has_perm(MERGE) else None
    if found is None or kept_id not in (None, found.kept_id):
        raise Missing("There is no such merge.")
    lock_all(Candidate, [found.kept_id, found.lost_id])
    kept = get_for(Candidate.objects.without_words(), found.kept_id, user=by, permission=MERGE)
    theirs = Application.objects.filter(candidate=found.kept_id)
    lock_all(Application, theirs.values_list("pk", flat=True))
    row = Merge.objects.select_for_update(no_key=True).get(pk=merge_id)
    lost = Candidate.objects.without_words().get(pk=row.lost_id)
    if row.undone_at is not None:
        raise WrongState(gettext("This was undone already."))
    if row.kept_id != found.kept_id:
        raise Conflict(
            gettext("The survivor was put together with somebody else a moment ago. Open the page again.")
        )
    if not row.before or kept.anonymised_at or lost.anonymised_at:
        raise WrongState(gettext("The data of this person were erased: there is nothing to take apart."))
    if Candidate.objects.filter(
        pk__in=[kept.pk, lost.pk], erasures__state__in=["waiting", "erased"]
    ).exists():
        raise WrongState(gettext("They are about to be erased, as one person: call that off first."))
    if now > row.undone_until:
        raise WrongState(gettext("It can be undone for thirty days, and they are over."))
    return row


def _restore(kept: Candidate, lost: Candidate, was: dict[str, Any]) -> None:
    """The lost one as they were; of the survivor what nobody has changed since."""
    now_set = as_kept({name: getattr(kept, name) for name in EMPTIED})
    changed = []
    for name, value in was["kept"].items():
        if now_set[name] == was["set"][name] and now_set[name] != value:
            setattr(kept, name, _read(name, value))
            changed.append(name)
    kept.name_key = name_key(kept.first_name, kept.last_name)
    for name, value in was["lost"].items():
        setattr(lost, name, _read(name, value))
    lost.merged_into = None
    try:
        with transaction.atomic():
            kept.save(update_fields=[*changed, "name_key"])
            lost.save(update_fields=[*EMPTIED, "merged_into"])
    except IntegrityError as error:
        if guards.name_of(error) not in TAKEN:
            raise
        said = gettext(
            "An address of one of the two is somebody's by now: give it back first, and undo it then."
        )
        raise Conflict(said) from error


def _read(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name in MOMENTS and value else value
