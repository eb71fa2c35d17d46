"""The careers site: open jobs, a job, and what search engines read."""

from urllib.parse import urlencode
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ats.kernel.errors import Missing
from ats.web.policy import public, signed_in
from ats.web.requests import StaffRequest
from requisitions.careers import queries
from requisitions.careers.cache import Made, served, shared
from requisitions.careers.domain.jsonld import absolute, as_text, job_posting
from requisitions.careers.forms import JobFilterForm
from requisitions.posts.domain.richtext import in_order, plain
from requisitions.posts.models import JobPost, PostState
from requisitions.roles.models import RequisitionState

FILTERS = ("organisation", "department", "location", "remote", "page")
TRACKING = ("source", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
"""Where somebody comes from goes along to the form."""


@public
@require_safe
def careers(request: HttpRequest) -> HttpResponse:
    # A search is anybody's own words: it is answered, and not kept.
    searched = request.GET.get("q", "").strip() or _tracking(request)
    narrowed = [(name, request.GET[name]) for name in FILTERS if request.GET.get(name)]
    key = None if searched else f"list:{urlencode(narrowed)}"
    return served(request, key, lambda: _list(request))


def _list(request: HttpRequest) -> Made:
    slug = request.GET.get("organisation", "")
    # Every search needs them anew, and they change as seldom as the pages that are kept.
    organisation, choices = shared(f"site:{slug}", lambda: queries.site(slug))
    form = JobFilterForm(request.GET, choices=choices)
    wanted = form.wanted()
    page, jobs = queries.jobs(organisation, wanted, page=request.GET.get("page", 1))
    context = {
        "organisation": organisation,
        "form": form,
        "wanted": wanted,
        "page": page,
        "jobs": jobs,
        "asked_for": slug,
        "tracking": _tracking(request),
        "address": absolute(reverse("careers")),
    }
    asked_page = request.GET.get("page") or "1"
    known = form.is_valid() and str(page.number) == asked_page
    return Made(render(request, "requisitions/careers/list.html", context), keep=known)


@public
@require_safe
def job(request: HttpRequest, slug: str) -> HttpResponse:
    """A job; 410 with the other open ones where it is closed."""
    tracking = _tracking(request)
    return served(request, None if tracking else f"job:{slug}", lambda: _job(request, slug, tracking))


def _job(request: HttpRequest, slug: str, tracking: str) -> Made:
    post = queries.post_at(slug)
    if post.state == PostState.DRAFT:
        raise Missing(f"There is no job at {slug}.")
    if not _is_live(post):
        return Made(_closed(request, post))
    return Made(_job_page(request, post, tracking=tracking))


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


def _job_page(
    request: HttpRequest, post: JobPost, *, tracking: str = "", preview: bool = False
) -> HttpResponse:
    page = queries.job_page(post, now=timezone.now())
    address = absolute(reverse("job", args=[post.slug]))
    organisation = post.requisition.organisation
    context = {
        "organisation": organisation,
        "page": page,
        "post": post,
        "body": in_order(post.said_body.text),
        "role": post.requisition,
        "address": address,
        "tracking": tracking,
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


def _tracking(request: HttpRequest) -> str:
    """Where the visitor came from, as a query to append; empty for most."""
    found = [(name, request.GET[name][:100]) for name in TRACKING if request.GET.get(name)]
    return f"?{urlencode(found)}" if found else ""


@public
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return served(request, "sitemap", _sitemap)


def _sitemap() -> Made:
    rows = [f"<url><loc>{escape(absolute(reverse('careers')))}</loc></url>"]
    for slug, changed in queries.addresses():
        address = escape(absolute(reverse("job", args=[slug])))
        rows.append(
            f"<url><loc>{address}</loc><lastmod>{changed.isoformat(timespec='seconds')}</lastmod></url>"
        )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return Made(HttpResponse(head + "\n".join(rows) + "\n</urlset>\n", content_type="application/xml"))


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
