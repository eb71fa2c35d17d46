"""Writing must-haves and nice-to-haves: those that stay keep their row, as reviews refer to it."""

from collections.abc import Sequence

from ats.kernel.errors import Invalid
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
        raise Invalid(f"{MOST} are more than anybody can be asked for.", field=field)
    for item in wanted:
        if not item.name:
            raise Invalid("Say in a few words what it is.", field=field)
        if len(item.name) > 200:
            raise Invalid("Keep each one under 200 characters.", field=field)
        if kind == CriterionKind.MUST and not item.why:
            raise Invalid(
                f"Say why a great person without “{item.name}” would still be turned down;"
                " if they would not be, it is nice to have.",
                field=field,
            )
