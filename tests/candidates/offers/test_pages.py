"""The pages of an offer: the team's, the candidate's, the letters', the API's."""

import csv
import io
import json
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ats.accounts.models import Role
from ats.kernel.errors import Invalid
from ats.models import Activity
from candidates.applications.queries import offered
from candidates.models import Application, HireRecord, Offer, OfferLetterTemplate, Signature
from candidates.offers import actions, queries
from candidates.offers.actions import answer as answering
from candidates.offers.actions import keep_documents
from candidates.offers.domain import pdf
from candidates.offers.models import LIVE
from candidates.offers.queries import letter
from candidates.portal.actions.make_links import new_link
from tests.candidates.helpers import mails
from tests.candidates.offers.test_answering import words_of
from tests.clock import NOW
from tests.factories import make_application, make_candidate, make_organisation, make_requisition, make_user

pytestmark = pytest.mark.django_db
DAY = (NOW + timedelta(days=90)).date()


@pytest.fixture
def application() -> Application:
    return make_application(
        stage_kind="offer", requisition=make_requisition(now=timezone.now()), now=timezone.now()
    )


def enter(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def form(**given) -> dict[str, str]:
    facts = {
        "pay": "70000",
        "pay_currency": "EUR",
        "pay_period": "year",
        "starts_on": str(DAY),
        "employment_type": "full_time",
        "remote_mode": "hybrid",
        "valid_days": "5",
        "custom": "Holiday: 30 days a year",
        "language": "en",
        "letter": letter.SHIPPED,
    }
    return facts | given


def path_of(application: Application) -> str:
    return urlsplit(new_link(candidate=application.candidate, now=timezone.now())).path


def with_candidate(application: Application) -> Offer:
    """An offer that has reached its candidate just now."""
    now, by = timezone.now(), application.requisition.recruiter
    offer = actions.draft(application_id=application.pk, by=by, now=now, pay=70000, starts_on=DAY)
    actions.submit(offer_id=offer.pk, by=by, now=now)
    return with_candidate_now(offer)


def with_candidate_now(offer: Offer) -> Offer:
    """Sent, and reached at once."""
    return reaches(actions.send(offer_id=offer.pk, by=offer.made_by, now=timezone.now()))


def reaches(offer: Offer) -> Offer:
    now = timezone.now()
    Offer.objects.filter(pk=offer.pk).update(sent_at=now - timedelta(minutes=1))
    offer.refresh_from_db()
    actions.reached(offer, now)
    return offer


def test_an_offer_is_made_changed_approved_and_sent_on_its_page(application):
    client = enter(application.requisition.recruiter)
    new = f"/offers/new/{application.pk}/"
    wrong = client.post(new, form(pay="90000", custom="Holiday"))
    assert wrong.status_code == 422
    assert b"10,000 above the approved range. Say why." not in wrong.content
    assert b"Give each line a name, a colon and its words." in wrong.content
    above = client.post(new, form(pay="90000"))
    assert "€10,000 above the approved range. Say why." in above.content.decode()
    made = client.post(new, form())
    offer = Offer.objects.get()
    here = f"/offers/{offer.pk}/"
    assert (made.status_code, made["Location"]) == (302, here)
    assert client.get(new)["Location"] == here
    client.post(f"/offers/matters/{application.pk}/", {"matters": "Afternoons off"})
    client.post(here, form(bonus="A bicycle"))
    shown = client.get(here).content.decode()
    for words in (
        "Afternoons off",
        "Bonus: A bicycle",
        "In the middle of the approved range.",
        "30 days a year",
    ):
        assert words in shown
    draft = client.get(f"{here}letter.pdf").content
    client.post(f"{here}submit/")
    client.post(f"{here}send/")
    assert client.get(f"{here}letter.pdf").content == draft
    assert client.get(f"{here}pages/1/")["Content-Type"] == "image/png"
    assert client.get(f"{here}pages/9/").status_code == 404
    assert b"Until then it can be taken back" in client.get(here).content
    client.post(f"{here}withdraw/", {"reason": "Too early"})
    offer.refresh_from_db()
    assert (offer.state, mails("offer.withdrawn")) == ("withdrawn", [])


def test_pay_is_for_those_who_decide(application):
    offer = with_candidate(application)
    manager = enter(application.requisition.hiring_manager)
    assert manager.get(f"/offers/{offer.pk}/").status_code == 200
    assert manager.post(f"/offers/{offer.pk}/withdraw/", {"reason": "x"}).status_code == 404
    colleague = make_user(Role.INTERVIEWER)
    application.requisition.members.create(user=colleague, role="interviewer")
    for place in ("", "letter.pdf", "pages/1/"):
        assert enter(colleague).get(f"/offers/{offer.pk}/{place}").status_code == 404


def test_the_page_costs_the_same_for_many_versions(application, django_assert_max_num_queries):
    by = application.requisition.recruiter
    offer = actions.draft(application_id=application.pk, by=by, now=timezone.now(), pay=70000, starts_on=DAY)
    client = enter(by)
    client.get(f"/offers/{offer.pk}/")
    for number in range(12):
        actions.change_terms(offer_id=offer.pk, by=by, now=timezone.now(), bonus=f"Number {number}")
    with django_assert_max_num_queries(14):
        client.get(f"/offers/{offer.pk}/")


def test_a_candidate_reads_asks_and_signs(client, application):
    offer = with_candidate(application)
    home = path_of(application)
    here = f"{home}offers/{offer.pk}/"
    assert client.get(home).content.count(b"Read your offer") == 1
    client.post(f"{home}matters/{application.pk}/", {"matters": "Good colleagues"})
    application.refresh_from_db()
    assert application.matters == "Good colleagues"
    long = client.post(f"{home}matters/{application.pk}/", {"matters": "x" * 4001}, follow=True)
    assert "nothing is kept" in long.content.decode()
    page = client.get(here)
    assert "€70,000 a year" in page.content.decode()
    letter_ = client.get(f"{here}letter.pdf").content
    assert words_of(letter_).startswith(application.requisition.organisation.name)
    accept = client.get(f"{here}accept/")
    assert Signature.objects.count() == 0  # opening a link signs nothing
    sha256 = accept.context["mine"].sha256
    assert client.post(f"{here}accept/", {"typed_name": "", "sha256": sha256}).status_code == 400
    other = client.post(f"{here}accept/", {"typed_name": "Mickey", "sha256": sha256})
    assert (other.status_code, "Is the name above yours too?" in other.content.decode()) == (400, True)
    assert Signature.objects.count() == 0
    own = {
        "typed_name": "Mickey",
        "sha256": "0" * 64,
        "is_my_name": "on",
    }  # of an older version, all the same
    stale = client.post(f"{here}accept/", own, follow=True)
    assert "Nothing is accepted yet" in stale.content.decode()
    for _ in range(2):
        done = client.post(
            f"{here}accept/", {"typed_name": "Robin Example", "sha256": sha256}, HTTP_USER_AGENT="Phone"
        )
        assert (done.status_code, done["Location"]) == (302, f"{here}?done")
    assert Signature.objects.get().user_agent == "Phone"
    assert "You are joining us" in client.get(here).content.decode()
    assert "Accepted by" in words_of(client.get(f"{here}signed.pdf").content)
    assert "You are hired" in client.get(home).content.decode()


def test_what_is_not_theirs_or_no_longer_stands(client, application):
    offer = with_candidate(application)
    other = make_application(candidate=make_candidate(), requisition=application.requisition)
    assert client.get(f"{path_of(other)}offers/{offer.pk}/").status_code == 404
    home = path_of(application)
    Offer.objects.filter(pk=offer.pk).update(sent_at=timezone.now() + timedelta(minutes=5))
    assert client.get(f"{home}offers/{offer.pk}/").status_code == 404
    assert b"Read your offer" not in client.get(home).content
    Offer.objects.filter(pk=offer.pk).update(sent_at=timezone.now() - timedelta(minutes=5))
    client.post(f"{home}offers/{offer.pk}/decline/", {"reason": "Another offer"})
    assert "Thank you for telling us" in client.get(f"{home}offers/{offer.pk}/?done").content.decode()
    late = client.post(f"{home}offers/{offer.pk}/accept/", {"typed_name": "Robin", "sha256": "x"})
    assert (late.status_code, "You have declined this offer" in late.content.decode()) == (400, True)


@pytest.mark.ordinary_day
def test_who_declines_somebody_sees_the_offer_that_ends_with_it(application):
    assert set(offered.LIVE) == set(LIVE)  # said twice, because the offers lie a slice higher
    offer, client = with_candidate(application), enter(application.requisition.recruiter)
    here = f"/applications/{application.pk}/reject/"
    many = f"/requisitions/{application.requisition_id}/board/reject/"
    assert (
        "has our offer, and is left out"
        in client.post(many, {"application": application.pk}).content.decode()
    )
    shown = client.get(here, {"reason": "expectations"})
    first = shown.context["form"].initial
    assert "has our offer</strong>" in shown.content.decode()
    assert first["body"].startswith(f"Hello {application.candidate.first_name},\n\nwe made you an offer")
    asked = client.post(here, first | {"note": ""})
    assert (asked.status_code, "Confirm that it is meant" in asked.content.decode()) == (422, True)
    client.post(here, first | {"note": "", "ends_offer": "on"})
    application.refresh_from_db()
    offer.refresh_from_db()
    assert (application.state, offer.state) == ("rejected", "withdrawn")
    assert "have to take it back" in mails("application.rejected")[0].text
    home = path_of(application)
    untold = Client().get(f"{home}offers/{offer.pk}/")  # the letter that tells them is still on its way
    assert (untold.status_code, untold["Location"]) == (302, home)
    assert offered.took_one_back(application)


def test_letters_are_looked_after_and_shown(application):
    lead = make_user(Role.LEAD)
    client = enter(lead)
    organisation = application.requisition.organisation
    here = f"/settings/offer-letters/?organisation={organisation.pk}"
    assert b"There is no {{ candidate.age }}" in client.post(here, {"body": "{{ candidate.age }}"}).content
    client.post(here, {"body": "Dear {{ candidate.name }}\n\n{{ terms }}"})
    own = letter.Template("Dear {{ candidate.name }}\n\n{{ terms }}", "en")
    assert letter.template_for(organisation, "en") == own
    assert letter.template_for(make_organisation(), "en") == letter.Template(letter.SHIPPED, "en")
    assert (
        client.get(f"/settings/offer-letters/preview/?organisation={organisation.pk}").content[:4]
        == b"\x89PNG"
    )
    client.post(here, {"reset": "1"})
    assert not OfferLetterTemplate.objects.exists()
    assert enter(application.requisition.recruiter).get(here).status_code == 403


@pytest.mark.parametrize(
    "name",
    [
        "محمد علي",
        "Łucja Żółć 😀",
        "<script>alert(1)</script>",
        "x" * 90,
        "\u202egnirts",
        "王小明",
        "שלום עולם",
        "{{ terms }}",
    ],
)
def test_hostile_names_make_a_letter(application, name):
    application.candidate.first_name = name
    application.candidate.save()
    by = application.requisition.recruiter
    facts = {"place": name, "bonus": name * 3, "custom": [{"label": "Term", "text": f"{name}\n" * 10}]}
    offer = actions.draft(
        application_id=application.pk, by=by, now=timezone.now(), pay=70000, starts_on=DAY, **facts
    )
    page = queries.offer_page(by, offer.pk, now=timezone.now())
    made = keep_documents.drawn(offer, page.terms)
    pdf.draw.cache_clear()
    assert keep_documents.drawn(offer, page.terms) == made
    assert pdf.pages(made) >= 1
    assert page.lost == ("小明王" if name == "王小明" else "")


def test_a_letter_with_empty_boxes_leaves_only_where_somebody_said_so(application):
    application.candidate.first_name = "王"
    application.candidate.save()
    by, now = application.requisition.recruiter, timezone.now()
    offer = actions.draft(application_id=application.pk, by=by, now=now, pay=70000, starts_on=DAY)
    with pytest.raises(Invalid, match="no font for 王"):
        actions.submit(offer_id=offer.pk, by=by, now=now)
    client, here = enter(by), f"/offers/{offer.pk}/"
    shown = client.get(here).content.decode()
    assert ("They would be empty boxes" in shown, 'name="with_gaps"' in shown) == (True, True)
    client.post(f"{here}submit/", {"with_gaps": "1"})
    offer.refresh_from_db()
    assert offer.state == "approved"


def test_the_candidate_s_page_costs_the_same_for_many_versions(client, application):
    offer, by = with_candidate(application), application.requisition.recruiter
    here = f"{path_of(application)}offers/{offer.pk}/"
    seen = []
    for number in range(5):
        client.get(here)
        with CaptureQueriesContext(connection) as queries_:
            client.get(here)
        seen.append(len(queries_))
        actions.change_terms(offer_id=offer.pk, by=by, now=timezone.now(), bonus=f"Number {number}")
        actions.submit(offer_id=offer.pk, by=by, now=timezone.now())
        actions.send(offer_id=offer.pk, by=by, now=timezone.now())
    assert seen == [seen[0]] * 5


def test_hires_are_exported_without_formulas(application):
    candidate = application.candidate
    candidate.last_name = "=HYPERLINK(1)"
    candidate.save()
    offer = with_candidate(application)
    kept = keep_documents.letter_of(offer)
    answering.accept(
        offer=offer, typed_name="Robin", sha256=kept.sha256, ip=None, user_agent="", candidate=candidate,
        now=timezone.now(),
    )  # fmt: skip
    client = enter(application.requisition.recruiter)
    assert b"1 hire has not been handed" in client.get("/hires/").content
    file = client.post("/hires/export/", {"format": "csv", "new": "1"}).content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(file))
    assert (row["last_name"], row["pay"], row["starts_on"]) == ("'=HYPERLINK(1)", "70000.00", str(DAY))
    data = json.loads(client.post("/hires/export/", {"format": "json"}).content)
    assert data["hires"][0]["last_name"] == "=HYPERLINK(1)"
    assert HireRecord.objects.get().exported_at is not None
    assert Activity.objects.filter(verb="hire.exported").count() == 2
    again = client.post("/hires/export/", {"format": "csv", "new": "1"}).content.decode("utf-8-sig")
    assert len(again.splitlines()) == 1
    assert enter(application.requisition.hiring_manager).get("/hires/").status_code == 403


def test_the_api_drafts_and_sends(application):
    from rest_framework.test import APIClient

    from ats.api.actions import create_token

    by = application.requisition.recruiter
    _, secret = create_token(user=by, name="t", scopes=["offers:read", "offers:write"], now=timezone.now())
    api = APIClient()
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    made = api.post(
        "/api/v1/offers/",
        {"application": application.pk, "pay": "70000", "starts_on": str(DAY)},
        format="json",
    )
    assert (made.status_code, made.json()["state"]) == (201, "draft")
    here = f"/api/v1/offers/{made.json()['id']}/"
    assert api.post(f"{here}send/").status_code == 409
    assert api.post(f"{here}submit/").json()["state"] == "approved"
    sent = api.post(f"{here}send/").json()
    assert (sent["state"], [row["pay"] for row in sent["versions"]]) == ("sent", ["70000.00"])
    assert api.get("/api/v1/offers/", {"state": "sent"}).json()["results"][0]["id"] == sent["id"]
    assert (
        api.post(f"{here}change/", {"bonus": "A bicycle"}, format="json").status_code == 409
    )  # not theirs yet
    reaches(Offer.objects.get())
    changed = api.post(f"{here}change/", {"bonus": "A bicycle"}, format="json").json()
    assert (changed["state"], changed["number"], changed["next_number"], changed["next_state"]) == (
        "sent", 1, 2, "draft",
    )  # fmt: skip
    assert api.post(f"{here}drop-next/").json()["next_state"] == ""
    api.post(f"{here}change/", {"bonus": "A tandem"}, format="json")
    api.post(f"{here}submit/")
    renewed = api.post(f"{here}send/").json()
    assert (renewed["state"], renewed["number"], renewed["versions"][2]["bonus"]) == ("sent", 3, "A tandem")
    assert api.post(f"{here}withdraw/", {"reason": ""}, format="json").status_code == 400
    ended = api.post(f"{here}withdraw/", {"reason": "The budget is gone."}, format="json").json()
    assert (ended["state"], ended["end_reason"]) == ("withdrawn", "The budget is gone.")


@pytest.mark.ordinary_day
def test_what_is_to_be_done_stands_on_my_day_and_on_the_role(application):
    by, now = application.requisition.recruiter, timezone.now()
    client = enter(by)
    offer = actions.draft(application_id=application.pk, by=by, now=now, pay=70000, starts_on=DAY)
    actions.submit(offer_id=offer.pk, by=by, now=now)
    assert f'href="/offers/{offer.pk}/">Send it' in client.get("/").content.decode()
    role = f"/requisitions/{application.requisition_id}/"
    assert f'<a href="/offers/{offer.pk}/">' in client.get(role).content.decode()
    waits = make_application(requisition=application.requisition, now=now)
    offer = with_candidate_now(offer)
    kept = keep_documents.letter_of(offer)
    answering.accept(
        offer=offer, typed_name="Robin", sha256=kept.sha256, ip=None, user_agent="",
        candidate=application.candidate, now=timezone.now(),
    )  # fmt: skip
    day = client.get("/").content.decode()
    assert "Every seat is taken; 1 person does not know yet" in " ".join(day.split())
    assert waits.state == "active"
    hire = f"/hires/{HireRecord.objects.get().pk}/"
    assert f'href="{hire}"' in client.get(f"/offers/{offer.pk}/").content.decode()
    assert f'href="{hire}"' in client.get(f"/applications/{application.pk}/").content.decode()
    assert client.post(f"{hire}first-day/", {"starts_on": "2020-01-01"}).status_code == 422
    assert client.post(f"{hire}first-day/", {"starts_on": str(DAY + timedelta(days=3))}).status_code == 302
    assert client.post(f"{hire}not-coming/", {"reason": ""}).status_code == 422
    assert client.post(f"{hire}not-coming/", {"reason": "They stay where they are"}).status_code == 302
    assert "They stay where they are" in client.get(hire).content.decode()
    assert "Filled, and people still wait" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("forwarded", "kept"),
    [
        ("6.6.6.6, 203.0.113.9", "203.0.113.9"),
        ("2001:db8::9%eth0", "2001:db8::9"),
        ("6.6.6.6, unknown", None),
    ],
)
def test_the_address_on_the_audit_page_is_the_proxys_word(application, settings, forwarded, kept):
    """Not what the one who accepts writes there; and what is no address keeps nobody from accepting."""
    settings.TRUST_PROXY = True
    offer, way = with_candidate(application), path_of(application)
    typed = {"typed_name": "Robin \u202eExample", "sha256": keep_documents.letter_of(offer).sha256}
    answer = Client().post(
        f"{way}offers/{offer.pk}/accept/", typed | {"confirm": "on"}, headers={"x-forwarded-for": forwarded}
    )
    assert answer.status_code == 302
    assert [(one.ip, one.typed_name) for one in Signature.objects.all()] == [(kept, "Robin Example")]
