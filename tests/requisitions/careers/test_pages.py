import gzip
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from redis.exceptions import ConnectionError as RedisIsAway

from ats.accounts.models import Role
from ats.organisation.actions import change_organisation
from ats.organisation.models import HiringOrganisation
from requisitions.careers import cache as kept
from requisitions.careers.domain import response_record
from requisitions.models import JobPost
from requisitions.posts import actions as posts
from requisitions.roles import actions as roles
from tests.factories import NOW, make_location, make_organisation, make_post, make_requisition, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> HiringOrganisation:
    return make_organisation(
        name="Example Company", slug="example", about_text="We make tools that last.", colour="#2f5d50"
    )


def job(company: HiringOrganisation, title: str = "Data Engineer", **facts: Any) -> JobPost:
    post_facts = {name: facts.pop(name) for name in ("slug", "body", "published_at") if name in facts}
    facts.setdefault("location", make_location(company))
    return make_post(make_requisition(organisation=company, title=title, **facts), **post_facts)


def titles(answer: Any) -> list[str]:
    return [row.title for row in answer.context["jobs"]]


def test_the_list_shows_open_jobs_under_the_companys_name(
    client: Client, company: HiringOrganisation
) -> None:
    job(company)
    for state in ("draft", "on_hold", "closed"):
        job(company, title=state, state=state)
    make_post(make_requisition(organisation=company, title="unpublished"), state="draft")

    page = client.get("/careers/")

    assert titles(page) == ["Data Engineer"]
    assert b"<h1>Work at Example Company</h1>" in page.content
    assert b"We make tools that last." in page.content
    assert b'href="/brand/2f5d50.css"' in page.content
    assert "€60,000 to €80,000 a year" in page.content.decode()


def test_the_list_is_searched_and_narrowed(client: Client, company: HiringOrganisation) -> None:
    data, care = (company.departments.create(name=name) for name in ("Data", "Care"))
    lisbon = make_location(company, city="Lisbon", country="PT")
    job(company, department=data, remote_mode="remote", body="<p>Warehouse and SQL.</p>")
    job(company, title="Support Lead", department=care, location=lisbon)

    for query, found in (
        ("q=warehouse", ["Data Engineer"]),
        ("q=LEAD+lisbon", ["Support Lead"]),
        ("q=lead+warehouse", []),
        ("department=Care", ["Support Lead"]),
        ("location=Berlin", ["Data Engineer"]),
        ("remote=remote", ["Data Engineer"]),
        ("department=Data&location=Lisbon", []),
        ("q=%25", []),
        ("department=Nobody", ["Support Lead", "Data Engineer"]),
        ("page=99", ["Support Lead", "Data Engineer"]),
    ):
        assert titles(client.get(f"/careers/?{query}")) == found, query


def test_only_filters_that_choose_something_are_shown(client: Client, company: HiringOrganisation) -> None:
    job(company)
    job(company, title="Cook", location=make_location(company, city="Lisbon"))

    assert list(client.get("/careers/").context["form"].fields) == ["q", "location"]


def test_nothing_open_and_nothing_found_say_what_to_do(client: Client, company: HiringOrganisation) -> None:
    assert "No open jobs at the moment" in client.get("/careers/").content.decode()
    job(company)
    kept._new_stamp()

    page = client.get("/careers/?q=zebra").content.decode()
    assert "Nothing fits" in page
    assert "Show all open jobs" in page


def test_several_companies_share_a_site(client: Client, company: HiringOrganisation) -> None:
    job(company)
    job(make_organisation(name="Other", slug="other"), title="Cook")
    job(make_organisation(name="Gone", slug="gone", is_active=False), title="Nobody")

    both = client.get("/careers/")
    assert titles(both) == ["Cook", "Data Engineer"]
    assert both.context["organisation"] is None
    one = client.get("/careers/?organisation=example")
    assert (titles(one), one.context["organisation"]) == (["Data Engineer"], company)
    assert client.get("/careers/?organisation=gone").status_code == 404
    assert client.get("/careers/?organisation=nobody").status_code == 404


def test_the_list_asks_the_database_as_often_for_one_as_for_five(
    client: Client, company: HiringOrganisation
) -> None:
    def count() -> int:
        kept._new_stamp()
        with CaptureQueriesContext(connection) as captured:
            client.get("/careers/")
        return len(captured)

    job(company)
    before = count()
    for _ in range(4):
        job(company)

    assert count() == before == 3


def test_a_kept_page_asks_the_database_nothing(client: Client, company: HiringOrganisation) -> None:
    post = job(company)
    first = [client.get(address).content for address in ("/careers/", f"/careers/{post.slug}/")]

    with CaptureQueriesContext(connection) as captured:
        again = [client.get(address).content for address in ("/careers/", f"/careers/{post.slug}/")]

    assert again == first
    assert len(captured) == 0


def test_a_search_asks_for_the_jobs_alone(client: Client, company: HiringOrganisation) -> None:
    job(company, title="Cook")
    assert titles(client.get("/careers/?q=cook")) == ["Cook"]
    with CaptureQueriesContext(connection) as captured:
        assert titles(client.get("/careers/?q=engineer")) == []
    assert len(captured) == 1

    company.is_active = False
    company.save()
    kept._new_stamp()
    assert client.get("/careers/?q=cook&organisation=example").status_code == 404


def test_a_page_that_anybody_could_invent_is_not_kept(client: Client, company: HiringOrganisation) -> None:
    post = job(company)
    for query in ("q=x", "department=Nobody", "page=7", "page=x", "source=y", "organisation=example&page=0"):
        client.get(f"/careers/?{query}")
    client.get(f"/careers/{post.slug}/?utm_source=x")
    client.get("/careers/no-such-job/")

    kinds = {
        key.decode().split(":careers:")[1].split(":")[0]
        for key in cache._cache.get_client().keys("*careers:*")
    }
    assert kinds <= {"stamp", "record", "site"}


@pytest.mark.django_db(transaction=True)
def test_what_changes_is_seen_at_once(client: Client, company: HiringOrganisation) -> None:
    post = job(company, must_haves=("SQL",))
    role, address = post.requisition, f"/careers/{post.slug}/"
    who: dict[str, Any] = {"by": role.recruiter, "now": NOW}

    assert b"Data Engineer" in client.get("/careers/").content
    posts.change_post(post_id=post.pk, title="Data Person", body=post.body + "<p>word</p>" * 30, **who)
    assert b"Data Person" in client.get("/careers/").content
    assert b"Data Person" in client.get(address).content
    roles.change_requisition(requisition_id=role.pk, pay_max=99000, **who)
    assert "€99,000" in client.get(address).content.decode()
    roles.hold(requisition_id=role.pk, reason="The budget.", **who)
    assert client.get(address).status_code == 410
    assert titles(client.get("/careers/")) == []
    roles.resume(requisition_id=role.pk, **who)
    assert client.get(address).status_code == 200
    change_organisation(organisation_id=company.pk, name="Renamed Company", by=make_user(Role.ADMIN), now=NOW)
    assert b"Renamed Company" in client.get(address).content
    posts.close_post(post_id=post.pk, **who)
    assert client.get(address).status_code == 410


def test_the_site_does_not_need_the_cache(
    client: Client, company: HiringOrganisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = job(company)

    def away(*args: Any, **kwargs: Any) -> None:
        raise RedisIsAway("gone")

    for name in ("get_many", "get", "set"):
        monkeypatch.setattr(kept.cache, name, away)

    assert titles(client.get("/careers/")) == ["Data Engineer"]
    assert client.get(f"/careers/{post.slug}/").status_code == 200
    kept._new_stamp()


def test_copies_are_asked_about_and_small(client: Client, company: HiringOrganisation) -> None:
    job(company)

    page = client.get("/careers/", headers={"Accept-Encoding": "gzip, br"})

    assert page["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"
    assert (page["Content-Encoding"], page["Vary"]) == ("gzip", "Accept-Encoding, Accept-Language, Cookie")
    assert not page.cookies
    assert b"Data Engineer" in gzip.decompress(page.content)
    same = client.get("/careers/", headers={"If-None-Match": page["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    plain = client.get("/careers/")
    assert b"Data Engineer" in plain.content
    assert not plain.has_header("Content-Encoding")


def test_a_job_says_what_one_wants_to_know(client: Client, company: HiringOrganisation) -> None:
    role_facts = {
        "outcomes": "The daily figures are right.",
        "hard_part": "Half of the work is saying no.",
        "value_proposition": "You decide how.",
        "must_haves": ("Writes SQL",),
        "manager": make_user(Role.MANAGER, name="Hugo Sample", title="Head of Data"),
    }
    post = job(company, **role_facts)
    first = post.requisition.stages.get(kind="review")
    first.candidate_name = "The hiring manager looks at it"
    first.save()

    page = client.get(f"/careers/{post.slug}/")
    text = page.content.decode()

    for words in (
        "<h1><bdi >Data Engineer</bdi></h1>",
        "€60,000 to €80,000 a year",
        "You will hear from us within <strong>3 working days</strong>",
        "What you will have done after 90 days</h2><div ><p>The daily figures are right.</p></div>",
        "The hard part</h2><div ><p>Half of the work is saying no.</p></div>",
        "You decide how.",
        "<li>Writes SQL</li>",
        "The hiring manager looks at it<small>News after the hiring manager&#x27;s look: within 5 working days</small>",
        "Hugo Sample",
        "Head of Data",
        f'href="/careers/{post.slug}/apply/"',
        f'<link rel="canonical" href="http://testserver/careers/{post.slug}/">',
        '<meta property="og:title" content="Data Engineer: €60,000 to €80,000 a year">',
        '<meta name="description" content="Build things that people use.">',
    ):
        assert words in text, words
    assert "Hired" not in text


def test_where_one_comes_from_goes_along_to_the_form(client: Client, company: HiringOrganisation) -> None:
    post = job(company)

    page = client.get(
        f"/careers/{post.slug}/?source=fair&utm_campaign=%22%3E%3Cscript%3E&other=1"
    ).content.decode()
    assert f'href="/careers/{post.slug}/apply/?source=fair&amp;utm_campaign=%22%3E%3Cscript%3E"' in page
    listed = client.get("/careers/?source=fair").content.decode()
    assert f'href="/careers/{post.slug}/?source=fair"' in listed


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (response_record.Record(118, 120), "Of the last 120 applicants, 118 heard in time."),
        (
            response_record.Record(18, 19),
            "Of the last 19 applicants, 18 heard in time: too few to call it a habit.",
        ),
        (response_record.Record(0, 0), "Nobody has applied long enough ago to show how well we keep this."),
    ],
)
def test_the_response_record_is_computed_and_says_when_it_is_thin(
    record: response_record.Record,
    words: str,
    client: Client,
    company: HiringOrganisation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(response_record, "_measure", [lambda organisation, now: record])

    assert words in client.get(f"/careers/{job(company).slug}/").content.decode()


def test_the_record_is_measured_now_and_then(
    company: HiringOrganisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[int] = []

    def measure(organisation: HiringOrganisation, now: Any) -> response_record.Record:
        measured.append(organisation.pk)
        return response_record.Record(10, 10)

    monkeypatch.setattr(response_record, "_measure", [measure])
    other = make_organisation()

    for organisation in (company, company, other):
        assert response_record.record_of(organisation, now=NOW) == response_record.Record(10, 10)
    assert measured == [company.pk, other.pk]


def test_a_share_is_never_rounded_up() -> None:
    assert response_record.Record(999, 1000).share == 99
    assert response_record.Record(0, 0).share == 0


def test_a_closed_job_is_gone_and_shows_what_is_open(client: Client, company: HiringOrganisation) -> None:
    data = company.departments.create(name="Data")
    gone = job(company, state="closed", department=data)
    JobPost.objects.filter(pk=gone.pk).update(state="closed", closed_at=NOW)
    job(company, title="Cook")
    job(company, title="Analyst", department=data)
    job(make_organisation(), title="Elsewhere")

    page = client.get(f"/careers/{gone.slug}/")

    assert page.status_code == 410
    assert titles(page) == ["Analyst", "Cook"]
    assert "This job is no longer open." in page.content.decode()
    assert b"application/ld+json" not in page.content


def test_a_job_on_hold_may_open_again(client: Client, company: HiringOrganisation) -> None:
    page = client.get(f"/careers/{job(company, state='on_hold').slug}/")

    assert page.status_code == 410
    assert "It may open again." in page.content.decode()


def test_what_was_never_published_is_not_there(client: Client, company: HiringOrganisation) -> None:
    post = make_post(make_requisition(organisation=company), state="draft")

    assert client.get(f"/careers/{post.slug}/").status_code == 404
    assert client.get("/careers/no-such-job/").status_code == 404


def test_a_preview_is_for_who_sees_the_role(client: Client, company: HiringOrganisation) -> None:
    post = make_post(make_requisition(organisation=company), state="draft")
    address = f"/careers/{post.slug}/preview/"

    assert client.get(address).status_code == 302
    client.force_login(make_user(Role.MANAGER))
    assert client.get(address).status_code == 404
    client.force_login(post.requisition.hiring_manager)
    page = client.get(address)
    assert page.status_code == 200
    assert "Nobody outside sees this yet." in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert b"application/ld+json" not in page.content


def test_the_sitemap_names_every_open_job(client: Client, company: HiringOrganisation) -> None:
    post = job(company)
    job(company, state="closed")

    text = client.get("/careers/sitemap.xml").content.decode()

    changed = max(post.updated_at, post.requisition.updated_at).isoformat(timespec="seconds")
    assert text == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        "<url><loc>http://testserver/careers/</loc></url>\n"
        f"<url><loc>http://testserver/careers/{post.slug}/</loc><lastmod>{changed}</lastmod></url>\n"
        "</urlset>\n"
    )


def test_search_engines_are_shown_the_careers_site_alone(client: Client, company: HiringOrganisation) -> None:
    answer = client.get("/robots.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert lines[1] == "Allow: /careers/"
    assert lines[-2:] == ["Disallow: /", f"Sitemap: {settings.BASE_URL}/careers/sitemap.xml"]
