"""The pages: typing, handing in, both texts of two windows, and the debrief."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ats.accounts.models import Role
from candidates.models import Debrief, Scorecard
from candidates.scorecards.pages.forms import values_of
from requisitions.models import Criterion
from tests.candidates.scorecards.helpers import AFTER, card_of, hand_in, hold, met, whole
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(client, time_machine):
    time_machine.move_to(AFTER, tick=False)
    user = make_user("interviewer")
    interview = met(user)
    hold(interview)
    client.force_login(user)
    return card_of(interview, user)


def fields(card, revision=0, **facts):
    return values_of(whole(card, **facts)) | {"revision": revision}


def body(answer):
    return answer.content.decode()


def priced(client, address):
    with CaptureQueriesContext(connection) as captured:
        page = body(client.get(address))
    return page, len(captured)


def test_without_javascript_it_is_saved_and_handed_in(client, card):
    address = reverse("scorecard", args=[card.pk])
    page = body(client.get(address))
    assert len(re.findall(r'type="radio" name="r(?:ating_\d|ecommendation)"', page)) == 4 * 3
    assert re.findall(r"Tell me about \w+|Has built with \w+", page) == [
        "Tell me about Python",
        "Has built with Python",
        "Tell me about SQL",
        "Has built with SQL",
    ]
    answer = client.post(address, fields(card, recommendation="", word="Half of it.") | {"save": "1"})
    assert answer.url == address
    assert body(client.get(address)).count("Half of it.</textarea>") == 3
    # Something is missing: it is said beside the field, and what was typed is kept as a draft.
    answer = client.post(address, fields(card, 1, recommendation="", word="All of it.") | {"hand_in": "1"})
    assert answer.status_code == 422
    assert body(answer).count("Choose one of the four.") == 1
    card.refresh_from_db()
    assert (card.state, card.reason, card.revision) == ("draft", "All of it.", 2)
    answer = client.post(address, fields(card, 2, word="All of it.") | {"hand_in": "1"})
    assert answer.url == reverse("debrief", args=[card.application_id])
    card.refresh_from_db()
    assert (card.state, card.recommendation) == ("submitted", "yes")
    assert 'name="evidence_0"' not in body(client.get(address))


def test_empty_evidence_is_refused_beside_each_field(client, card):
    address = reverse("scorecard", args=[card.pk])
    answer = client.post(address, {"revision": 0, "rating_0": "no", "hand_in": "1"})
    wrong = re.findall(r'id="id_(\w+)_error"', body(answer))
    assert sorted(wrong) == ["evidence_0", "evidence_1", "rating_1", "reason", "recommendation"]


def test_autosave_answers_with_the_revision_or_with_both_texts(client, card):
    address = reverse("scorecard_save", args=[card.pk])
    assert client.post(address, {"revision": 0, "reason": "Mine."}).json() == {"revision": 1}
    answer = client.post(address, {"revision": 0, "reason": "Older."})
    assert answer.status_code == 409
    kept = {"recommendation": "", "reason": "Mine.", "private_notes": ""}
    kept |= {"rating_0": "", "evidence_0": "", "rating_1": "", "evidence_1": ""}
    assert answer.json() == {
        "message": "This was changed in another window. Both texts are here: choose what to keep.",
        "revision": 1,
        "values": kept,
    }
    assert client.post(address, {"revision": 1, "reason": "x" * 10_001}).status_code == 422
    assert client.post(address, {"revision": 1, "rating_0": "perhaps"}).status_code == 422
    hand_in(card)
    assert client.post(address, {"revision": 2, "reason": "Late."}).status_code == 422
    card.refresh_from_db()
    assert card.reason == "Did it before."


def test_two_windows_without_javascript_see_both_texts(client, card):
    address = reverse("scorecard", args=[card.pk])
    client.post(address, {"revision": 0, "evidence_0": "From the first.", "rating_0": "no", "save": "1"})
    page = client.post(address, {"revision": 0, "evidence_0": "From the second.", "save": "1"})
    assert page.status_code == 422
    assert "From the second.</textarea>" in body(page)
    boxes = re.findall(
        r'data-other="(\w+)"><p>In the other window:</p><blockquote>(.*?)</blockquote>', body(page)
    )
    assert boxes == [("rating_0", "No"), ("evidence_0", "From the first.")]
    assert 'name="revision" value="1"' in body(page)
    assert card.marks.get(position=0).evidence == "From the first."


def test_a_correction_says_why_and_keeps_the_version_before(client, card):
    hand_in(card, word="Misheard it.")
    card.refresh_from_db()
    address = reverse("scorecard_correct", args=[card.pk])
    answer = client.post(address, fields(card, card.revision, word="Heard it."))
    assert answer.status_code == 422
    answer = client.post(address, fields(card, card.revision, word="Heard it.") | {"why": "Read my notes."})
    assert answer.url == reverse("scorecard", args=[card.pk])
    page = body(client.get(answer.url))
    assert re.findall(r"<summary>Version (\d),.*?</time>(?:: ([\w .]+))?</summary>", page) == [
        ("2", "Read my notes."),
        ("1", ""),
    ]
    assert page.count("Misheard it.") == 3


def test_private_notes_are_kept_apart_and_shown_to_nobody_else(client, card):
    hand_in(card, private_notes="Ask Kim about it.")
    client.post(reverse("scorecard_notes", args=[card.pk]), {"private_notes": "Asked Kim."})
    assert "Asked Kim.</textarea>" in body(client.get(reverse("scorecard", args=[card.pk])))
    assert card.versions.count() == 1
    for user in (make_user(Role.LEAD), card.application.requisition.recruiter):
        client.force_login(user)
        for name, number in (("scorecard", card.pk), ("debrief", card.application_id)):
            page = client.get(reverse(name, args=[number]))
            assert (page.status_code, "Asked Kim" in body(page)) == (200, False)


def test_the_list_shows_what_is_owed_and_ahead_at_the_same_price(client, card):
    address = reverse("scorecard_list")
    client.get(address)
    page, price = priced(client, address)
    assert page.count("data-item") == 1
    for days in (-3, -2, 2, 3):
        met(card.interviewer, starts_at=AFTER + timedelta(days=days))
    page, after = priced(client, address)
    assert (page.count("data-item"), after) == (5, price)


def test_the_debrief_costs_the_same_for_one_and_for_eight(client, card):
    application = card.application
    hand_in(card)
    client.force_login(application.requisition.recruiter)
    address = reverse("debrief", args=[application.pk])
    client.get(address)
    _, before = priced(client, address)
    for number in range(7):
        start = AFTER + timedelta(hours=2 + number)
        other = met(make_user("interviewer"), application=application, starts_at=start)
        hold(other, now=start + timedelta(hours=1))
        (extra,) = Scorecard.objects.filter(interview=other)
        rating = "no" if number == 3 else "yes"
        hand_in(extra, now=AFTER + timedelta(hours=12), rating=rating, word="Long. " * 30)
    page, after = priced(client, address)
    assert page.count('role="columnheader"') == 1 + 8
    assert page.count("They differ</span>") == 3
    assert page.count('<details class="evidence">') == 7 * 3
    assert after == before


def test_the_manager_decides_with_the_reason_and_the_recruiter_takes_it_from_there(client, card):
    application = card.application
    manager = application.requisition.hiring_manager
    hand_in(card)
    Criterion.objects.create(requisition=application.requisition, position=9, name="Care", why="It matters.")
    client.force_login(manager)
    address = reverse("debrief", args=[application.pk])
    assert "Nobody has evidence on “Care”." in body(client.get(address))
    answer = client.post(address, {"outcome": "offer", "reason": ""})
    assert (answer.status_code, Debrief.objects.count()) == (422, 0)
    client.post(address, {"outcome": "offer", "reason": "Has done what we need."})
    debrief = Debrief.objects.get()
    assert (debrief.outcome, debrief.decided_by, debrief.evidence) == (
        "offer",
        manager,
        {"versions": {str(card.pk): 1}, "never": [], "awaited": [], "unassessed": ["Care"]},
    )
    page = body(client.get(address))
    reject = reverse("application_reject", args=[application.pk])
    assert ("takes it from here" in page, reject in page) == (True, False)
    client.force_login(application.requisition.recruiter)
    page = body(client.get(address))
    assert ("takes it from here" in page, reject in page) == (False, True)


@pytest.mark.parametrize("who", ["interviewer", "manager", "stakeholder"])
def test_strangers_find_nothing(client, card, who):
    hand_in(card)
    client.force_login(make_user(who))
    for name, number in (
        ("scorecard", card.pk),
        ("scorecard_correct", card.pk),
        ("debrief", card.application_id),
    ):
        assert client.get(reverse(name, args=[number])).status_code == 404
    assert client.post(reverse("scorecard_save", args=[card.pk]), {"revision": 0}).status_code == 404
    assert client.post(reverse("scorecard_notes", args=[card.pk]), {"private_notes": "x"}).status_code == 404
