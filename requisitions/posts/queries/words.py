"""An advert's words against the wording rules."""

from requisitions.posts.domain.richtext import plain
from requisitions.posts.models import JobPost, Question
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


def unlawful_anywhere(post: JobPost) -> list[Finding]:
    """Also in what its page adds by itself, and in what its form asks; two queries."""
    place = post.requisition.jurisdiction
    must = "\n\n".join(post.requisition.criteria.filter(kind="must").values_list("name", flat=True))
    found = unlawful(post) + check(must, use=Use.CRITERION, jurisdiction=place)
    for question in post.questions.filter(removed_at__isnull=True):
        found += asked(question, place)
    return [one for one in found if one.is_unlawful]


def asked(question: Question, jurisdiction: str) -> list[Finding]:
    """What may not be asked of applicants at this place."""
    said = "\n\n".join([question.label, question.help_text, *question.options])
    return [one for one in check(said, use=Use.QUESTION, jurisdiction=jurisdiction) if one.is_unlawful]
