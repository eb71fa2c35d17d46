"""Every write about people and their access."""

from ats.accounts.actions.change import PROFILE, change_profile, change_role, set_manager
from ats.accounts.actions.codes import ask_code, try_code, use_code
from ats.accounts.actions.deactivate import deactivate, end_sessions, forget_second_steps, reactivate
from ats.accounts.actions.invite import (
    OneRefused,
    accept_invitation,
    invite,
    invite_together,
    revoke_invitation,
)
from ats.accounts.actions.keep_list import keep_list
from ats.accounts.actions.notify import note
from ats.accounts.actions.permit import MANAGE
from ats.accounts.actions.policy import change_policy
from ats.accounts.actions.shut_out import shut_out_demo
from ats.accounts.actions.sign_out import end_elsewhere
from ats.accounts.actions.work_for import set_works_for

__all__ = [
    "MANAGE",
    "PROFILE",
    "OneRefused",
    "accept_invitation",
    "ask_code",
    "change_policy",
    "change_profile",
    "change_role",
    "deactivate",
    "end_elsewhere",
    "end_sessions",
    "forget_second_steps",
    "invite",
    "invite_together",
    "keep_list",
    "note",
    "reactivate",
    "revoke_invitation",
    "set_manager",
    "set_works_for",
    "shut_out_demo",
    "try_code",
    "use_code",
]
