"""The rules that the house ships; a house may switch one off and add its own.

They are a help to people who write, not legal advice: each names the law or guidance that it rests on.
"""

from dataclasses import asdict
from typing import Any

from requisitions.wording.models import WordingRule
from requisitions.wording.seeds.instructions import INSTRUCTIONS
from requisitions.wording.seeds.person import PERSON
from requisitions.wording.seeds.rule import Shipped
from requisitions.wording.seeds.words import WORDS
from requisitions.wording.seeds.work import WORK

RULES: tuple[Shipped, ...] = (*PERSON, *WORK, *WORDS, *INSTRUCTIONS)


def write(model: Any = WordingRule, *, using: str = "default") -> None:
    """Write the shipped rules as they are today; what was switched off stays so.

    A migration ships them for the uses that the tables of its day know.
    """
    known = {value for value, _ in model._meta.get_field("uses").base_field.choices}
    facts = [
        {**asdict(rule), "uses": [use for use in rule.uses if use in known], "is_shipped": True}
        for rule in RULES
    ]
    model.objects.using(using).bulk_create(
        (model(**one) for one in facts),
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["updated_at", *(name for name in facts[0] if name != "code")],
    )
