"""What the record says of due work that a person took in hand."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(name="duework.retried", text=gettext_noop("let {what} be tried again"), icon="refresh"),
        Verb(name="duework.dismissed", text=gettext_noop("dismissed {what}"), icon="x"),
    ]
)
