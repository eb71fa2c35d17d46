"""What a function says of the brief: yes, yes with a concern, or no with the reason."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel import lawful
from ats.kernel.errors import Conflict, Invalid, WrongState
from ats.kernel.languages import ours
from ats.kernel.lawful import Place
from ats.kernel.staff_words import gettext, gettext_lazy
from partners.alignment import mails
from partners.alignment.actions import fetch
from partners.alignment.actions.ask import told
from partners.alignment.models import GIVEN, Signature, SignatureState
from partners.alignment.rules import SIGN
from partners.intake.queries import settled
from partners.partnerships.models import PartnershipState

LONGEST = 1000
ASKS = {
    SignatureState.CONCERN: gettext_lazy("Say what your concern is."),
    SignatureState.NO: gettext_lazy("Say why not, and what would have to change."),
}


@transaction.atomic
def sign(*, signature_id: int, verdict: str, words: str, by: User, now: datetime) -> Signature:
    """Sign for the function that one was asked for; the last word counts while its version does.

    Of a version that is not the one that counts nothing is signed (Conflict): it says which is.
    """
    row = fetch.signature(signature_id, by, SIGN)
    _check_counts(row)
    words = words.strip()
    state = _checked(verdict, words)
    if (row.state, row.words) == (state, words):
        return row
    about = row.about()
    place = Place(
        name=f"signature:{row.pk}", what=f"What {ours(row.get_function_display)()} says", about=about
    )
    lawful.check({"words": words}, place=place)
    row.state, row.words, row.signed_at, row.remind_at = state, words, now, None
    row.carried_from = None
    row.save(update_fields=["state", "words", "signed_at", "remind_at", "carried_from"])
    data = told(row) | {"said": ours(str)(state.label).lower(), "verdict": state.value, "body": words}
    record("signature.given", subject=row, by=by, now=now, data=data)
    mails.take_back([row], now=now)
    if state in ASKS:
        mails.signed(row, now=now)
    return row


def _check_counts(row: Signature) -> None:
    partnership = row.version.partnership
    newest = settled(partnership)
    if newest is not None and newest.pk != row.version_id:
        raise Conflict(
            gettext("This is version %(number)s; version %(number2)s is the one that counts.")
            % {"number": row.version.number, "number2": newest.number}
        )
    if partnership.state != PartnershipState.ACTIVE:
        raise WrongState(gettext("This role has ended: its brief is not signed any more."))
    if row.state == SignatureState.VOID:
        raise WrongState(gettext("You are not asked about this any more."))


def _checked(verdict: str, words: str) -> SignatureState:
    if verdict not in GIVEN:
        raise Invalid(gettext("Choose yes, yes with a concern, or no."), field="verdict")
    state = SignatureState(verdict)
    if not words and state in ASKS:
        raise Invalid(ASKS[state], field="words")
    if len(words) > LONGEST:
        raise Invalid(gettext("Keep it under %(LONGEST)s characters.") % {"LONGEST": LONGEST}, field="words")
    return state
