"""Two lines of evidence from the mail: one's own scorecard, whole or as a draft."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from ats.by_mail.models import MailKey
from ats.duework import engine
from ats.mail.models import OutgoingMail
from candidates.interviews.actions import settle
from candidates.models import Scorecard
from candidates.scorecards.actions import follow
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http://testserver(/by-mail/[\w-]+/)")
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def card(time_machine):
    role = make.make_requisition(must_haves=("Python",))
    type(role.organisation).objects.update(acts_by_mail=True)
    application = make.make_application(requisition=role, stage_kind="interview")
    must = role.criteria.get()
    kit = {
        "criteria": [{"id": must.pk, "name": must.name, "is_must": True}],
        "questions": [],
        "purpose": "How you build.",
    }
    interview = make.make_interview(application, starts_at=NOW, kit=kit)
    follow.follow(interview_id=interview.pk, by=None, now=NOW)
    settle.mark_held(interview_id=interview.pk, now=LATER)
    engine.tick(LATER)
    time_machine.move_to(LATER)
    return Scorecard.objects.get()


def link():
    return LINK.search(OutgoingMail.objects.filter(role__startswith="scorecards.").latest("pk").text)[1]


def given(card, **more):
    (mark,) = card.marks.all()
    return {
        "revision": card.revision,
        f"rating_{mark.position}": "yes",
        f"evidence_{mark.position}": "Named two pitfalls of the GIL, and how to live with them.",
        "recommendation": "yes",
        "reason": "Knows it well.",
    } | more


def test_whole_evidence_is_handed_in(card):
    browser = Client()
    assert browser.get(link()).status_code == 200
    assert browser.post(link(), given(card)).status_code == 200
    card.refresh_from_db()
    assert (card.state, card.reason) == ("submitted", "Knows it well.")
    assert browser.post(link(), given(card)).status_code == 410


def test_what_is_not_whole_is_kept_as_a_draft_with_ones_own_notes(card):
    Scorecard.objects.filter(pk=card.pk).update(private_notes="Ask about notice.")
    done = Client().post(link(), given(card, reason="", recommendation=""))
    assert "Kept as a draft" in done.content.decode()
    card.refresh_from_db()
    assert (card.state, card.private_notes) == ("draft", "Ask about notice.")
    assert card.marks.get().evidence.startswith("Named two")


def test_what_another_window_wrote_meanwhile_is_not_written_over(card):
    Scorecard.objects.filter(pk=card.pk).update(revision=5, reason="Written elsewhere.")
    assert Client().post(link(), given(card, revision=0)).status_code == 422
    card.refresh_from_db()
    assert card.reason == "Written elsewhere."
    assert MailKey.objects.filter(used_at__isnull=False).count() == 0


def test_an_interviewer_who_is_replaced_writes_nothing(card):
    Scorecard.objects.filter(pk=card.pk).update(state="cancelled")
    assert Client().post(link(), given(card)).status_code == 410
