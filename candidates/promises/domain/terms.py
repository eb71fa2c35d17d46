"""What is promised, in the words of the house, and within how many working days."""

from django.utils.translation import gettext_noop

from requisitions.models import Side, StageKind

NEWS: dict[str, str] = {
    StageKind.APPLIED: gettext_noop("News on the next step"),
    StageKind.REVIEW: gettext_noop("News after the hiring manager's look"),
    StageKind.INTERVIEW: gettext_noop("News about your interview"),
    StageKind.ASSESSMENT: gettext_noop("News about your assessment"),
    StageKind.OFFER: gettext_noop("News about your offer"),
}
"""What is promised next in a stage whose own promise was kept."""

TIME = gettext_noop("A time for your interview")
CHOICE = gettext_noop("Choosing a time for the interview")
CHOICE_DAYS = 2
"""Working days after which a candidate is reminded that times wait for them."""

ANSWER = gettext_noop("Answer to your message")
ANSWER_DAYS = 2
"""Working days within which a question is answered."""

REACH = gettext_noop("Reaching you another way")
REACH_DAYS = 2
"""Working days within which somebody whom a message did not reach is told another way."""

YOUR_ANSWER = gettext_noop("Your answer to our offer")
"""What is awaited while an offer lies with its candidate."""

AFTER_SILENCE = gettext_noop("Word on how we go on")
"""What is promised once a candidate let two reminders pass."""
REMINDERS = 2
WORD_DAYS = 2
"""Working days within which somebody whose offer ended, or who did not come, hears how we go on."""

HONEST: dict[str, str] = {
    Side.RECRUITER: gettext_noop("We have not got to it in the time we said."),
    Side.MANAGER: gettext_noop("The hiring manager has not yet had the time for a proper look."),
    Side.SCHEDULING: gettext_noop("We have not yet found a time that suits everyone."),
}
"""Why a date was missed, as the holding note says it: true for whoever's move it was, and nobody's excuse."""

LAST_HOLDING_DAYS = 3


def days_after_break(promised: int) -> int:
    """Within how many working days the broken promise is promised anew: half the time, three at most."""
    return max(1, min(LAST_HOLDING_DAYS, (promised + 1) // 2))
