"""Who signs the briefs of the demo company, what each function said, and what became of what contradicts itself.

The data role's brief is signed twice: one contradiction is resolved in between, another knowingly accepted. The
designers' is settled late: somebody has said no, somebody has not signed yet, and something is to be decided.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from ats.demo.company.house import House
from ats.demo.company.timeline import Role, Timeline
from partners.alignment import actions
from partners.models import Contradiction, Signature

SIGNERS = {
    "business": "bela",
    "hr": "hanna",
    "compensation": "cosima",
    "marketing": "mila",
    "finance": "felix",
}
"""Nobody sells here what somebody else has to deliver: for sales nobody is asked."""


class Said(NamedTuple):
    function: str
    verdict: str = "yes"
    words: str = ""


DATA = (
    Said("business"),
    Said(
        "compensation",
        "concern",
        "At the 42nd percentile people of the bar A go elsewhere in the second year.",
    ),
    Said("hr"),
    Said("marketing"),
    Said("finance"),
)
DATA_LATER = (
    Said("compensation"),
    Said("business"),
    Said("hr"),
    Said(
        "marketing",
        "concern",
        "It is honest, and it stands too far down: whoever reads it late feels misled.",
    ),
)
OFFICE = tuple(Said(function) for function in SIGNERS)
DESIGN = (
    Said("hr"),
    Said("marketing"),
    Said(
        "business", "concern", "Forty seconds is what we wish for; nobody has measured what it takes today."
    ),
    Said(
        "compensation",
        "no",
        "Beside this range stands no figure of the market. With one and its date I sign.",
    ),
)
"""Finance has not got round to it yet."""

LOWER_BAR = (
    "The bar is B: whoever has run one pipeline at night learns the rest beside Ines. The pay stays as it is."
)
HEARD_ANYWAY = (
    "Everybody who meets them hears whether they can explain it, and the night shift tells us in the first week. We "
    "do without a part of its own, so that it stays at three talks."
)


def name_signers(house: House, *, now: datetime) -> None:
    """Adverts do not wait for them: who tries the demo publishes at once."""
    actions.name_signers(
        organisation_id=house.organisation.pk,
        people={function: house[name].pk for function, name in SIGNERS.items()},
        sign_days=3,
        decide_days=5,
        waits=False,
        by=house["admin"],
        now=now,
    )


def tell(story: Timeline, role: Role, opened_at: datetime) -> None:
    """Each signs within a day or two of being asked; who stands above both partners decides within the week."""
    if role.plan.key == "data":
        _sign(story, role, DATA, opened_at + timedelta(hours=29))
        decided = story.morning(role.plan.opened_days_ago - 7)
        story.at(decided, partial(_decide, role, "bar_above_pay", "resolved", LOWER_BAR))
        more = decided + timedelta(minutes=10)
        story.at(more, partial(_decide, role, "must_unassessed", "accepted", HEARD_ANYWAY))
        _sign(story, role, DATA_LATER, opened_at + timedelta(days=9, hours=4))
    elif role.plan.key == "office":
        _sign(story, role, OFFICE, opened_at + timedelta(hours=30))
    elif role.plan.key == "design":
        _sign(story, role, DESIGN, story.morning(3) + timedelta(hours=3))


def _sign(story: Timeline, role: Role, said: tuple[Said, ...], first: datetime) -> None:
    for number, each in enumerate(said):
        story.at(first + timedelta(hours=5) * number, partial(_say, story.house, role, each))


def _say(house: House, role: Role, said: Said, now: datetime) -> None:
    asked = Signature.objects.open().filter(version__partnership__requisition=role.requisition)
    row = asked.filter(function=said.function).first()
    if row is not None:
        by = house[SIGNERS[said.function]]
        actions.sign(signature_id=row.pk, verdict=said.verdict, words=said.words, by=by, now=now)


def _decide(role: Role, rule: str, how: str, reason: str, now: datetime) -> None:
    rows = Contradiction.objects.open().filter(partnership__requisition=role.requisition, rule=rule)
    row = rows.select_related("decider").first()
    if row is not None and row.decider is not None:
        actions.decide(contradiction_id=row.pk, how=how, reason=reason, key=row.key, by=row.decider, now=now)
