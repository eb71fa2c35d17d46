"""A role has ended, or is taken up again: what was asked about it is asked no longer, or once more."""

from datetime import datetime

from django.db import transaction

from partners.alignment.actions.ask import ask, void
from partners.alignment.actions.look import look, watch
from partners.alignment.models import Signature
from partners.intake.queries import settled
from partners.partnerships.models import Partnership


@transaction.atomic
def stop(*, partnership_id: int, now: datetime) -> None:
    """Nobody signs or decides about a role that has ended."""
    waiting = Signature.objects.open().filter(version__partnership=partnership_id)
    void(waiting, why="the role has ended", by=None, now=now)
    look(partnership_id=partnership_id, now=now)


@transaction.atomic
def resume(*, partnership_id: int, now: datetime) -> None:
    """It is looked for again: who had not signed when it ended is asked again."""
    version = settled(Partnership.objects.get(pk=partnership_id))
    if version is None:
        return
    watch(partnership_id=partnership_id, now=now)
    ask(version_id=version.pk, by=None, now=now)
