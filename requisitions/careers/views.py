"""The careers site: open jobs, a job, and what search engines read."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ats.kernel.errors import Missing
from ats.web.languages import ASKED, asked_for
from ats.web.policy import public, signed_in
from ats.web.requests import StaffRequest
from requisitions.careers import queries
from requisitions.careers.cache import Made, served, shared
from requisitions.careers.domain.alternates import EVERYBODY, alternates, canonical
from requisitions.careers.domain.jsonld import absolute, as_text, job_posting
from requisitions.careers.forms import JobFilterForm
from requisitions.posts.domain.richtext import in_order, plain
from requisitions.posts.models import JobPost, PostState
from requisitions.roles.models import RequisitionState

FILTERS = ("organisation", "department", "location", "remote", "page")
SITEMAP = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
TRACKING = ("source", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
"""Where somebody comes from goes along to the form."""


@public
@require_safe
def careers(request: HttpRequest) -> HttpResponse:
    # A search is anybody's own words: it is answered, and not kept.
    searched = request.GET.get("q", "").strip() or _tracking(request)
    narrowed = [(name, request.GET[name]) for name in FILTERS if request.GET.get(name)]
    narrowed += [(ASKED, code)] if (code := asked_for(request)) else []
    key = None if searched else f"list:{urlencode(narrowed)}"
    return served(request, key, lambda: _list(request))


def _list(request: HttpRequest) -> Made:
    slug = request.GET.get("organisation", "")
    # Every search needs them anew, and they change as seldom as the pages that are kept.
    organisation, choices = shared(f"site:{slug}", lambda: queries.site(slug))
    form = JobFilterForm(request.GET, choices=choices)
    wanted = form.wanted()
    page, jobs = queries.jobs(organisation, wanted, page=request.GET.get("page", 1))
    address = absolute(reverse("careers")) + (f"?{urlencode({'organisation': slug})}" if slug else "")
    is_listed = not wanted and page.number == 1
    context = {
        "organisation": organisation,
        "form": form,
        "wanted": wanted,
        "page": page,
        "jobs": jobs,
        "asked_for": slug,
        "asked_language": asked_for(request),
        "tracking": _along(request),
        "address": canonical(address, choices.languages, asked_for(request)),
        "alternates": alternates(address, choices.languages) if is_listed else [],
        "is_listed": is_listed,
    }
    asked_page = request.GET.get("page") or "1"
    known = form.is_valid() and str(page.number) == asked_page
    return Made(render(request, "requisitions/careers/list.html", context), keep=known)


@public
@require_safe
def job(request: HttpRequest, slug: str) -> HttpResponse:
    """A job; 410 with the other open ones where it is closed."""
    asked = asked_for(request)
    key = None if _tracking(request) else f"job:{slug}" + (f":{asked}" if asked else "")
    return served(request, key, lambda: _job(request, slug))


def _job(request: HttpRequest, slug: str) -> Made:
    post = queries.post_at(slug)
    if post.state == PostState.DRAFT:
        raise Missing(f"There is no job at {slug}.")
    if not _is_live(post):
        return Made(_closed(request, post))
    return Made(_job_page(request, post))


def _is_live(post: JobPost) -> bool:
    return post.state == PostState.PUBLISHED and post.requisition.state == RequisitionState.OPEN


def _closed(request: HttpRequest, post: JobPost) -> HttpResponse:
    context = {
        "organisation": post.requisition.organisation,
        "post": post,
        "on_hold": post.state == PostState.PUBLISHED and post.requisition.state == RequisitionState.ON_HOLD,
        "jobs": queries.other_jobs(post),
    }
    return render(request, "requisitions/careers/closed.html", context, status=410)


def _job_page(request: HttpRequest, post: JobPost, *, preview: bool = False) -> HttpResponse:
    page = queries.job_page(post, now=timezone.now())
    plain_address = absolute(reverse("job", args=[post.slug]))
    address = canonical(plain_address, post.languages, asked_for(request))
    organisation = post.requisition.organisation
    context = {
        "organisation": organisation,
        "page": page,
        "post": post,
        "body": in_order(post.said_body.text),
        "role": post.requisition,
        "address": address,
        "alternates": alternates(plain_address, post.languages),
        "tracking": _along(request),
        "picture": absolute(organisation.logo_url) if organisation.logo else "",
        "summary": plain(post.said_body.text).replace("\n", " ")[:200],
        "posting": "" if preview else as_text(job_posting(page, address)),
        "preview": preview,
    }
    return render(request, "requisitions/careers/job.html", context)


@signed_in()
@require_safe
def job_preview(request: StaffRequest, slug: str) -> HttpResponse:
    """What it looks like, or would, for whoever may see the post."""
    post = queries.post_at(slug)
    if not request.user.has_perm("requisitions.view_post", post):
        raise Missing(f"There is no job at {slug}.")
    return _job_page(request, post, preview=True)


def _tracking(request: HttpRequest) -> list[tuple[str, str]]:
    """Where the visitor came from; nothing for most."""
    return [(name, request.GET[name][:100]) for name in TRACKING if request.GET.get(name)]


def _along(request: HttpRequest) -> str:
    """What goes along to the next page, as a query to append: its language, and where they came from."""
    asked = asked_for(request)
    found = ([(ASKED, asked)] if asked else []) + _tracking(request)
    return f"?{urlencode(found)}" if found else ""


@public
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return served(request, "sitemap", _sitemap)


def _sitemap() -> Made:
    jobs = queries.addresses()
    spoken = [code for code, _ in settings.LANGUAGES if any(code in languages for _, _, languages in jobs)]
    rows = _in_each_language(absolute(reverse("careers")), spoken)
    for slug, changed, languages in jobs:
        rows += _in_each_language(absolute(reverse("job", args=[slug])), languages, changed=changed)
    shown = "\n".join(rows[: queries.LONGEST_SITEMAP])
    return Made(HttpResponse(f"{SITEMAP}{shown}\n</urlset>\n", content_type="application/xml"))


def _in_each_language(
    address: str, languages: Sequence[str], *, changed: datetime | None = None
) -> list[str]:
    """Every address of a page, each with all of them."""
    every = alternates(address, languages)
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(place)}"/>' for code, place in every
    )
    when = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    places = [address, *(place for code, place in every if code != EVERYBODY)]
    return [f"<url><loc>{escape(place)}</loc>{when}{links}</url>" for place in places]


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read the careers site, and nothing else."""
    lines = [
        "User-agent: *",
        "Allow: /careers/",
        "Allow: /static/",
        "Allow: /brand/",
        "Disallow: /",
        f"Sitemap: {absolute(reverse('careers_sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
