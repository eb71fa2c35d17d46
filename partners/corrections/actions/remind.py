"""Whoever is to change something is reminded of it like of a commitment, and hands it on when they leave."""

from partners.commitments.actions import Agreed, also
from partners.corrections.models import CorrectionStep

STEPS = Agreed(ahead=CorrectionStep.objects.ahead, partnership="correction__partnership")
note_near, pass_on = STEPS.note_near, STEPS.pass_on
also(STEPS.asked_of)
