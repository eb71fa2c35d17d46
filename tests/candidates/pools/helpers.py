"""A pool and a sequence to begin with."""

from typing import Any

from ats.accounts.models import User
from candidates.consents.actions import agree
from candidates.models import Sequence, TalentPool
from candidates.pools import actions as pools
from candidates.sequences import actions as sequences
from tests import factories as f

HELLO = "Hello {{ candidate.first_name }},\n\nwe should talk."


def make_pool(by: User, **facts: Any) -> TalentPool:
    given = {
        "name": "Nurses", "purpose": "to tell you of roles for nurses", "owner": by, "needs": "roles",
        "grace_days": 30, "by": by, "now": f.NOW,
    } | facts  # fmt: skip
    if "organisation" not in given:
        given["organisation"] = f.make_organisation()
    return pools.make(**given)


def make_sequence(by: User, *texts: tuple[int, str], **facts: Any) -> Sequence:
    steps = [
        sequences.StepText(wait, f"Mail {number}", body)
        for number, (wait, body) in enumerate(texts or ((0, HELLO), (3, HELLO)), start=1)
    ]
    given = {"name": "Getting to know", "needs": "", "steps": steps, "by": by, "now": f.NOW} | facts
    if "organisation" not in given:
        given["organisation"] = f.make_organisation()
    return sequences.make(**given)


def consent(candidate: Any, now: Any = f.NOW) -> None:
    agree(candidate=candidate, purpose="roles", where="colleague", by=candidate, now=now)
