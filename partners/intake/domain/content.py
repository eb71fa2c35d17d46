"""What a brief says, as plain values: what a version keeps, and by what a change is known.

By the code of each field (`domain/fields.py`):

- a text, with its line breaks: `why`, `outcomes`, `outcomes_12_months`, `deal_breakers`, `value_proposition`,
  `hard_part`, `sourcing`, `decides`; empty where nothing was said
- `must_haves`: a list of `{"id", "name", "why", "turn_down", "interviews", "way", "question", "how"}`; `id` is the
  criterion's number, `turn_down` is `yes`, `no` or empty, `interviews` the numbers of those of the `interview_plan`
  that assess it, `way` one of `models.Way` or empty, `question` is `{"id", "label"}` of the application form or null
- `nice_to_haves`: a list of names
- `talent_bar`: `A`, `B`, `C` or empty
- `pay`: `{"min", "max", "currency", "period"}`, the amounts as text (`"68000.00"`) or null
- `pay_position`: `{"percentile", "source", "as_of"}`, the percentile a number or null, the day as text
- `interview_plan`: a list of `{"id", "name", "purpose", "minutes", "step", "people", "needed", "criteria"}`, as the
  plan orders them; `people` are names, `criteria` the names of what the interview assesses
- `target_start`: the day as text (`2027-03-01`), or empty
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from partners.intake.domain.fields import FIELDS, Kept
from partners.intake.models import Brief, MustHave
from requisitions.models import Criterion, CriterionKind, PlannedInterview, Requisition

Content = dict[str, Any]

TEXTS = frozenset(code for code, field in FIELDS.items() if field.columns == (code,)) - {
    "talent_bar",
    "target_start",
}
"""Fields that are one text."""


def content(
    requisition: Requisition,
    brief: Brief,
    *,
    criteria: Iterable[Criterion],
    asked: Mapping[int, MustHave],
    planned: Iterable[PlannedInterview],
) -> Content:
    """Everything that the brief says now; `asked` is what the intake asks of a must-have, by its number."""
    rows, interviews = sorted(criteria, key=lambda row: (row.position, row.pk)), list(planned)
    said = {code: column(code, requisition, brief) for code, field in FIELDS.items() if field.columns}
    said["must_haves"] = [
        must_have(row, asked.get(row.pk) or MustHave(criterion=row), interviews)
        for row in rows
        if row.kind == CriterionKind.MUST
    ]
    said["nice_to_haves"] = [row.name for row in rows if row.kind == CriterionKind.NICE]
    said["interview_plan"] = [_interview(row) for row in interviews]
    return {code: said[code] for code in FIELDS}


def column(code: str, requisition: Requisition, brief: Brief) -> Any:
    """What a field says that is kept in columns."""
    if code == "pay":
        return {
            "min": amount(requisition.pay_min),
            "max": amount(requisition.pay_max),
            "currency": requisition.pay_currency,
            "period": requisition.pay_period,
        }
    if code == "pay_position":
        return {
            "percentile": brief.pay_percentile,
            "source": brief.pay_source,
            "as_of": brief.pay_as_of.isoformat() if brief.pay_as_of else "",
        }
    if code == "target_start":
        return requisition.target_start.isoformat() if requisition.target_start else ""
    return getattr(requisition if FIELDS[code].kept == Kept.ROLE else brief, code)


def must_have(row: Criterion, asked: MustHave, planned: Iterable[PlannedInterview]) -> dict[str, Any]:
    """One must-have, with how it is assessed."""
    return {
        "id": row.pk,
        "name": row.name,
        "why": row.why,
        "turn_down": asked.turn_down,
        "interviews": [one.pk for one in planned if row.pk in {each.pk for each in one.criteria.all()}],
        "way": asked.way,
        "question": {"id": asked.question.pk, "label": asked.question.label} if asked.question else None,
        "how": asked.how,
    }


def amount(value: Decimal | None) -> str | None:
    return None if value is None else f"{Decimal(value):.2f}"


def _interview(row: PlannedInterview) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "purpose": row.purpose,
        "minutes": row.minutes,
        "step": row.stage.name,
        "people": sorted(str(user) for user in row.interviewers.all()),
        "needed": row.interviewers_needed,
        "criteria": [
            each.name for each in sorted(row.criteria.all(), key=lambda one: (one.position, one.pk))
        ],
    }


def mark(value: Any) -> str:
    """By what a value is known again: another value has another mark."""
    said = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def changed(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[str]:
    """The codes of the fields that are not what they were, in a brief's order; of a first version, of what it says."""
    if before is None:
        return [code for code in FIELDS if is_said(code, after[code])]
    return [code for code in FIELDS if before.get(code) != after[code]]


def is_said(code: str, value: Any) -> bool:
    """Whether a field says anything."""
    if code == "pay":
        return value["min"] is not None
    if code == "pay_position":
        return value["percentile"] is not None
    return bool(value)


def missing(said: Mapping[str, Any]) -> list[str]:
    """The codes of the fields that say nothing yet."""
    return [code for code in FIELDS if not is_said(code, said[code])]
