"""Of each step of an offer stands who took it, when and what came of it; and each letter says who writes, and when."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from ats.accounts.models import Role, User
from ats.approvals import actions as approvals
from ats.approvals.models import Approval, ApprovalChain, ApprovalRequest, ApprovalStep
from ats.kernel.errors import Invalid, WrongState
from ats.models import Activity, OutgoingMail
from candidates.models import Application, Offer, OfferLetterTemplate
from candidates.offers import actions
from candidates.offers.actions import answer, keep_documents
from candidates.offers.actions.write_letter import write_template
from candidates.offers.queries import letter
from tests.candidates.helpers import days, hours, run_lane
from tests.candidates.offers.conftest import TERMS, sent
from tests.candidates.offers.test_answering import accept
from tests.factories import NOW, make_user

pytestmark = pytest.mark.ordinary_day


def record_of(offer: Offer, *verbs: str) -> list[tuple[str, str, datetime, dict[str, Any]]]:
    """Verb, who, when and what, in the order in which they were written down; each names offer and seat.

    A candidate is named by their application alone.
    """
    rows = Activity.objects.filter(subject_type="offer", subject_id=offer.pk).order_by("pk")
    found = []
    for row in rows.filter(verb__in=[f"offer.{verb}" for verb in verbs]) if verbs else rows:
        data = dict(row.data)
        if row.verb != "offer.reached":
            assert (data.pop("offer_id"), data.pop("opening_id")) == (offer.pk, offer.opening_id)
        found.append(
            (row.verb.removeprefix("offer."), row.actor_name or row.actor_kind, row.occurred_at, data)
        )
    return found


def letters_of(offer: Offer) -> list[tuple[Any, ...]]:
    """What the candidate got of it: role, state, from whose name, key and when it may leave."""
    rows = OutgoingMail.objects.filter(role__startswith="offer.", application_id=offer.application_id)
    return [
        (mail.role.removeprefix("offer."), mail.state, mail.from_name, mail.idempotency_key, mail.not_before)
        for mail in rows.order_by("pk")
    ]


def asked(user: User) -> Approval:
    return user.approvals.get(state="open")


@pytest.fixture
def colleague(application: Application) -> User:
    """Somebody beside the recruiter who may make offers too."""
    return make_user(Role.LEAD, name="Lena Lead")


def test_from_the_draft_to_the_no(application, colleague):
    by, candidate = application.requisition.recruiter, application.candidate
    offer = actions.draft(application_id=application.pk, by=by, now=NOW, **TERMS)
    actions.change_terms(offer_id=offer.pk, by=colleague, now=hours(1), bonus="A bicycle", valid_days=3)
    actions.submit(offer_id=offer.pk, by=colleague, now=hours(2))
    offer = actions.send(offer_id=offer.pk, by=colleague, now=hours(3))
    actions.reached(offer, hours(3.25))
    actions.extend(offer_id=offer.pk, until_day=date(2026, 12, 3), by=colleague, now=hours(4))
    actions.change_terms(offer_id=offer.pk, by=by, now=hours(5), pay=Decimal(72000))
    actions.drop_next(offer_id=offer.pk, by=colleague, now=hours(6))
    actions.change_terms(offer_id=offer.pk, by=by, now=hours(7), pay=Decimal(73000))
    actions.submit(offer_id=offer.pk, by=by, now=hours(8))
    offer = actions.send(offer_id=offer.pk, by=colleague, now=hours(9))
    answer.decline(offer=offer, reason=" The pay ", candidate=candidate, now=hours(10))

    me, us = str(by), str(colleague)
    nobody = {"how": "nobody has to be asked"}
    assert record_of(offer) == [
        ("drafted", me, NOW, {}),
        (
            "changed", us, hours(1),
            {"number": 2, "changes": ["Bonus: A bicycle", "Time to answer: 3 working days"]},
        ),
        ("submitted", us, hours(2), {"number": 2}),
        ("approved", "Accord", hours(2), nobody | {"number": 2}),
        ("sent", us, hours(3), {"until": "Friday 27 November", "number": 2}),
        ("extended", us, hours(4), {"until": "Thursday 3 December"}),
        ("changed", me, hours(5), {"number": 3, "changes": ["Pay: €72,000 a year instead of €70,000 a year"]}),
        ("dropped", us, hours(6), {"number": 3}),
        ("changed", me, hours(7), {"number": 4, "changes": ["Pay: €73,000 a year instead of €70,000 a year"]}),
        ("submitted", me, hours(8), {"number": 4}),
        ("approved", "Accord", hours(8), nobody | {"number": 4}),
        ("renewed", us, hours(9), {"until": "Thursday 3 December", "number": 4}),
        ("declined", "candidate", hours(10), {"reason": "The pay"}),
    ]  # fmt: skip
    end, house = "2026-12-03T17:00:00+00:00", application.requisition.organisation.name
    us = f"{us}, {house}"
    assert letters_of(offer) == [
        ("sent", "cancelled", us, f"offer:{offer.pk}", hours(3.25)),
        ("extended", "cancelled", us, f"offer.extended:{offer.pk}:{end}", hours(4)),
        ("renewed", "cancelled", us, f"offer.renewed:{offer.pk}:4", hours(9)),
    ]


def test_no_answer_and_a_yes(application):
    first = sent(application)
    run_lane("tasks", first.expires_at)
    ended = first.expires_at
    second = sent(application, now=days(8))
    accept(second, now=days(9))

    me = str(application.requisition.recruiter)
    assert record_of(first, "sent", "expired") == [
        ("sent", me, NOW, {"until": "Tuesday 1 December", "number": 1}),
        ("expired", "Accord", ended, {}),
    ]
    letter = keep_documents.letter_of(Offer.objects.get(pk=second.pk))
    assert record_of(second, "accepted") == [
        ("accepted", "candidate", days(9), {"number": 1, "sha256": letter.sha256}),
    ]
    answered = OutgoingMail.objects.filter(role="offer.answered").order_by("pk")
    people = (application.requisition.recruiter, application.requisition.hiring_manager)
    assert [(mail.to, mail.idempotency_key, mail.requisition_id) for mail in answered] == [
        (user.email, f"offer.answered:{offer.pk}:{state}:{user.pk}", application.requisition_id)
        for offer, state in ((first, "expired"), (second, "accepted"))
        for user in people
    ]


@pytest.mark.parametrize("theirs", [False, True], ids=["a first version", "a next version"])
def test_an_approver_s_no_comes_back_with_its_reason(application, colleague, theirs):
    by = application.requisition.recruiter
    offer = sent(application) if theirs else None
    chain = ApprovalChain.objects.create(kind="offer")
    ApprovalStep.objects.create(chain=chain, position=1, person=colleague, label="Compensation")
    if offer:
        actions.change_terms(offer_id=offer.pk, by=by, now=hours(2), pay=Decimal(71000))
    else:
        offer = actions.draft(application_id=application.pk, by=by, now=hours(2), **TERMS)
    actions.submit(offer_id=offer.pk, by=by, now=hours(3))
    number = 2 if theirs else 1
    request = ApprovalRequest.objects.get(state="waiting")
    title = f"{application.candidate.name}, {application.requisition.title}"
    assert (request.title, request.subject_version) == (
        f"{'Next version of the offer' if theirs else 'Offer'} to {title}", number,
    )  # fmt: skip
    approvals.send_back(approval_id=asked(colleague).pk, reason="Too much", by=colleague, now=hours(4))
    actions.submit(offer_id=offer.pk, by=by, now=hours(5))
    approvals.approve(approval_id=asked(colleague).pk, by=colleague, now=hours(6))

    me, us, agreed = str(by), str(colleague), "everybody who was asked agrees"
    assert [row for row in record_of(offer, "submitted", "refused", "approved") if row[2] > hours(2)] == [
        ("submitted", me, hours(3), {"number": number}),
        ("refused", us, hours(4), {"reason": "Too much"}),
        ("submitted", me, hours(5), {"number": number}),
        ("approved", us, hours(6), {"how": agreed, "number": number}),
    ]


def test_who_takes_it_back_and_what_the_candidate_reads(application, colleague):
    offer = sent(application)
    actions.withdraw(offer_id=offer.pk, reason=" The budget\nwas cut. ", by=colleague, now=hours(2))
    offer.refresh_from_db()
    assert (offer.settled_at, offer.end_reason) == (hours(2), "The budget\nwas cut.")
    assert record_of(offer, "withdrawn") == [
        ("withdrawn", str(colleague), hours(2), {"reason": "The budget\nwas cut."})
    ]
    assert [row[0:2] + row[3:] for row in letters_of(offer)] == [
        ("sent", "cancelled", f"offer:{offer.pk}", hours(0.25)),
        ("withdrawn", "queued", f"offer.withdrawn:{offer.pk}", hours(2)),
    ]


def test_there_is_no_time_to_give_before_it_is_sent_or_after_it_ended(application):
    by = application.requisition.recruiter
    offer = actions.draft(application_id=application.pk, by=by, now=NOW, **TERMS)
    given: dict[str, Any] = {"until_day": date(2026, 12, 3), "by": by, "now": hours(1)}
    with pytest.raises(WrongState, match=r"^This offer is a draft: there is no time to give\.$"):
        actions.extend(offer_id=offer.pk, **given)
    offer = sent_from(offer, by)
    answer.decline(offer=offer, reason="", candidate=application.candidate, now=hours(2))
    with pytest.raises(WrongState, match="there is no time to give"):
        actions.extend(offer_id=offer.pk, **given)


@pytest.mark.parametrize(("days_from_now", "allowed"), [(178, True), (181, False)])
def test_more_time_is_given_up_to_half_a_year(application, days_from_now, allowed):
    offer = sent(application, starts_on=date(2027, 9, 1))
    by, day = application.requisition.recruiter, date.fromordinal(NOW.date().toordinal() + days_from_now)
    # Until the end of that working day, which is after the hour of `now` by half a day less in the morning.
    given: dict[str, Any] = {"offer_id": offer.pk, "until_day": day, "by": by, "now": hours(12)}
    if allowed:
        assert actions.extend(**given).expires_at > offer.expires_at
    else:
        with pytest.raises(Invalid, match="within half a year") as refused:
            actions.extend(**given)
        assert refused.value.field == "until_day"


def sent_from(offer: Offer, by: User) -> Offer:
    actions.submit(offer_id=offer.pk, by=by, now=NOW)
    offer = actions.send(offer_id=offer.pk, by=by, now=NOW)
    actions.reached(offer, hours(1))
    return offer


def changes_of_letters() -> Iterable[tuple[str, datetime, dict[str, Any]]]:
    rows = Activity.objects.filter(verb="offer.letter_changed").order_by("pk")
    return [(row.actor_name, row.occurred_at, row.data) for row in rows]


def test_a_letter_of_an_organisation_or_of_the_house_says_who_wrote_it(application, colleague):
    organisation = application.requisition.organisation
    body = "Dear {{ candidate.name }}\n\n{{ terms }}"
    for at, (whose, words) in enumerate(
        ((None, body), (organisation, body), (organisation, " "), (organisation, ""))
    ):
        kept = write_template(organisation=whose, body=words, by=colleague, now=hours(at))
        assert (kept is None) == (not words.strip())
    us = str(colleague)
    assert changes_of_letters() == [
        (us, hours(0), {"name": "for all"}),
        (us, hours(1), {"name": f"for {organisation.name}"}),
        (us, hours(2), {"name": f"for {organisation.name}"}),
    ]
    assert list(OfferLetterTemplate.objects.values_list("organisation", "name", "is_default", "body")) == [
        (None, "Offer letter", True, body)
    ]


@pytest.mark.parametrize("body", ["{{ candidate.age }}", "word " * 20_000], ids=["unknown", "long"])
def test_a_letter_that_cannot_be_is_refused_at_its_field(application, colleague, body):
    with pytest.raises(Invalid) as refused:
        write_template(organisation=None, body=body, by=colleague, now=NOW)
    assert refused.value.field == "body"


def test_the_page_behind_the_letter_says_all_of_the_signature(application):
    offer = sent(application)
    offer = accept(offer, ip=None, user_agent=" ")
    assert keep_documents.evidence(offer, offer.signature) == [
        ("Accepted by", "Robin Example"),
        ("Known to us as", application.candidate.name),
        ("E-mail", application.candidate.email),
        ("Time", "2026-11-24 13:00:00 (UTC), 2026-11-24 13:00:00 UTC"),
        ("Internet address", "not known"),
        ("Browser", "not known"),
        ("Letter", f"Offer {offer.pk}, version 1"),
        ("Fingerprint", keep_documents.letter_of(offer).sha256),
    ]
    assert [keep_documents.filename(offer, kind) for kind in ("letter", "signed")] == [
        f"offer-{offer.pk}-version-1.pdf",
        f"signed-offer-{offer.pk}-version-1.pdf",
    ]
    assert keep_documents.filename(offer, "letter", 7) == f"offer-{offer.pk}-version-7.pdf"


def test_the_sample_of_a_letter_wears_the_organisation_s_colours(application):
    organisation = application.requisition.organisation
    organisation.colour = "#123456"
    shown = keep_documents.sample(organisation, letter.Template("Words", "en"))
    assert (shown.organisation, shown.colour, shown.logo, shown.written_on, shown.body, shown.reference) == (
        organisation.name, "#123456", None, date(2027, 1, 12), "Words", "Offer 1, version 1",
    )  # fmt: skip


def test_planned_times_are_utc(application):
    """What the clock will do stands in moments, not in days of somebody's calendar."""
    assert sent(application).expires_at == datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
