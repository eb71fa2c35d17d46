"""The words of a decision: what the team notes, and what the candidate reads, hold no unlawful ground."""

from ats.accounts.models import User
from ats.kernel.lawful import TOLD
from candidates.applications.models import Application
from candidates.compose import lawful
from candidates.people.models import Candidate


def letter(
    application: Application,
    message: tuple[str, str] | tuple[str, str, bool] | None,
    *,
    note: str = "",
    where: str = "no",
) -> None:
    """Raise `Unlawful` where the letter, or the note for the team beside it, may not be kept.

    A reason that was noted elsewhere and is quoted into a letter is looked at again here.
    """
    lawful.check(application, {"note": note}, where=where, what="The note on the decision about")
    if message is not None:
        texts = dict(zip(("subject", "body"), message[:2], strict=True))
        lawful.check(application, texts, where=where, what="The letter to", uses=TOLD)


def note(application: Application, text: str, *, by: Candidate | User) -> None:
    """What one of us notes of why somebody withdrew; what candidates write themselves is theirs."""
    if isinstance(by, User):
        lawful.check(application, {"note": text}, where="withdrawal", what="The note on the withdrawal of")
