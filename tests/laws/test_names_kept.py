"""Names that stand in rows, calendars and clients out there: whatever moves in the code, they still resolve.

`names_kept.json` holds those that a landed version had written; a new version adds to it and takes nothing away.
"""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import get_resolver
from rules.permissions import permissions

from ats.activity import verbs
from ats.approvals.domain import kinds
from ats.celery import app
from ats.duework import engine, tasks
from ats.mail import roles
from partners.advice.domain import rules as advice
from partners.alignment.domain import contradictions
from partners.commitments.domain.kinds import KINDS
from partners.corrections.domain.measures import MEASURES
from partners.intake.domain.fields import FIELDS

KEPT = json.loads(Path(__file__).with_name("names_kept.json").read_text())


def known(what: str) -> Iterable[str]:
    found: dict[str, Iterable[object]] = {
        "verbs": verbs.known(),
        "mail roles": roles.known(),
        "lanes": engine.lanes(),
        "kinds of due work": [*tasks._inside, *tasks._outside],
        "Celery tasks": app.tasks,
        "permissions": permissions,
        "approval kinds": kinds.known(),
        "rules of contradictions": contradictions.RULES,
        "rules of advice": advice.RULES,
        "kinds of commitments": KINDS,
        "measures of corrections": MEASURES,
        "fields of a brief": FIELDS,
        "addresses": get_resolver().reverse_dict,
        "tables": [model._meta.db_table for model in apps.get_models()],
    }
    return {str(getattr(name, "name", name)) for name in found[what]}


@pytest.mark.parametrize("what", sorted(KEPT))
def test_what_was_written_once_still_has_its_meaning(what: str) -> None:
    assert [name for name in KEPT[what] if name not in known(what)] == []
