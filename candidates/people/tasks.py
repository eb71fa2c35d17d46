"""What the tick does for people."""

from datetime import datetime

from ats.duework.engine import lane
from candidates.people.actions import rebuild


@lane("words", last=True)
def take_words_up_again(now: datetime) -> int:
    return rebuild.take_up_again()
