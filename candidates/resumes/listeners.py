"""Where the words of a file are known, or more of them, what they say is to be read."""

from ats.activity.models import Activity
from ats.activity.record import subscribe
from candidates.documents.models import Document
from candidates.resumes import actions


@subscribe("document.read", "document.recognised", "document.unreadable")
def on_words(activity: Activity) -> None:
    document: Document = activity.subject
    actions.await_reading(document=document)
