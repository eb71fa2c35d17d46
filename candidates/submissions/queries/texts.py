"""What somebody reads about being put forward with one application, in their language."""

from typing import Any

from candidates.applications.models import Application
from candidates.internal.queries import recruiter_of
from candidates.submissions.domain import question


def sentences_for(application: Application) -> list[str]:
    role = application.requisition
    return question.sentences(
        client=str(role.organisation),
        role=role.title,
        recruiter=str(recruiter_of(application)),
        months=role.organisation.owned_months,
        language=application.candidate.language,
    )


def text_for(application: Application) -> dict[str, Any]:
    """What is kept of it with an answer."""
    said = sentences_for(application)
    return {
        "text": "\n\n".join(said),
        "version": question.version(said),
        "language": application.candidate.language,
    }
