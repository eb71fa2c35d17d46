"""Every write to a brief."""

from partners.intake.actions.calibrate import add_profile, give_verdict, remove_profile
from partners.intake.actions.choose import choose
from partners.intake.actions.draft import draft_advert, draft_kits
from partners.intake.actions.keep_apart import Apart
from partners.intake.actions.note import begin, hear_of
from partners.intake.actions.prefill import prefill
from partners.intake.actions.settle import say_yes
from partners.intake.actions.write import Written, write_field
from partners.intake.actions.write_must_have import add_must_have, take_out_must_have, write_must_have

__all__ = [
    "Apart",
    "Written",
    "add_must_have",
    "add_profile",
    "begin",
    "choose",
    "draft_advert",
    "draft_kits",
    "give_verdict",
    "hear_of",
    "prefill",
    "remove_profile",
    "say_yes",
    "take_out_must_have",
    "write_field",
    "write_must_have",
]
