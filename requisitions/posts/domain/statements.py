"""What a post says of itself beside its text: in the words of its place, in the language of who reads it.

Pay is said on the page already. Whether software screens, assesses or selects is computed, never written by anybody.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from ats.organisation.domain.duty import Kind
from requisitions.posts.domain.automation import Does, done_by_software
from requisitions.posts.models import JobPost, Vacancy
from requisitions.roles.models import Requisition

IN_WORDS_OF_AI = frozenset({"CA-ON"})
"""Places whose law speaks of artificial intelligence and not of software."""

VACANCIES = {
    Vacancy.EXISTS: gettext_lazy("This post is for a vacancy that exists."),
    Vacancy.LATER: gettext_lazy(
        "This post is not for a vacancy that exists now. We gather applications for when there is one."
    ),
}
NO_SOFTWARE = gettext_lazy("No software screens, assesses or selects applicants here.")
NO_AI = gettext_lazy("We do not use artificial intelligence to screen, assess or select applicants.")
PEOPLE_DECIDE = gettext_lazy("People decide.")
BY_SOFTWARE = {
    Does.SCREENS: gettext_lazy("We use software to screen applicants."),
    Does.ASSESSES: gettext_lazy("We use software to assess applicants."),
    Does.SELECTS: gettext_lazy("We use software to select applicants."),
}
BY_AI = {
    Does.SCREENS: gettext_lazy("We use artificial intelligence to screen applicants."),
    Does.ASSESSES: gettext_lazy("We use artificial intelligence to assess applicants."),
    Does.SELECTS: gettext_lazy("We use artificial intelligence to select applicants."),
}


@dataclass(frozen=True)
class Statement:
    kind: Kind
    text: str


def statements_of(post: JobPost) -> list[Statement]:
    """What this post says beside its text and its pay, in the order in which it says it."""
    said = [(Kind.VACANCY, vacancy(post.vacancy)), (Kind.FILL_BY, fill_by(post.fill_by))]
    said.append((Kind.SCREENING, screening(post.requisition)))
    return [Statement(kind, text) for kind, text in said if text]


def vacancy(known: str) -> str:
    return str(VACANCIES[Vacancy(known)]) if known else ""


def fill_by(day: date | None) -> str:
    return gettext("To be filled by %(day)s.") % {"day": date_format(day, "LONG_DATE")} if day else ""


def screening(requisition: Requisition) -> str:
    """Whether software screens, assesses or selects, as what is switched on has it."""
    learned = done_by_software(requisition, learned=True)
    others = done_by_software(requisition) - learned
    said = [BY_AI[act] for act in Does if act in learned] + [
        BY_SOFTWARE[act] for act in Does if act in others
    ]
    of_ai = requisition.jurisdiction in IN_WORDS_OF_AI
    if not said:
        said = [NO_AI if of_ai else NO_SOFTWARE, PEOPLE_DECIDE]
    elif of_ai and not learned:
        said.insert(0, NO_AI)
    return " ".join(map(str, said))
