"""What happens on the way to an approval, in words."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

SAID = ("title", "reason", "body")

declare(
    [
        Verb(
            name="approval.asked",
            text=gettext_noop("asked {approver} to approve ({label})"),
            personal=SAID,
            icon="waiting",
        ),
        Verb(
            name="approval.approved",
            text=gettext_noop("approved ({label})"),
            personal=SAID,
            icon="check",
            opened=True,
        ),
        Verb(
            name="approval.sent_back",
            text=gettext_noop("did not approve ({label})"),
            personal=SAID,
            icon="x",
            opened=True,
        ),
        Verb(
            name="approval.delegated",
            text=gettext_noop("passed the approval ({label}) on to {to}"),
            personal=SAID,
            icon="user",
        ),
        Verb(
            name="approval.reminded",
            text=gettext_noop("reminded {approver} of the approval ({label})"),
            personal=SAID,
            icon="clock",
        ),
        Verb(
            name="approval.escalated",
            text=gettext_noop("told {overseers} that the approval of {approver} ({label}) is overdue"),
            personal=SAID,
            icon="alert",
        ),
        Verb(
            name="approval.handed_on",
            text=gettext_noop("asked {approver} to approve ({label}) in place of {before}"),
            personal=SAID,
            icon="user",
        ),
        Verb(
            name="approval.granted", text=gettext_noop("gave the last approval"), personal=SAID, icon="check"
        ),
        Verb(
            name="approval.refused",
            text=gettext_noop("sent it back to the one who asked"),
            personal=SAID,
            icon="x",
        ),
        Verb(
            name="approval.taken_back",
            text=gettext_noop("took back the question for approval"),
            personal=SAID,
            icon="minus",
        ),
        Verb(
            name="approval.chain_changed",
            text=gettext_noop("changed who approves ({what}, {where}): {steps}"),
            icon="edit",
        ),
    ]
)
