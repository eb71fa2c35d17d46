"""What happens on the way to an approval, in words."""

from ats.activity.verbs import Verb, declare

SAID = ("title", "reason", "body")

declare(
    [
        Verb(
            name="approval.asked", text="asked {approver} to approve ({label})", personal=SAID, icon="waiting"
        ),
        Verb(name="approval.approved", text="approved ({label})", personal=SAID, icon="check", opened=True),
        Verb(
            name="approval.sent_back",
            text="did not approve ({label})",
            personal=SAID,
            icon="x",
            opened=True,
        ),
        Verb(
            name="approval.delegated",
            text="passed the approval ({label}) on to {to}",
            personal=SAID,
            icon="user",
        ),
        Verb(
            name="approval.reminded",
            text="reminded {approver} of the approval ({label})",
            personal=SAID,
            icon="clock",
        ),
        Verb(
            name="approval.escalated",
            text="told {overseers} that the approval of {approver} ({label}) is overdue",
            personal=SAID,
            icon="alert",
        ),
        Verb(
            name="approval.handed_on",
            text="asked {approver} to approve ({label}) in place of {before}",
            personal=SAID,
            icon="user",
        ),
        Verb(name="approval.granted", text="gave the last approval", personal=SAID, icon="check"),
        Verb(name="approval.refused", text="sent it back to the one who asked", personal=SAID, icon="x"),
        Verb(
            name="approval.taken_back",
            text="took back the question for approval",
            personal=SAID,
            icon="minus",
        ),
        Verb(
            name="approval.chain_changed",
            text="changed who approves ({what}, {where}): {steps}",
            icon="edit",
        ),
    ]
)
