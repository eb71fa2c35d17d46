"""Nobody is hired for a day that has passed, or for which nobody can be ready."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from ats.accounts.models import Role
from ats.kernel.errors import Invalid, WrongState
from ats.organisation.domain import working_time
from candidates.compose import words
from candidates.hires import actions as hires
from candidates.models import FollowUp, HireRecord, Offer, OfferDocument
from candidates.offers import actions
from candidates.offers.actions import answer as answering
from candidates.offers.actions import keep_documents, set_clocks
from tests.candidates.helpers import days, hours, mails, run_lane
from tests.candidates.offers.conftest import TERMS, sent
from tests.candidates.offers.test_answering import accept, words_of
from tests.candidates.offers.test_pages import enter, path_of
from tests.factories import NOW, make_user

FIRST = days(21).date()
A_TUESDAY = datetime(2026, 11, 24, 13, tzinfo=UTC)


def left_open_until(offer: Offer, end: datetime) -> Offer:
    """As offers could be left that were sent before anybody looked at their first day."""
    Offer.objects.filter(pk=offer.pk).update(expires_at=end)
    offer.refresh_from_db()
    return offer


def test_accepted_after_its_first_day_a_new_one_is_agreed(application):
    recruiter, lead = application.requisition.recruiter, make_user(Role.LEAD)
    calendar = application.requisition.organisation.calendar
    offer = left_open_until(sent(application, starts_on=FIRST, valid_days=1), days(40))
    accept(offer, now=days(26))
    application.refresh_from_db()
    record = HireRecord.objects.get()
    agreed = working_time.after_days(calendar, days(26), 2)
    assert (application.state, application.starts_on, record.starts_on, record.day_by) == (
        "hired", None, None, agreed,
    )  # fmt: skip
    assert record.facts["starts_on"] == ""
    by_then = words.day(agreed, calendar.zone)
    [told] = mails("offer.accepted_day_open")
    assert mails("offer.accepted") == []
    said = " ".join(told.text.split())
    assert f"It names {date_format(FIRST, 'j F Y')} as your first day" in said
    assert f"{recruiter} agrees another day with you by {by_then}." in said
    assert told.attachments.count() == 1
    signed = OfferDocument.objects.get(kind="signed")
    assert "another one is agreed" in " ".join(words_of(keep_documents.bytes_of(signed)).split())
    team = mails("offer.answered")
    assert {mail.to for mail in team} == {recruiter.email, application.requisition.hiring_manager.email}
    assert all(f"agree another one with them by {by_then}" in " ".join(mail.text.split()) for mail in team)
    assert not FollowUp.objects.filter(step__in=["week_before", "day_before"]).exists()

    run_lane("tasks", agreed - timedelta(minutes=1))
    assert mails("hire.day_owed") == []
    run_lane("tasks", agreed)
    run_lane("tasks", agreed + timedelta(hours=1))
    assert sorted(mail.to for mail in mails("hire.day_owed")) == sorted([recruiter.email, lead.email])
    again = working_time.after_days(calendar, agreed, 2)
    run_lane("tasks", again)  # and again, until there is one
    assert len(mails("hire.day_owed")) == 4
    new = (again + timedelta(days=30)).date()
    hires.set_first_day(hire_id=record.pk, starts_on=new, by=recruiter, now=again)
    record.refresh_from_db()
    application.refresh_from_db()
    assert (application.starts_on, record.day_by, record.day_is_owed) == (new, None, False)
    assert date_format(new, "l j F Y") in mails("hire.first_day")[0].text
    run_lane("tasks", again + timedelta(days=9))
    assert len(mails("hire.day_owed")) == 4


@pytest.mark.parametrize(
    ("notice", "at", "first"),
    [
        (0, A_TUESDAY, date(2026, 11, 25)),
        (1, A_TUESDAY, date(2026, 11, 25)),
        (2, A_TUESDAY, date(2026, 11, 26)),
        (2, datetime(2026, 11, 27, 18, tzinfo=UTC), date(2026, 12, 2)),  # a Friday evening arrives on Monday
        (10, A_TUESDAY, date(2026, 12, 8)),
    ],
)
def test_the_house_says_what_time_it_needs(application, notice, at, first):
    organisation = application.requisition.organisation
    organisation.first_day_notice = notice
    organisation.save()
    offer = sent(application, starts_on=days(90).date())
    assert set_clocks.earliest_start(offer, at) == first
    kept, near = offer.terms.get(), offer.terms.get()
    kept.starts_on, near.starts_on = first, first - timedelta(days=1)
    assert (set_clocks.first_day(offer, kept, at), set_clocks.first_day(offer, near, at)) == (first, None)


def test_a_day_that_can_be_kept_is_kept(application):
    offer = left_open_until(sent(application, starts_on=FIRST, valid_days=1), days(40))
    accept(offer, now=days(12))
    application.refresh_from_db()
    assert (application.starts_on, len(mails("offer.accepted"))) == (FIRST, 1)


@pytest.mark.ordinary_day
def test_nobody_is_given_time_beyond_their_first_day(application):
    offer = sent(application, starts_on=FIRST, valid_days=1)
    by, calendar = offer.made_by, application.requisition.organisation.calendar
    begins = date_format(FIRST, "l j F")
    for day in (FIRST - timedelta(days=1), FIRST, FIRST + timedelta(days=3)):
        with pytest.raises(Invalid, match=f"would begin on {begins}") as refused:
            actions.extend(offer_id=offer.pk, until_day=day, by=by, now=hours(2))
        assert refused.value.field == "until_day"
    ten = days(10).date()
    longer = actions.extend(offer_id=offer.pk, until_day=ten, by=by, now=hours(2))
    assert longer.expires_at == working_time.end_of(calendar, ten)
    # A next version with a later first day may give all the time there is until then.
    later = days(60).date()
    actions.change_terms(offer_id=offer.pk, by=by, now=hours(3), starts_on=later, valid_days=20)
    actions.submit(offer_id=offer.pk, by=by, now=hours(3))
    renewed = actions.send(offer_id=offer.pk, by=by, now=hours(3))
    assert renewed.expires_at == working_time.after_days(calendar, hours(3), 20)
    actions.change_terms(
        offer_id=offer.pk, by=by, now=hours(4), starts_on=renewed.expires_at.date() + timedelta(days=1)
    )
    with pytest.raises(Invalid, match="less time to answer"):
        actions.submit(offer_id=offer.pk, by=by, now=hours(4))


def test_nobody_is_asked_about_a_first_day_before_the_answer(application):
    by = application.requisition.recruiter
    facts: dict[str, Any] = TERMS | {"starts_on": days(6).date()}
    offer = actions.draft(application_id=application.pk, by=by, now=NOW, **facts)
    with pytest.raises(Invalid, match="less time to answer") as refused:
        actions.submit(offer_id=offer.pk, by=by, now=NOW)
    assert refused.value.field == "starts_on"
    actions.change_terms(offer_id=offer.pk, by=by, now=NOW, valid_days=1)
    actions.submit(offer_id=offer.pk, by=by, now=NOW)
    with pytest.raises(Invalid, match="less time to answer"):
        actions.send(offer_id=offer.pk, by=by, now=days(3))  # approved, and left to lie
    with pytest.raises(WrongState, match="lies in the past"):
        actions.send(offer_id=offer.pk, by=by, now=days(6))
    assert actions.send(offer_id=offer.pk, by=by, now=NOW).state == "sent"


@pytest.mark.django_db
def test_a_candidate_reads_it_before_and_after_they_sign(client):
    from tests.factories import make_application, make_requisition

    now = timezone.now()
    one = make_application(stage_kind="offer", requisition=make_requisition(now=now), now=now)
    soon = (now + timedelta(days=40)).date()
    by = one.requisition.recruiter
    offer = actions.draft(application_id=one.pk, by=by, now=now, pay=70000, starts_on=soon)
    actions.submit(offer_id=offer.pk, by=by, now=now)
    actions.send(offer_id=offer.pk, by=by, now=now)
    Offer.objects.filter(pk=offer.pk).update(sent_at=now - timedelta(minutes=1))
    here = f"{path_of(one)}offers/{offer.pk}/"
    assert "too near" not in client.get(f"{here}accept/").content.decode()
    organisation = one.requisition.organisation
    organisation.first_day_notice = 60
    organisation.save()
    shown = client.get(f"{here}accept/")
    assert "is too near by now" in shown.content.decode()
    answer = {"typed_name": "Robin Example", "sha256": shown.context["mine"].sha256, "is_my_name": "on"}
    assert client.post(f"{here}accept/", answer).status_code == 302
    page = client.get(here).content.decode()
    assert "was too near when you signed it" in page
    assert "Your first day is still to be agreed" in client.get(path_of(one)).content.decode()
    hire = HireRecord.objects.get()
    staff = enter(by)
    assert "First day to be agreed by" in staff.get(f"/hires/{hire.pk}/").content.decode()
    assert "First day to be agreed by" in staff.get("/hires/").content.decode()
    assert "Still to be agreed" in staff.get(f"/applications/{one.pk}/").content.decode()
    other = soon + timedelta(days=90)
    staff.post(f"/hires/{hire.pk}/first-day/", {"starts_on": str(other)})
    page = client.get(here).content.decode()
    assert ("this day has taken its place" in page, "too near" in page) == (True, False)


def test_a_late_answer_finds_the_offer_over_all_the_same(application):
    offer = sent(application, starts_on=FIRST, valid_days=1)
    with pytest.raises(WrongState, match="has run out"):
        accept(offer, now=days(26))
    answering.expire(offer, days(26))
    assert not HireRecord.objects.exists()
