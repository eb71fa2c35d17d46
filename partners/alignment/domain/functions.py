"""Which functions a field of the brief concerns: they are asked again when it changes, and no others."""

from collections.abc import Iterable

from partners.alignment.models import SigningFunction as F

CONCERNS: dict[str, frozenset[F]] = {
    "why": frozenset({F.BUSINESS, F.FINANCE}),
    "outcomes": frozenset({F.BUSINESS, F.SALES}),
    "outcomes_12_months": frozenset({F.BUSINESS, F.SALES}),
    "must_haves": frozenset({F.BUSINESS, F.HR}),
    "nice_to_haves": frozenset({F.BUSINESS, F.HR}),
    "deal_breakers": frozenset({F.BUSINESS, F.HR}),
    "value_proposition": frozenset({F.BUSINESS, F.SALES, F.MARKETING}),
    "hard_part": frozenset({F.BUSINESS, F.MARKETING}),
    "talent_bar": frozenset({F.BUSINESS, F.COMPENSATION}),
    "pay": frozenset({F.COMPENSATION, F.FINANCE, F.HR}),
    "pay_position": frozenset({F.COMPENSATION, F.FINANCE}),
    "sourcing": frozenset({F.MARKETING, F.SALES}),
    "interview_plan": frozenset({F.BUSINESS, F.HR}),
    "decides": frozenset({F.BUSINESS, F.HR}),
    "target_start": frozenset({F.BUSINESS, F.FINANCE}),
}
"""By the code of the field (`partners/intake/domain/fields.py`); one that is not here concerns everybody."""

EVERYBODY = frozenset(F)


def touching(codes: Iterable[str], function: str) -> list[str]:
    """Those of the fields that concern this function."""
    return [code for code in codes if function in CONCERNS.get(code, EVERYBODY)]
