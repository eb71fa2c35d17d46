"""What partners make of advice. That it was found is a row, and no activity: nobody did anything."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="advice.taken_up", text="took up advice: {title}", icon="check"),
        Verb(name="advice.put_off", text="put advice off until {until}: {title}", icon="clock"),
        Verb(name="advice.answered", text="answered advice: {title}", icon="message"),
    ]
)
