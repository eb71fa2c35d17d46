"""A job as schema.org's JobPosting, for search engines: every field they ask for or recommend."""

import json
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

import pycountry
from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from ats.organisation.models import HiringOrganisation, Location
from requisitions.posts.models import JobPost
from requisitions.roles.models import RemoteMode, Requisition

if TYPE_CHECKING:
    from requisitions.careers.queries import JobPage

UNITS = {"year": "YEAR", "month": "MONTH", "day": "DAY", "hour": "HOUR"}
# Within a script element nothing may end it, nor begin another one.
ESCAPES = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def as_text(data: dict[str, Any]) -> SafeString:
    """JSON that can stand in a script element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))


def job_posting(page: "JobPage", address: str) -> dict[str, Any]:
    """The JobPosting of a job that is open, in the language of its page: search engines hold one against the other."""
    post, role = page.post, page.post.requisition
    zone = role.organisation.calendar.zone
    data: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": post.said_title,
        "description": description(page),
        "identifier": {"@type": "PropertyValue", "name": role.organisation.name, "value": role.reference},
        "datePosted": post.published_at.astimezone(zone).date().isoformat() if post.published_at else None,
        "validThrough": _end_of_last_day(post),
        "employmentType": role.employment_type.upper(),
        "hiringOrganization": _organisation(role.organisation),
        "jobLocation": _place(role.location) if role.location else None,
        "baseSalary": _salary(role),
        "directApply": True,
        "url": address,
        "jobStartDate": role.target_start.isoformat() if role.target_start else None,
    }
    if role.remote_mode == RemoteMode.REMOTE:
        data["jobLocationType"] = "TELECOMMUTE"
        if role.location:
            data["applicantLocationRequirements"] = {"@type": "Country", "name": country(role.location)}
    return {name: value for name, value in data.items() if value is not None}


def description(page: "JobPage") -> str:
    """The whole of what the page says about the job, as HTML."""
    role = page.post.requisition
    parts = [page.post.said_body.text]
    if role.value_proposition:
        parts.append(f"<h2>{gettext('What you find here')}</h2>{_lines(role.value_proposition)}")
    if role.outcomes:
        parts.append(f"<h2>{gettext('What you will have done after 90 days')}</h2>{_lines(role.outcomes)}")
    if page.must_haves:
        items = "".join(f"<li>{escape(row.name)}</li>" for row in page.must_haves)
        parts.append(f"<h2>{gettext('What it takes')}</h2><ul>{items}</ul>")
    if role.hard_part:
        parts.append(f"<h2>{gettext('The hard part')}</h2>{_lines(role.hard_part)}")
    parts += [f"<p>{escape(said.text)}</p>" for said in page.statements]
    return "".join(parts)


def country(location: Location) -> str:
    found = pycountry.countries.get(alpha_2=location.country)
    return getattr(found, "common_name", found.name) if found else location.country


def _lines(text: str) -> str:
    return "".join(f"<p>{escape(line.strip())}</p>" for line in text.splitlines() if line.strip())


def _end_of_last_day(post: JobPost) -> str | None:
    if post.valid_through is None:
        return None
    zone = post.requisition.organisation.calendar.zone
    return datetime.combine(post.valid_through, time(23, 59, 59), tzinfo=zone).isoformat()


def _organisation(organisation: HiringOrganisation) -> dict[str, str]:
    data = {"@type": "Organization", "name": organisation.name}
    if organisation.website:
        data["sameAs"] = organisation.website
    if organisation.logo:
        data["logo"] = absolute(organisation.logo_url)
    return data


def _place(location: Location) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "streetAddress": location.street,
        "addressLocality": location.city,
        "addressRegion": location.region,
        "postalCode": location.postal_code,
        "addressCountry": location.country,
    }
    return {"@type": "Place", "address": {name: value for name, value in address.items() if value}}


def _salary(role: Requisition) -> dict[str, Any] | None:
    if role.pay_min is None or role.pay_max is None:
        return None
    value = {
        "@type": "QuantitativeValue",
        "minValue": float(role.pay_min),
        "maxValue": float(role.pay_max),
        "unitText": UNITS[role.pay_period],
    }
    return {"@type": "MonetaryAmount", "currency": role.pay_currency, "value": value}
