"""Where all evidence is in: the statement that finds it says what the plain words of it say."""

from datetime import timedelta
from itertools import product

import pytest

from candidates.models import Application, Debrief, Interview, Scorecard
from candidates.scorecards.queries import debriefs_ready
from tests.factories import NOW, make_application, make_requisition, make_user

pytestmark = pytest.mark.django_db

ENTERED = NOW - timedelta(days=10)
HOUR = timedelta(hours=1)
CARDS = {
    "nothing": [],
    "of an earlier stage": [("submitted", ENTERED - HOUR)],
    "at the moment of the move": [("submitted", ENTERED)],
    "of this stage": [("submitted", ENTERED + HOUR)],
    "of both": [("submitted", ENTERED - HOUR), ("submitted", ENTERED + 2 * HOUR)],
    "owed": [("draft", None)],
    "in and owed": [("submitted", ENTERED + 3 * HOUR), ("draft", None)],
    "not needed": [("cancelled", None)],
    "in and not needed": [("submitted", ENTERED + 4 * HOUR), ("cancelled", None)],
    "in and never given": [("submitted", ENTERED + 5 * HOUR), ("never", None)],
}
DECIDED = {"never": None, "before": ENTERED - 2 * HOUR, "meanwhile": ENTERED + HOUR, "since": NOW}


def plainly(roles):
    """Its meaning, one application after the other."""
    found = {}
    for application in Application.objects.filter(state="active", requisition__in=roles):
        cards = list(application.scorecards.all())
        handed_in = [card.submitted_at for card in cards if card.state == "submitted"]
        if not handed_in or any(card.state == "draft" for card in cards):
            continue
        since = max(handed_in)
        decided = application.debriefs.filter(decided_at__gte=since).exists()
        moved_on = since < application.stage_entered_at
        if not (decided or moved_on or application.interviews.filter(state="booked").exists()):
            found[application.pk] = since
    return dict(sorted(found.items(), key=lambda row: (row[1], row[0])))


def a_case(requisition, writer, cards, decided, *, booked, state="active"):
    application = make_application(
        requisition=requisition, stage_kind="interview", stage_entered_at=ENTERED, state=state
    )
    met = [
        Interview(
            application=application, name="Talk", format="video", booked_at=ENTERED, starts_at=ENTERED,
            ends_at=ENTERED + HOUR, state="held", settled_at=NOW,
        )
        for _ in cards
    ]  # fmt: skip
    if booked:
        day = NOW + timedelta(days=1)
        met.append(
            Interview(
                application=application,
                name="Next",
                format="video",
                booked_at=NOW,
                starts_at=day,
                ends_at=day + HOUR,
            )
        )
    Interview.objects.bulk_create(met)
    Scorecard.objects.bulk_create(
        Scorecard(
            interview=interview, application=application, interviewer=writer, state=kind, due_at=NOW,
            submitted_at=when, recommendation="yes" if when else "", reason="Did it." if when else "",
            why_never="Has left." if kind == "never" else "",
        )
        for interview, (kind, when) in zip(met, cards, strict=False)
    )  # fmt: skip
    if decided:
        Debrief.objects.create(
            application=application, outcome="offer", reason="All.", decided_by=writer, decided_at=decided
        )
    return application.pk


def test_it_says_what_the_plain_words_say():
    role, other, elsewhere, writer = (*(make_requisition() for _ in range(3)), make_user())
    cases = {
        a_case((role, other)[booked], writer, cards, decided, booked=booked): (name, when, booked)
        for (name, cards), (when, decided), booked in product(CARDS.items(), DECIDED.items(), (False, True))
    }
    late = CARDS["of this stage"]
    gone = a_case(role, writer, late, None, booked=False, state="rejected")
    theirs = a_case(elsewhere, writer, late, None, booked=False)
    roles = [role.pk, other.pk]

    found = debriefs_ready(roles, most=len(cases))

    assert list(found.items()) == list(plainly(roles).items())
    assert {cases[number][:2] for number in found} == {
        ("at the moment of the move", "never"),
        ("at the moment of the move", "before"),
        ("of this stage", "never"),
        ("of this stage", "before"),
        ("of both", "never"),
        ("of both", "before"),
        ("of both", "meanwhile"),
        ("in and not needed", "never"),
        ("in and not needed", "before"),
        ("in and not needed", "meanwhile"),
        ("in and never given", "never"),
        ("in and never given", "before"),
        ("in and never given", "meanwhile"),
    }
    assert not any(cases[number][2] for number in found)
    assert {gone, theirs}.isdisjoint(found)
    assert list(debriefs_ready(roles, most=3)) == list(found)[:3]
    assert list(debriefs_ready([elsewhere.pk], most=3)) == [theirs]
    assert debriefs_ready([], most=3) == {}
