"""Reading the careers site: what anybody may see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.utils.translation import get_language, gettext

from ats.kernel.errors import Missing
from ats.kernel.languages import Words
from ats.organisation.domain import working_time
from ats.organisation.models import HiringOrganisation
from ats.web.texts import Said, said
from requisitions.careers.domain.response_record import Record, record_of
from requisitions.careers.models import ResponseRecord
from requisitions.pipeline.models import Stage, StageKind
from requisitions.posts.domain.statements import Statement, statements_of
from requisitions.posts.models import JobPost, PostState
from requisitions.roles.domain.pay import in_words, range_in_words
from requisitions.roles.models import Criterion, RemoteMode

PAGE_SIZE = 30
OTHERS = 10
LONGEST_SITEMAP = 50_000


LISTED = (
    *("slug", "title", "language", "texts", "requisition__department__name", "requisition__location__city"),
    *("requisition__remote_mode", "requisition__organisation__name"),
    *(f"requisition__pay_{part}" for part in ("min", "max", "currency", "period")),
)
"""What a line of a list says, in the order of `listed`."""


@dataclass(frozen=True)
class JobFilter:
    """What the list is narrowed to, as the address says it."""

    text: str = ""
    department: str = ""
    location: str = ""
    remote: str = ""

    def __bool__(self) -> bool:
        return any((self.text, self.department, self.location, self.remote))


@dataclass(frozen=True)
class Job:
    """One open job, as a list shows it."""

    slug: str
    title: str
    department: str
    place: str
    pay: str
    organisation: str
    language: str
    """That of its title."""


@dataclass(frozen=True)
class Choices:
    """What the list can be narrowed to: only what would find something."""

    departments: list[str]
    locations: list[str]
    remotes: list[tuple[str, Words]]
    languages: list[str]
    """Those in which at least one of the jobs is written."""


def live_posts(organisation: HiringOrganisation | None) -> QuerySet[JobPost]:
    """Published posts of open roles, the newest first; of one organisation, or of all that are active."""
    rows = JobPost.objects.live().filter(requisition__organisation__is_active=True)
    if organisation is not None:
        rows = rows.filter(requisition__organisation=organisation)
    return rows.order_by("-published_at", "-id")


def whose(slug: str) -> HiringOrganisation | None:
    """The organisation whose site it is: the one asked for, or the only one; None where there are several."""
    rows = HiringOrganisation.objects.select_related("response_record")
    active = rows.filter(is_active=True).order_by("id")
    if slug:
        found = active.filter(slug=slug).first()
        if found is None:
            raise Missing(f"Nobody hires here under the name {slug}.")
        return found
    first_two = list(active[:2])
    return first_two[0] if len(first_two) == 1 else None


def jobs(
    organisation: HiringOrganisation | None, wanted: JobFilter, *, page: int | str
) -> tuple[Page[Any], list[Job]]:
    """One page of open jobs; two queries at most."""
    rows = live_posts(organisation).values_list(*LISTED)
    if wanted.department:
        rows = rows.filter(requisition__department__name=wanted.department)
    if wanted.location:
        rows = rows.filter(requisition__location__city=wanted.location)
    if wanted.remote:
        rows = rows.filter(requisition__remote_mode=wanted.remote)
    for word in wanted.text.split()[:8]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(body__icontains=word)
            | Q(requisition__department__name__icontains=word)
            | Q(requisition__location__city__icontains=word)
        )
    shown = _first_page(rows) if str(page) == "1" else Paginator(rows, PAGE_SIZE).get_page(page)
    return shown, [listed(row) for row in shown]


def _first_page(rows: QuerySet[JobPost, Any]) -> Page[Any]:
    """The page that nearly everybody looks at: counted in the database only where there is another."""
    paginator, found = Paginator(rows, PAGE_SIZE), list(rows[: PAGE_SIZE + 1])
    if len(found) <= PAGE_SIZE:
        paginator.count = len(found)
    return Page(found[:PAGE_SIZE], 1, paginator)


def listed(row: tuple[Any, ...]) -> Job:
    slug, title, language, texts, department, city, remote, organisation, *pay = row
    shown = said(texts, "title", first=Said(title, language), language=get_language())
    return Job(
        slug=slug,
        title=shown.text,
        department=department or "",
        place=place_of(city or "", remote),
        pay=range_in_words(*pay),
        organisation=organisation,
        language=shown.language,
    )


def place_of(city: str, remote: str) -> str:
    """`Berlin`, `Berlin, hybrid`, `Remote (Berlin)`."""
    if remote == RemoteMode.REMOTE:
        return gettext("Remote (%(city)s)") % {"city": city} if city else gettext("Remote")
    return gettext("%(city)s, hybrid") % {"city": city} if remote == RemoteMode.HYBRID else city


def job(post: JobPost) -> Job:
    role, shown = post.requisition, post.title_in_words
    return Job(
        slug=post.slug,
        title=shown.text,
        department=role.department.name if role.department else "",
        place=place_of(role.location.city if role.location else "", role.remote_mode),
        pay=in_words(role),
        organisation=role.organisation.name,
        language=shown.language,
    )


def choices(organisation: HiringOrganisation | None) -> Choices:
    """What the open jobs have; one query."""
    kinds = ("requisition__department__name", "requisition__location__city", "requisition__remote_mode")
    written = _written()
    posts = live_posts(organisation).order_by().annotate(**written)
    rows = list(posts.values_list(*kinds, *written).distinct())
    departments, cities, remotes, *spoken = zip(*rows, strict=True) if rows else [()] * (3 + len(written))
    return Choices(
        departments=sorted({department for department in departments if department}),
        locations=sorted({city for city in cities if city}),
        remotes=[(mode.value, mode.label) for mode in RemoteMode if mode in remotes],
        languages=[code for code, there in zip(_codes(), spoken, strict=True) if any(there)],
    )


def _codes() -> list[str]:
    return [code for code, _ in settings.LANGUAGES]


def _written() -> dict[str, ExpressionWrapper]:
    """Whether a post is written in each of the languages that candidates read, in their order."""
    return {
        f"is_{code}": ExpressionWrapper(
            Q(language=code) | Q(**{f"texts__{code}__body__isnull": False}), BooleanField()
        )
        for code in _codes()
    }


def site(slug: str) -> tuple[HiringOrganisation | None, Choices]:
    """Whose site it is, and by what its jobs can be narrowed; two queries."""
    organisation = whose(slug)
    return organisation, choices(organisation)


@dataclass(frozen=True)
class JobPage:
    """Everything that the page of a job shows."""

    post: JobPost
    job: Job
    stages: list[Stage]
    must_haves: list[Criterion]
    hears_by: datetime | None
    first_days: int
    record: Record
    statements: list[Statement]
    answers: ResponseRecord | None

    @property
    def is_live(self) -> bool:
        return self.post.state == PostState.PUBLISHED and self.post.requisition.state == "open"


def post_at(slug: str) -> JobPost:
    """The post at this address, open or not; `Missing` where there never was one, or it was never published."""
    posts = JobPost.objects.select_related(
        "requisition__organisation__calendar",
        "requisition__organisation__response_record",
        "requisition__department",
        "requisition__location",
        "requisition__recruiter",
        "requisition__hiring_manager",
    )
    post = posts.filter(slug=slug).first()
    if post is None:
        raise Missing(f"There is no job at {slug}.")
    return post


def job_page(post: JobPost, *, now: datetime) -> JobPage:
    """Four queries beyond the post's own, the record's among them."""
    role = post.requisition
    stages = list(role.stages.exclude(kind=StageKind.HIRED).order_by("position"))
    first = next((stage for stage in stages if stage.kind == StageKind.APPLIED), None)
    calendar = role.organisation.calendar
    return JobPage(
        post=post,
        job=job(post),
        stages=stages,
        must_haves=list(role.criteria.filter(kind="must").order_by("position", "id")),
        hears_by=working_time.after_days(calendar, now, first.promise_days) if first else None,
        first_days=first.promise_days if first else 0,
        record=record_of(role.organisation, now=now),
        statements=statements_of(post),
        answers=getattr(role.organisation, "response_record", None),
    )


def other_jobs(post: JobPost) -> list[Job]:
    """Open jobs of the same organisation, those of the same department first; one query."""
    role = post.requisition
    rows = live_posts(role.organisation).exclude(pk=post.pk).values_list(*LISTED)
    same = Q(requisition__department=role.department_id)
    alike = list(rows.filter(same)[:OTHERS]) if role.department_id else []
    rest = rows.exclude(slug__in=[row[0] for row in alike])[: OTHERS - len(alike)]
    return [listed(row) for row in [*alike, *rest]]


def addresses() -> list[tuple[str, datetime, list[str]]]:
    """Every open job's address part with when it last changed and the languages it is written in; one query."""
    written = _written()
    rows = live_posts(None).annotate(role_changed=F("requisition__updated_at"), **written)
    found = rows.values_list("slug", "updated_at", "role_changed", *written)[:LONGEST_SITEMAP]
    return [
        (
            slug,
            max(changed, role_changed),
            [code for code, is_so in zip(_codes(), there, strict=True) if is_so],
        )
        for slug, changed, role_changed, *there in found
    ]
