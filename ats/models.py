"""The face of the ground floor's models."""

from ats.accounts.models import Invitation, KnownDevice, Role, SignInCode, SignInPolicy, User
from ats.activity.models import Activity, HeardTo
from ats.api.models import ApiToken, IdempotentCall
from ats.approvals.models import Approval, ApprovalChain, ApprovalRequest, ApprovalStep
from ats.by_mail.models import MailKey
from ats.calendars.models import BusyTime, CalendarLink, CalendarSubscription, WorkingHours
from ats.chat.models import ChatMessage, ChatRoom
from ats.duework.models import DueTask, Standstill
from ats.mail.models import (
    IncomingContent,
    IncomingMail,
    MailAttachment,
    MailTemplate,
    OutgoingMail,
    SuppressedAddress,
)
from ats.notifications.models import Notification, NotificationChoice
from ats.organisation.models import (
    ConfirmedDays,
    Department,
    HiringOrganisation,
    Holiday,
    Location,
    WorkingCalendar,
)
from ats.retention.models import RetentionRun
from ats.sms.models import HeardSms, SmsAccount, SmsMessage, SuppressedNumber
from ats.upkeep.models import Pulse

__all__ = [
    "Activity",
    "ApiToken",
    "Approval",
    "ApprovalChain",
    "ApprovalRequest",
    "ApprovalStep",
    "BusyTime",
    "CalendarLink",
    "CalendarSubscription",
    "ChatMessage",
    "ChatRoom",
    "ConfirmedDays",
    "Department",
    "DueTask",
    "HeardSms",
    "HeardTo",
    "HiringOrganisation",
    "Holiday",
    "IdempotentCall",
    "IncomingContent",
    "IncomingMail",
    "Invitation",
    "KnownDevice",
    "Location",
    "MailAttachment",
    "MailKey",
    "MailTemplate",
    "Notification",
    "NotificationChoice",
    "OutgoingMail",
    "Pulse",
    "RetentionRun",
    "Role",
    "SignInCode",
    "SignInPolicy",
    "SmsAccount",
    "SmsMessage",
    "Standstill",
    "SuppressedAddress",
    "SuppressedNumber",
    "User",
    "WorkingCalendar",
    "WorkingHours",
]
