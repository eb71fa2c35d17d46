"""Whether words can be sent to many as they stand: what the action would say of them, before it begins."""

from collections.abc import Iterable

from ats.kernel.lawful import WRITTEN
from candidates.applications.actions import check, check_claims
from candidates.applications.actions.decide import reason_of
from candidates.applications.models import Application
from candidates.bulk.domain.choice import Facts, Place
from candidates.bulk.models import BulkKind
from candidates.compose import lawful, letters

MOST = 30
"""Roles for which words are looked at; whoever is told of the others is refused one by one, if need be."""


def check_words(kind: str, places: Iterable[Place], parameters: Facts) -> None:
    """Raise what the letter to one person of each role would be refused for: unlawful, or not so."""
    if kind not in {BulkKind.REJECT, BulkKind.MESSAGE}:
        return
    ids = [each.application for each in places if each.application and not each.why]
    rows = Application.objects.whole().filter(pk__in=ids)
    for application in rows.order_by("requisition", "pk").distinct("requisition")[:MOST]:
        (_no if kind == BulkKind.REJECT else _message)(application, parameters)


def _no(application: Application, said: Facts) -> None:
    message = (said["subject"], said["body"], said.get("gaps_meant", False))
    why, meant = reason_of(said["reason"]), said.get("claims_meant", False)
    check_claims.check(application, reason=why, message=message, meant=meant)
    check.letter(application, message)


def _message(application: Application, said: Facts) -> None:
    letters.own_words(said["subject"], said["body"], said.get("gaps_meant", False), application=application)
    texts = {"subject": said["subject"], "body": said["body"]}
    lawful.check(application, texts, where="message", what="The message to", uses=WRITTEN)
