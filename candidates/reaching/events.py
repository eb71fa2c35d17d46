"""What happens with another way to reach somebody, in words."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="another_way.owed",
            text=gettext_noop("could not reach them: {trouble}. Another way is owed"),
            icon="alert",
        ),
        Verb(
            name="another_way.escalated",
            text=gettext_noop("told {to} that nobody has reached them, which was due {due}"),
            icon="alert",
        ),
        Verb(name="another_way.written", text=gettext_noop("wrote to them at another address"), icon="send"),
        Verb(
            name="another_way.sms",
            text=gettext_noop("sent them an SMS that there is news on their page"),
            icon="device-mobile",
        ),
        Verb(
            name="another_way.set_aside",
            text=gettext_noop("set aside that they are reached another way: {reason}"),
            personal=("reason",),
            icon="x",
        ),
    ]
)
