"""Two records of one person become one: all of it in one transaction, or nothing."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import lock_all
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.languages import too_long
from ats.kernel.staff_words import gettext
from candidates.applications.models import Application
from candidates.duplicates.actions import settle_consents
from candidates.duplicates.actions.move import move
from candidates.duplicates.actions.relations import RELATIONS, walked
from candidates.duplicates.actions.tell_apart import held
from candidates.duplicates.domain.choices import (
    BOTH,
    EMPTIED,
    FIELDS,
    KEPT,
    LOST,
    proposed,
    values,
)
from candidates.duplicates.models import Likeness, Merge
from candidates.duplicates.queries import obstacles
from candidates.duplicates.queries.finding import alike
from candidates.duplicates.queries.listing import is_weak
from candidates.people.actions import index
from candidates.people.domain import phones
from candidates.people.domain.keys import name_key, one_line
from candidates.people.models import AddressKind, Candidate, FurtherAddress

LONGEST_WHY = 300
SOON = timedelta(minutes=1)
ADDRESS_CHANGES = {"done_at": None, "refused_at": None}


@transaction.atomic
def merge(
    *,
    kept_id: int,
    lost_id: int,
    by: User,
    now: datetime,
    chosen: Mapping[str, str] | None = None,
    why: str = "",
) -> Merge:
    """`lost` becomes `kept`: everything of theirs comes along, and their number leads there from now on.

    `chosen` says of each field whose it is (`domain/choices.py`), what it leaves out is as `proposed`. Where nothing
    but a telephone says that they are one, `why` is asked for. It can be undone for thirty days (`undo.py`).
    """
    _refuse_what_nobody_classed()
    kept, lost = _held(kept_id, lost_id, by)
    why = _why(kept, lost, one_line(why))
    picked = proposed(vars(kept), vars(lost)) | _checked(chosen or {})
    before = {"kept": _columns(kept), "lost": _columns(lost)}
    made = values(before["kept"], before["lost"], picked)
    made["name_key"] = name_key(made["first_name"], made["last_name"])
    if not made["name_key"]:
        raise Invalid(gettext("One of the names has to stay."), field="first_name")
    ended = settle_consents.settle(kept, lost, now=now)
    made |= settle_consents.pool(kept, lost)
    asked = _refuse_address_changes(lost, now=now)
    for name, value in EMPTIED.items():
        setattr(lost, name, value)
    lost.merged_into, lost.search = kept, None
    lost.save(update_fields=[*EMPTIED, "merged_into", "search"])
    for name, value in made.items():
        setattr(kept, name, value)
    kept.save(update_fields=list(made))
    came = move(lost=lost.pk, kept=kept.pk, now=now)
    row = Merge.objects.create(
        kept=kept,
        lost=lost,
        by=by,
        merged_at=now,
        why=why,
        came=came,
        before=as_kept(
            before
            | {
                "set": _columns(kept),
                "further": _keep_the_other(kept, before),
                "consents": ended,
                "asked": asked,
            }
        ),
        sweep_at=now + SOON,
    )
    _carry_words_on(kept, lost, now=now)
    index.refresh([kept.pk])
    record("candidate.merged", subject=kept, by=by, now=now, data={"other": lost.pk})
    return row


def _refuse_what_nobody_classed() -> None:
    if unknown := [each.label for each in walked() if each.label not in RELATIONS]:
        raise TypeError(f"Say what becomes of {', '.join(unknown)} when two people are put together.")


def _held(kept_id: int, lost_id: int, by: User) -> tuple[Candidate, Candidate]:
    """Both, under their locks and those of their applications, as whoever asks may see them."""
    kept, lost = held(kept_id, lost_id, by)
    if kept.pk == lost.pk:
        raise Invalid(gettext("Nobody is put together with themselves: choose two people."))
    theirs = Application.objects.filter(candidate__in=[kept.pk, lost.pk])
    lock_all(Application, theirs.values_list("pk", flat=True))
    if found := obstacles.between(kept, lost, by):
        raise WrongState(found[0].said)
    return kept, lost


def _why(kept: Candidate, lost: Candidate, why: str) -> str:
    if len(why) > LONGEST_WHY:
        raise Invalid(too_long(LONGEST_WHY), field="why")
    if not why and is_weak(alike(kept).get(lost.pk, ())):
        raise Invalid(
            gettext("Nothing surer than a telephone says that they are one: say why you know it."),
            field="why",
        )
    return why


def _checked(chosen: Mapping[str, str]) -> dict[str, str]:
    for name, whose in chosen.items():
        if name not in FIELDS:
            raise Invalid(gettext("There is no such field to choose."), field="take")
        if whose not in ((KEPT, LOST, BOTH) if name == "links" else (KEPT, LOST)):
            raise Invalid(gettext("Choose one of the two."), field=name)
    return dict(chosen)


def _columns(candidate: Candidate) -> dict[str, Any]:
    return {name: getattr(candidate, name) for name in EMPTIED}


def as_kept(facts: Any) -> Any:
    """As JSON has it: moments as text."""
    return json.loads(json.dumps(facts, cls=DjangoJSONEncoder))


def _keep_the_other(kept: Candidate, before: Mapping[str, Any]) -> list[int]:
    """The address and the number that were not chosen stay known as further ones; which rows that made."""
    made = []
    for side in (before["kept"], before["lost"]):
        for kind, key in (
            (AddressKind.EMAIL, side["email_key"] or ""),
            (AddressKind.PHONE, phones.digits_of(side["phone"])),
        ):
            first = kept.email_key if kind == AddressKind.EMAIL else phones.digits_of(kept.phone)
            if (
                not key
                or key == first
                or (kind == AddressKind.PHONE and phones.is_one(key, first or ""))
                or kept.further_addresses.filter(kind=kind, key=key).exists()
            ):
                continue
            confirmed = side["email_confirmed_at"] if kind == AddressKind.EMAIL else None
            row = FurtherAddress(candidate=kept, kind=kind, value=side[kind], key=key, confirmed_at=confirmed)
            row.save()
            made.append(row.pk)
    return made


def _refuse_address_changes(lost: Candidate, *, now: datetime) -> list[int]:
    """The address that they asked to be changed is not the first any more."""
    rows = lost.address_changes.filter(**ADDRESS_CHANGES)
    ids = list(rows.values_list("pk", flat=True))
    lost.address_changes.filter(pk__in=ids).update(refused_at=now)
    return ids


def _carry_words_on(kept: Candidate, lost: Candidate, *, now: datetime) -> None:
    """Whom somebody told apart from the one is not the other either; the pair itself is settled."""
    for row in Likeness.objects.of(lost.pk).exclude(apart_at=None):
        other = row.other_than(lost.pk)
        if other == kept.pk:
            continue
        Likeness.objects.bulk_create(
            [
                Likeness(
                    first_id=min(kept.pk, other),
                    second_id=max(kept.pk, other),
                    reasons=row.reasons,
                    found_at=now,
                    apart_at=row.apart_at,
                    apart_by_id=row.apart_by_id,
                )
            ],
            ignore_conflicts=True,
        )
    Likeness.objects.open().of(lost.pk).delete()
