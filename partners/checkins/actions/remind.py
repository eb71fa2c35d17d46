"""Whoever took something on in a check-in is reminded of it like of a commitment, and hands it on when they leave."""

from partners.checkins.models import CheckInAction
from partners.commitments.actions import Agreed, also

ACTIONS = Agreed(ahead=CheckInAction.objects.ahead, partnership="check_in__partnership")
note_near, pass_on = ACTIONS.note_near, ACTIONS.pass_on
also(ACTIONS.asked_of)
