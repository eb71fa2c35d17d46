"""Why somebody is found: the words of their files around what was asked for."""

from django.db.models import Q
from django.db.models.functions import Left

from candidates.documents.models import Document
from candidates.people.domain.snippets import Part, pattern, snippet
from candidates.people.models import Candidate

LOOKED_THROUGH = 20_000
"""So many characters of a file are looked through for a page."""


def why(page: list[Candidate], words: str) -> dict[int, list[Part]]:
    """Of each person of the page in whose name and work it does not stand already; one query.

    Read from what they handed in by themselves, and with applications that the viewer sees (`seen_applications`).
    """
    wanted = pattern(words)
    asked = [row for row in page if wanted and not wanted.search(f"{row.name} {row.headline} {row.city}")]
    if not asked:
        return {}
    seen = [application.pk for row in asked for application in row.seen_applications]  # type: ignore[attr-defined]
    texts = (
        Document.objects.filter(
            Q(application=None) | Q(application__in=seen), candidate__in=[row.pk for row in asked]
        )
        .exclude(kind="answer")
        .exclude(text="")
        .order_by("-created_at", "-pk")
        .values_list("candidate", Left("text", LOOKED_THROUGH))
    )
    found: dict[int, list[Part]] = {}
    for number, text in texts:
        if number not in found and (parts := snippet(text, words)):
            found[number] = parts
    return found
