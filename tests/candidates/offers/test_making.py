"""Terms in versions, the approved range, approval, sending, and what ends an offer."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from ats.accounts.models import Role
from ats.approvals import actions as approvals
from ats.approvals.models import Approval, ApprovalChain, ApprovalRequest, ApprovalStep
from ats.kernel.errors import ActionError, Invalid, Missing, WrongState
from ats.mail.models import MailState
from ats.models import Activity
from candidates.applications.actions import bulk_reject, hire, move, reject, sweep, withdraw
from candidates.applications.queries.offered import offers_for
from candidates.messages.actions import receive
from candidates.messages.actions import send as write
from candidates.models import Application, Offer, OfferDocument, OfferState, OfferTerms, Promise
from candidates.offers import actions
from candidates.offers.actions import ask_approval as approving
from candidates.offers.actions import keep_documents
from candidates.offers.domain.pay import Place, standing
from candidates.offers.domain.terms import changes
from requisitions.models import Opening
from requisitions.roles import actions as requisitions
from requisitions.roles.actions import ask_approval, set_openings
from tests.candidates.helpers import at_once, hours, mails, open_one, run_lane, whole
from tests.candidates.offers.conftest import FIRST_DAY, TERMS, sent
from tests.factories import NOW, make_application, make_requisition, make_user, stage


def verbs(application: Application) -> list[str]:
    rows = Activity.objects.filter(application_id=application.pk, verb__startswith="offer.")
    return list(rows.order_by("id").values_list("verb", flat=True))


@pytest.mark.parametrize(
    ("pay", "currency", "period", "place", "share"),
    [
        ("60000", "EUR", "year", Place.WITHIN, 0),
        ("80000", "EUR", "year", Place.WITHIN, 100),
        ("80000.01", "EUR", "year", Place.ABOVE, 100),
        ("5000", "EUR", "month", Place.WITHIN, 0),
        ("4999", "EUR", "month", Place.BELOW, 0),
        ("70000", "USD", "year", Place.OTHER, None),
        ("40", "EUR", "hour", Place.OTHER, None),
    ],
)
def test_pay_stands_somewhere_in_the_range(db, pay, currency, period, place, share):
    found = standing(Decimal(pay), currency, period, requisition=make_requisition())
    assert (found.place, found.share) == (place, share)


def test_a_draft_takes_the_role_s_word_and_a_change_says_what_is_other(application):
    by = application.requisition.recruiter
    offer = actions.draft(application_id=application.pk, by=by, now=NOW, **TERMS)
    first = offer.terms.get()
    assert (offer.state, offer.opening.number, first.pay_currency, first.employment_type) == (
        "draft", 1, "EUR", "full_time",
    )  # fmt: skip
    with pytest.raises(WrongState, match="has an offer already"):
        actions.draft(application_id=application.pk, by=by, now=NOW, **TERMS)
    with pytest.raises(Invalid, match="Nothing is other"):
        actions.change_terms(offer_id=offer.pk, by=by, now=NOW, pay=Decimal("70000.00"))
    actions.change_terms(
        offer_id=offer.pk,
        by=by,
        now=NOW,
        pay=Decimal(72500),
        bonus="A week of holiday",
        custom=[{"label": "Laptop", "text": "Of your choice"}],
        valid_days=7,
    )
    second = offer.terms.get(number=2)
    assert second.changes == [
        "Pay: €72,500 a year instead of €70,000 a year",
        "Bonus: A week of holiday",
        "Further terms: Laptop: Of your choice",
        "Time to answer: 7 working days",
    ]
    assert changes(second, first)[1:] == [
        "Bonus: no longer A week of holiday",
        "Further terms: no longer Laptop: Of your choice",
    ]
    assert verbs(application) == ["offer.drafted", "offer.changed"]
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        OfferTerms.objects.filter(pk=first.pk).update(pay=1)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"pay": Decimal(0)}, "pay"),
        ({"pay": Decimal(90000)}, "range_reason"),
        ({"pay": Decimal(10)}, "range_reason"),
        ({"pay_currency": "eu"}, "pay_currency"),
        ({"starts_on": NOW.date()}, "starts_on"),
        ({"starts_on": None}, "starts_on"),
        ({"starts_on": date(9999, 12, 31)}, "starts_on"),
        ({"pay_currency": "ZZZ"}, "pay_currency"),
        ({"letter": "{{ terms }}\n\n" * 1500}, "letter"),
        ({"letter": "a\n" * 1500}, "letter"),
        ({"ends_on": FIRST_DAY}, "ends_on"),
        ({"hours_a_week": Decimal(100)}, "hours_a_week"),
        ({"letter": "Dear {{ candidate.salary }}"}, "letter"),
        ({"letter": "  "}, "letter"),
        ({"custom": [{"label": "Car", "text": ""}]}, "custom"),
        ({"valid_days": 0}, "valid_days"),
        ({"place": "x" * 201}, "place"),
    ],
)
def test_terms_that_make_no_sense_are_refused_by_their_field(application, given, field):
    with pytest.raises(Invalid) as refused:
        actions.draft(
            application_id=application.pk,
            by=application.requisition.recruiter,
            now=NOW,
            **(TERMS | given),
        )
    assert refused.value.field == field
    assert not Offer.objects.exists()


def test_who_may_not_and_what_cannot_be(application):
    requisition = application.requisition
    for user in (requisition.hiring_manager, make_user(Role.INTERVIEWER)):
        with pytest.raises(Missing):
            actions.draft(application_id=application.pk, by=user, now=NOW, **TERMS)
    requisition.pay_min = requisition.pay_max = None
    requisition.save()
    with pytest.raises(WrongState, match="has no approved pay range"):
        actions.draft(application_id=application.pk, by=requisition.recruiter, now=NOW, **TERMS)
    out = make_application(state="rejected", requisition=make_requisition(recruiter=requisition.recruiter))
    with pytest.raises(WrongState, match="rejected"):
        actions.draft(application_id=out.pk, by=requisition.recruiter, now=NOW, **TERMS)
    full = make_application(requisition=make_requisition(recruiter=requisition.recruiter))
    full.requisition.openings.update(state="filled", filled_at=NOW)
    with pytest.raises(WrongState, match="no seat to offer"):
        actions.draft(application_id=full.pk, by=requisition.recruiter, now=NOW, **TERMS)


def check_now() -> None:
    """Check what is checked at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_the_database_keeps_offers_from_who_is_out(application):
    offer = sent(application)
    check_now()
    reason, by = make_application(state="rejected").reason, application.requisition.recruiter
    ended = {"state": "rejected", "decided_at": NOW, "decided_by": by, "reason": reason}
    with transaction.atomic():
        Application.objects.filter(pk=application.pk).update(**ended)
        with pytest.raises(IntegrityError, match="an offer to it is live"):
            check_now()
        transaction.set_rollback(True)
    with transaction.atomic():
        Opening.objects.filter(pk=offer.opening_id).update(state="filled", filled_at=NOW)
        offer.save()
        with pytest.raises(IntegrityError, match="its opening is not open"):
            check_now()
        transaction.set_rollback(True)


def test_without_a_chain_it_is_approved_at_once_and_the_letter_is_kept(application):
    by = application.requisition.recruiter
    offer = actions.draft(application_id=application.pk, by=by, now=NOW, **TERMS)
    shown = keep_documents.drawn(offer, offer.terms.get())
    offer = actions.submit(offer_id=offer.pk, by=by, now=NOW)
    letter = OfferDocument.objects.get()
    assert (offer.state, letter.number, keep_documents.bytes_of(letter)) == ("approved", 1, shown)
    how = Activity.objects.get(verb="offer.approved").data["how"]
    assert how == "nobody has to be asked"
    with pytest.raises(WrongState, match="is approved and not sent yet"):
        actions.submit(offer_id=offer.pk, by=by, now=NOW)
    actions.change_terms(offer_id=offer.pk, by=by, now=NOW, pay=Decimal(71000))
    with pytest.raises(WrongState, match="is a draft"):
        actions.send(offer_id=offer.pk, by=by, now=NOW)


def test_pay_above_the_range_goes_through_compensation(application):
    by, lead = application.requisition.recruiter, make_user(Role.LEAD)
    chain = ApprovalChain.objects.create(kind="offer")
    ApprovalStep.objects.create(chain=chain, position=1, part="hiring_manager")
    ApprovalStep.objects.create(
        chain=chain, position=2, person=lead, label="Compensation", condition="above_range"
    )
    offer = actions.draft(
        application_id=application.pk,
        by=by,
        now=NOW,
        **(TERMS | {"pay": Decimal(90000), "range_reason": "x"}),
    )
    assert approving.holds(offer, offer.terms.get()) == {"above_range", "outside_range"}
    actions.submit(offer_id=offer.pk, by=by, now=NOW)

    def answer(user: Any) -> int:
        return user.approvals.get(state="open").pk

    manager = application.requisition.hiring_manager
    approvals.approve(approval_id=answer(manager), by=manager, now=NOW)
    approvals.send_back(approval_id=answer(lead), reason="Too much", by=lead, now=NOW)
    offer.refresh_from_db()
    assert (offer.state, verbs(application)[-1]) == ("draft", "offer.refused")
    actions.change_terms(offer_id=offer.pk, by=by, now=NOW, pay=Decimal(80000), range_reason="")
    actions.submit(offer_id=offer.pk, by=by, now=NOW)
    approvals.approve(approval_id=answer(manager), by=manager, now=NOW)
    offer.refresh_from_db()
    assert (offer.state, verbs(application)[-1]) == ("approved", "offer.approved")
    actions.change_terms(offer_id=offer.pk, by=by, now=NOW, bonus="Some")
    actions.submit(offer_id=offer.pk, by=by, now=NOW)
    actions.withdraw(offer_id=offer.pk, reason="The budget is gone.", by=by, now=NOW)
    assert not manager.approvals.filter(state="open").exists()
    assert mails("offer.withdrawn") == []


@pytest.mark.ordinary_day
def test_sending_waits_and_then_the_next_move_is_the_candidate_s(application):
    by = application.requisition.recruiter
    offer = actions.draft(application_id=application.pk, by=by, now=NOW, **TERMS)
    actions.submit(offer_id=offer.pk, by=by, now=NOW)
    offer = actions.send(offer_id=offer.pk, by=by, now=NOW)
    [mail] = mails("offer.sent")
    assert (mail.state, mail.not_before, offer.sent_at) == ("queued", hours(0.25), hours(0.25))
    assert offer.expires_at == datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
    assert offer.remind_at == datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    assert open_one(application).what == "Our offer"
    run_lane("tasks", hours(0.3))
    promise = open_one(application)
    assert (promise.what, promise.side, promise.kind, promise.due_at) == (
        "Your answer to our offer", "candidate", "offer", offer.expires_at,
    )  # fmt: skip
    assert Promise.objects.get(what="Our offer").state == "kept"
    move(
        application_id=application.pk, stage_id=stage(application.requisition, "interview").pk, by=by, now=NOW
    )
    assert open_one(application).pk == promise.pk

    receive(candidate=application.candidate, application=whole(application), body="A car?", now=hours(2))
    assert open_one(application).kind == "answer"
    write(application_id=application.pk, subject="Car", body="Yes.", by=by, now=hours(3))
    again = open_one(application)
    assert (again.kind, again.side, again.due_at) == ("offer", "candidate", offer.expires_at)

    actions.extend(offer_id=offer.pk, until_day=date(2026, 12, 3), by=by, now=hours(4))
    longer = datetime(2026, 12, 3, 17, 0, tzinfo=UTC)
    assert open_one(application).due_at == longer
    assert len(mails("offer.extended")) == 1
    with pytest.raises(Invalid, match="after the one"):
        actions.extend(offer_id=offer.pk, until_day=date(2026, 12, 2), by=by, now=hours(4))

    run_lane("tasks", longer.replace(day=2, hour=8))  # what was planned at first finds nothing to do
    assert mails("offer.reminder") == []
    run_lane("tasks", longer.replace(day=2))
    assert len(mails("offer.reminder")) == 1
    run_lane("tasks", longer)
    run_lane("promises", longer)
    offer.refresh_from_db()
    assert (offer.state, len(mails("offer.expired"))) == ("expired", 1)
    after = open_one(application)
    assert (after.what, after.side) == ("Word on how we go on", "recruiter")
    assert Promise.objects.get(pk=again.next.pk).state == "released"
    assert [mail.to for mail in mails("offer.answered")] == [
        by.email, application.requisition.hiring_manager.email,
    ]  # fmt: skip


@pytest.mark.ordinary_day
def test_more_time_given_while_they_wait_for_an_answer_is_promised_after_it(application):
    by, offer = application.requisition.recruiter, sent(application)
    receive(candidate=application.candidate, application=whole(application), body="A car?", now=hours(2))
    offer = actions.extend(offer_id=offer.pk, until_day=date(2026, 12, 3), by=by, now=hours(3))
    write(application_id=application.pk, subject="Car", body="Yes.", by=by, now=hours(4))
    again = open_one(application)
    assert (again.kind, again.side, again.due_at) == ("offer", "candidate", offer.expires_at)


@pytest.mark.ordinary_day
def test_taken_back_in_time_nobody_hears_of_it_and_later_they_are_told_why(application):
    by = application.requisition.recruiter
    offer = actions.draft(application_id=application.pk, by=by, now=NOW, **TERMS)
    actions.submit(offer_id=offer.pk, by=by, now=NOW)
    actions.send(offer_id=offer.pk, by=by, now=NOW)
    with pytest.raises(Invalid):
        actions.withdraw(offer_id=offer.pk, reason=" ", by=by, now=NOW)
    actions.withdraw(offer_id=offer.pk, reason="Wrong person.", by=by, now=hours(0.1))
    run_lane("tasks", hours(1))
    assert (mails("offer.sent")[0].state, mails("offer.withdrawn")) == (MailState.CANCELLED, [])
    assert open_one(application).what == "Our offer"
    second = sent(application)
    actions.withdraw(offer_id=second.pk, reason="The budget was cut.", by=by, now=hours(2))
    [told] = mails("offer.withdrawn")
    assert "The budget was cut." in told.text
    assert open_one(application).what == "Word on how we go on"


@pytest.mark.ordinary_day
@pytest.mark.parametrize("how", ["reject", "withdraw"])
def test_who_leaves_play_leaves_no_offer_behind(application, how):
    offer = sent(application)
    if how == "reject":
        by = application.requisition.recruiter
        message = ("No", "We chose otherwise.")
        facts = {"application_id": application.pk, "reason": "stronger-match", "by": by, "now": hours(2)}
        with pytest.raises(Invalid, match="this would withdraw it"):
            reject(message=message, **facts)
        with pytest.raises(Invalid, match="without word"):
            reject(message=None, ends_offer=True, **facts)
        reject(message=message, ends_offer=True, **facts)
    else:
        withdraw(application=whole(application), by=application.candidate, reason_text="", now=hours(2))
    offer.refresh_from_db()
    assert (offer.state, mails("offer.withdrawn")) == ("withdrawn", [])
    check_now()


def test_a_seat_that_is_offered_is_nobody_else_s(application):
    offer = sent(application)
    requisition = application.requisition
    by = requisition.recruiter
    other = make_application(requisition=requisition, stage_kind="offer")
    with pytest.raises(WrongState, match="has been offered to somebody"):
        hire(application_id=other.pk, by=by, now=hours(2))
    set_openings(requisition_id=requisition.pk, count=2, by=by, now=hours(2))
    second = actions.draft(application_id=other.pk, by=by, now=hours(2), **TERMS)
    assert second.opening.number == 2
    set_openings(requisition_id=requisition.pk, count=1, by=by, now=hours(2))
    assert Opening.objects.get(pk=offer.opening_id).state == "open"
    actions.submit(offer_id=second.pk, by=by, now=hours(2))
    with pytest.raises(WrongState, match="filled or offered to somebody else"):
        actions.send(offer_id=second.pk, by=by, now=hours(2))


@pytest.mark.ordinary_day
def test_who_decides_about_many_leaves_out_who_has_an_offer(application):
    offer = sent(application)
    by, role = application.requisition.recruiter, application.requisition
    set_openings(requisition_id=role.pk, count=2, by=by, now=hours(2))
    other = make_application(requisition=role, stage_kind="offer")
    draft = actions.draft(application_id=other.pk, by=by, now=hours(2), **TERMS)
    words = {"reason": "stronger-match", "message": ("No", "No."), "by": by, "now": hours(3)}
    assert [(row.in_hand, row.on_its_way) for row in offers_for(role.pk, now=hours(3))] == [
        (True, False), (False, False),
    ]  # fmt: skip
    with pytest.raises(WrongState, match="has our offer"):
        sweep(requisition_id=role.pk, **words)
    result = bulk_reject(application_ids=[application.pk, other.pk], **words)
    assert (result.done, list(result.refused)) == ([other.pk], [application.pk])
    states = Offer.objects.filter(pk__in=[offer.pk, draft.pk]).order_by("pk").values_list("state", flat=True)
    assert [*states] == ["sent", "withdrawn"]


@pytest.mark.django_db(transaction=True)
def test_two_offers_for_one_seat_sent_at_once():
    requisition = make_requisition(openings=1)
    by = requisition.recruiter
    offers = []
    for _ in range(2):
        one = make_application(requisition=requisition, stage_kind="offer")
        offer = actions.draft(application_id=one.pk, by=by, now=NOW, **TERMS)
        actions.submit(offer_id=offer.pk, by=by, now=NOW)
        offers.append(offer.pk)
    found = at_once(*(lambda pk=pk: actions.send(offer_id=pk, by=by, now=NOW) for pk in offers))
    assert sorted(type(one).__name__ for one in found) == ["Offer", "WrongState"]
    assert [isinstance(one, ActionError) for one in found].count(True) == 1
    assert Offer.objects.filter(state=OfferState.SENT).count() == 1


def test_a_range_that_was_widened_after_its_approval_is_no_approved_range(application):
    """Whoever makes offers may also change the range of the role: that must not spare them compensation's look."""
    requisition, lead = application.requisition, make_user(Role.LEAD)
    by = requisition.recruiter
    with transaction.atomic():
        asked = ask_approval.ask(requisition, by=by, now=NOW)
    ApprovalRequest.objects.filter(pk=asked.pk).update(state="approved", settled_at=NOW)
    offer = actions.draft(application_id=application.pk, by=by, now=NOW, **TERMS)
    assert approving.holds(offer, offer.terms.get()) == set()  # nobody had to approve the opening
    Approval.objects.create(
        request=asked, position=1, label="Lead", approver=lead, state="approved", settled_at=NOW
    )
    assert approving.holds(offer, offer.terms.get()) == set()
    requisitions.change_requisition(requisition_id=requisition.pk, by=by, now=NOW, pay_max=Decimal(200000))
    widened = actions.change_terms(offer_id=offer.pk, by=by, now=NOW, pay=Decimal(190000))
    widened = Offer.objects.get(pk=widened.pk)
    assert approving.holds(widened, widened.terms.get(number=2)) == {"above_range", "outside_range"}
