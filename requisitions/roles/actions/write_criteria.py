"""Writing must-haves and nice-to-haves: those that stay keep their row, as reviews refer to it."""

from collections.abc import Sequence

from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from requisitions.roles.domain.facts import Wanted
from requisitions.roles.models import Criterion, CriterionKind, Requisition

FIELD = {CriterionKind.MUST: "must_haves", CriterionKind.NICE: "nice_to_haves"}
MOST = 30


def write(requisition: Requisition, kind: CriterionKind, wanted: Sequence[Wanted]) -> bool:
    """Make the criteria of this kind those of `wanted`, in that order; whether anything changed."""
    wanted = [
        Wanted(name=item.name.strip(), why=item.why.strip(), id=item.id)
        for item in wanted
        if item.name.strip() or item.why.strip()
    ]
    _check(kind, wanted)
    before = {row.pk: row for row in requisition.criteria.filter(kind=kind)}
    kept = {item.id for item in wanted if item.id in before}
    changed = bool(requisition.criteria.filter(pk__in=set(before) - kept).delete()[0])
    for position, item in enumerate(wanted):
        row = before.get(item.id) if item.id else None
        row = row or Criterion(requisition=requisition, kind=kind)
        if row.pk and (row.position, row.name, row.why) == (position, item.name, item.why):
            continue
        row.position, row.name, row.why = position, item.name, item.why
        row.save()
        changed = True
    return changed


def _check(kind: CriterionKind, wanted: Sequence[Wanted]) -> None:
    field = FIELD[kind]
    if len(wanted) > MOST:
        raise Invalid(
            gettext("%(MOST)s are more than anybody can be asked for.") % {"MOST": MOST}, field=field
        )
    for item in wanted:
        if not item.name:
            raise Invalid(gettext("Say in a few words what it is."), field=field)
        if len(item.name) > 200:
            raise Invalid(gettext("Keep each one under 200 characters."), field=field)
        if kind == CriterionKind.MUST and not item.why:
            raise Invalid(
                gettext(
                    "Say why a great person without “%(item)s” would still be turned down; if they would not be,"
                    " it is nice to have."
                )
                % {"item": item.name},
                field=field,
            )
