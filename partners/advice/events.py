"""What partners make of advice. That it was found is a row, and no activity: nobody did anything."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(name="advice.taken_up", text=gettext_noop("took up advice: {title}"), icon="check"),
        Verb(name="advice.put_off", text=gettext_noop("put advice off until {until}: {title}"), icon="clock"),
        Verb(name="advice.answered", text=gettext_noop("answered advice: {title}"), icon="message"),
    ]
)
