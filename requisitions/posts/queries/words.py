"""An advert's words against the wording rules."""

from requisitions.posts.domain.richtext import plain
from requisitions.posts.models import JobPost
from requisitions.wording.domain.checker import Finding
from requisitions.wording.models import Use
from requisitions.wording.queries.checks import check


def findings(post: JobPost) -> list[Finding]:
    """What does not belong in the advert, by the law of the role's place."""
    place = post.requisition.jurisdiction
    texts = [
        (post.title, post.body),
        *((each.get("title", ""), each.get("body", "")) for each in post.texts.values()),
    ]
    said = "\n\n".join(f"{title}\n\n{plain(body)}" for title, body in texts)
    return check(said, use=Use.ADVERT, jurisdiction=place)


def unlawful(post: JobPost) -> list[Finding]:
    return [one for one in findings(post) if one.is_unlawful]
