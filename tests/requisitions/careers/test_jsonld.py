import json
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from requisitions.models import JobPost
from tests.factories import make_calendar, make_location, make_organisation, make_post, make_requisition

pytestmark = pytest.mark.django_db


class Scripts(HTMLParser):
    """The script elements of a page, as a browser cuts them out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str | None, str]] = []
        self._inside: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self._inside = dict(attrs).get("type")
            self.found.append((self._inside, ""))

    def handle_data(self, data: str) -> None:
        if self.found and self._inside:
            kind, text = self.found[-1]
            self.found[-1] = (kind, text + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._inside = None


def posting(client: Client, post: JobPost) -> dict[str, Any]:
    [(kind, text)] = Scripts(client.get(f"/careers/{post.slug}/").content.decode()).found
    assert kind == "application/ld+json"
    return json.loads(text)


def make(**facts: Any) -> JobPost:
    company = make_organisation(
        name="Example Company",
        slug="example",
        website="https://example.com/",
        calendar=make_calendar("Europe/Berlin"),
    )
    location = make_location(
        company,
        name="Head office",
        street="Example Street 1",
        city="Berlin",
        region="Berlin",
        postal_code="10115",
        country="DE",
    )
    post_facts = {
        name: facts.pop(name) for name in ("title", "body", "valid_through", "published_at") if name in facts
    }
    role = make_requisition(organisation=company, location=location, reference="R-0042", **facts)
    return make_post(role, slug="data-engineer-r-0042", **post_facts)


@pytest.mark.ordinary_day
def test_every_field_that_is_required_or_recommended(client: Client) -> None:
    post = make(
        title="Data Engineer",
        body="<p>Build things.</p>",
        outcomes="Figures are right.\nPeople trust them.",
        hard_part="Saying no.",
        must_haves=("Writes SQL & more",),
        pay_min="68000.00",
        pay_max="82000.50",
        target_start=date(2027, 2, 1),
        valid_through=date(2026, 12, 31),
        published_at=datetime(2026, 11, 23, 23, 30, tzinfo=UTC),
    )

    assert posting(client, post) == {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": "Data Engineer",
        "description": "<p>Build things.</p>"
        "<h2>What you will have done after 90 days</h2><p>Figures are right.</p><p>People trust them.</p>"
        "<h2>What it takes</h2><ul><li>Writes SQL &amp; more</li></ul>"
        "<h2>The hard part</h2><p>Saying no.</p>"
        "<p>No software screens, assesses or selects applicants here. People decide.</p>",
        "identifier": {"@type": "PropertyValue", "name": "Example Company", "value": "R-0042"},
        "datePosted": "2026-11-24",
        "validThrough": "2026-12-31T23:59:59+01:00",
        "employmentType": "FULL_TIME",
        "hiringOrganization": {
            "@type": "Organization",
            "name": "Example Company",
            "sameAs": "https://example.com/",
        },
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Example Street 1",
                "addressLocality": "Berlin",
                "addressRegion": "Berlin",
                "postalCode": "10115",
                "addressCountry": "DE",
            },
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "EUR",
            "value": {
                "@type": "QuantitativeValue",
                "minValue": 68000.0,
                "maxValue": 82000.5,
                "unitText": "YEAR",
            },
        },
        "directApply": True,
        "url": "http://testserver/careers/data-engineer-r-0042/",
        "jobStartDate": "2027-02-01",
    }


def test_remote_work_says_so_and_from_where(client: Client) -> None:
    found = posting(client, make(remote_mode="remote"))

    assert found["jobLocationType"] == "TELECOMMUTE"
    assert found["applicantLocationRequirements"] == {"@type": "Country", "name": "Germany"}


def test_hybrid_work_is_not_remote(client: Client) -> None:
    found = posting(client, make(remote_mode="hybrid"))

    assert "jobLocationType" not in found
    assert "applicantLocationRequirements" not in found


@pytest.mark.parametrize(
    ("employment", "period", "said", "unit"),
    [
        ("part_time", "month", "PART_TIME", "MONTH"),
        ("contractor", "day", "CONTRACTOR", "DAY"),
        ("temporary", "hour", "TEMPORARY", "HOUR"),
        ("intern", "year", "INTERN", "YEAR"),
    ],
)
def test_kinds_and_periods_in_the_vocabulary(
    employment: str, period: str, said: str, unit: str, client: Client
) -> None:
    found = posting(client, make(employment_type=employment, pay_period=period))

    assert found["employmentType"] == said
    assert found["baseSalary"]["value"]["unitText"] == unit


def test_no_end_no_start_said(client: Client) -> None:
    found = posting(client, make())

    assert "validThrough" not in found
    assert "jobStartDate" not in found


def test_the_logo_where_there_is_one(client: Client) -> None:
    post = make()
    organisation = post.requisition.organisation
    organisation.logo.name = "logos/5f0f.png"
    organisation.save()

    address = f"http://testserver{organisation.logo_url}"
    assert posting(client, post)["hiringOrganization"]["logo"] == address
    assert (
        f'<meta property="og:image" content="{address}">'
        in client.get(f"/careers/{post.slug}/").content.decode()
    )


def test_no_words_break_out_of_the_data(client: Client) -> None:
    hostile = '</script><script>alert("x")</script><!-- & \u2028 "quoted" \\ back'
    post = make(title=hostile, outcomes=hostile)

    page = client.get(f"/careers/{post.slug}/")

    assert posting(client, post)["title"] == hostile
    assert b"<script>alert" not in page.content
