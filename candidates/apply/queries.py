"""What the form of a job and its thank-you page show."""

from dataclasses import dataclass
from datetime import datetime

from ats.kernel.errors import Missing
from ats.organisation.domain import working_time
from requisitions.models import JobPost, Question, StageKind


def post_for(slug: str) -> JobPost:
    """The post at this address, whether it is still open or not; `Missing` if there never was one."""
    posts = JobPost.objects.exclude(state="draft").select_related(
        "requisition__organisation__calendar",
        "requisition__location",
        "requisition__recruiter",
    )
    post = posts.filter(slug=slug).first()
    if post is None:
        raise Missing(f"There is no job at {slug}.")
    return post


def is_live(post: JobPost) -> bool:
    """Whether one can apply to it now; the same as `JobPost.objects.live()`."""
    return post.state == "published" and post.requisition.state == "open"


def questions_of(post: JobPost) -> list[Question]:
    return list(post.questions.filter(removed_at__isnull=True).order_by("position", "id"))


@dataclass(frozen=True)
class Next:
    """What an applicant can expect first, by when, and from whom."""

    what: str
    due_at: datetime
    who: str


def next_for(post: JobPost, *, now: datetime) -> Next:
    """What the first stage of this job promises to somebody who applies now."""
    stage = post.requisition.stages.get(kind=StageKind.APPLIED)
    due_at = working_time.after_days(post.requisition.organisation.calendar, now, stage.promise_days)
    return Next(what=stage.promise, due_at=due_at, who=post.requisition.recruiter.name)
