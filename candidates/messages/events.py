"""What happens in the conversation with a candidate."""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(name="message.sent", text="wrote to the candidate", icon="mail"),
        Verb(name="message.scheduled", text="wrote a message to be sent {when}", icon="clock"),
        Verb(name="message.noted", text="noted what they told the candidate", icon="phone"),
        Verb(
            name="message.overtaken",
            text="took back “{subject}”, which waited to be sent",
            personal=("subject",),
            icon="x",
        ),
        Verb(
            name="message.put_back",
            text="let “{subject}” wait for its time again",
            personal=("subject",),
            icon="clock",
        ),
        Verb(name="message.received", text="wrote", icon="mail-opened"),
        Verb(name="message.automatic", text="answered by a program", icon="mail-opened"),
        Verb(name="praise.asked", text="asked whether their kind words may be shared", icon="star"),
        Verb(
            name="praise.agreed",
            text="agreed that their kind words are shared, without their name",
            icon="star",
        ),
        Verb(name="praise.refused", text="does not want their words to be shared", icon="x"),
        Verb(name="message.settled", text="marked a message as needing no answer", icon="check"),
    ]
)
