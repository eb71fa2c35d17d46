"""The face of the package's models."""

from candidates.applications.models import Answer, Application, ApplicationState, DispositionReason, Note
from candidates.conversation.models import Direction, Message
from candidates.documents.models import Document, DocumentKind, DocumentPage, ReadingState
from candidates.experience.models import FollowUp, FollowUpState, Promise, PromiseKind, PromiseState
from candidates.people.models import Candidate, Source, Tag
from candidates.portal.models import PortalLink
from candidates.reviews.models import Review, ReviewState, Slate, Verdict

__all__ = [
    "Answer",
    "Application",
    "ApplicationState",
    "Candidate",
    "Direction",
    "DispositionReason",
    "Document",
    "DocumentKind",
    "DocumentPage",
    "FollowUp",
    "FollowUpState",
    "Message",
    "Note",
    "PortalLink",
    "Promise",
    "PromiseKind",
    "PromiseState",
    "ReadingState",
    "Review",
    "ReviewState",
    "Slate",
    "Source",
    "Tag",
    "Verdict",
]
