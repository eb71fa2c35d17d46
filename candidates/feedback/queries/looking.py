"""Looking through feedback for what must not stand in it, before it leaves."""

from candidates.applications.models import Application
from candidates.compose import letters
from candidates.feedback.domain import safe
from candidates.feedback.domain.safe import Said
from candidates.feedback.queries.people import names_around
from requisitions.wording.queries.checks import check

USES = ("feedback", "message")


def look(application: Application, text: str, *, sender: str = "") -> list[Said]:
    """What does not belong, with why and what instead: names of others, and what the wording rules find."""
    jurisdiction = application.requisition.jurisdiction
    signature = (*letters.signature_of(application), sender)
    found = [
        safe.of_name(named)
        for named in safe.names_in(text, names_around(application), signature=signature)
    ]  # fmt: skip
    rules = {
        (one.start, one.code): one
        for use in USES
        for one in check(text, use=use, jurisdiction=jurisdiction)
    }  # fmt: skip
    return list(dict.fromkeys([*found, *(safe.of_rule(one) for _, one in sorted(rules.items()))]))
