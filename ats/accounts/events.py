"""What the record says of people and their access; the security log."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

WHERE = ("ip", "device")

declare(
    [
        Verb(name="user.signed_in", text=gettext_noop("signed in"), personal=WHERE, icon="key"),
        Verb(name="user.signed_out", text=gettext_noop("signed out"), personal=WHERE, icon="logout"),
        Verb(
            name="user.sign_in_failed",
            text=gettext_noop("saw a sign-in fail for {name}"),
            personal=("name", *WHERE),
            icon="alert",
        ),
        Verb(
            name="user.invited",
            text=gettext_noop("invited {email} as {role}"),
            personal=("email",),
            icon="mail",
        ),
        Verb(
            name="user.invitation_revoked",
            text=gettext_noop("took back the invitation of {email}"),
            personal=("email",),
            icon="x",
        ),
        Verb(name="user.joined", text=gettext_noop("joined as {role}"), icon="user"),
        Verb(
            name="user.role_changed",
            text=gettext_noop("made {name} {to_role} (before: {from_role})"),
            personal=("name",),
            icon="user",
        ),
        Verb(
            name="user.manager_changed",
            text=gettext_noop("noted for whom {name} works: {manager}"),
            personal=("name", "manager"),
            icon="user",
        ),
        Verb(
            name="user.works_for_changed",
            text=gettext_noop("noted that {name} works for {what}"),
            personal=("name",),
            icon="building",
        ),
        Verb(
            name="user.deactivated",
            text=gettext_noop("ended the access of {name}"),
            personal=("name",),
            icon="lock",
        ),
        Verb(
            name="user.shut_out",
            text=gettext_noop("took every way in from {name} of the demo company"),
            personal=("name",),
            icon="lock",
        ),
        Verb(
            name="user.reactivated",
            text=gettext_noop("gave {name} access again"),
            personal=("name",),
            icon="user",
        ),
        Verb(
            name="user.sessions_ended",
            text=gettext_noop("signed {name} out everywhere"),
            personal=("name",),
            icon="logout",
        ),
        Verb(name="user.own_sessions_ended", text=gettext_noop("signed out on {many}"), icon="logout"),
        Verb(
            name="user.keys_ended",
            text=gettext_noop("ended the API tokens and the calendar address of {name}"),
            personal=("name",),
            icon="key",
        ),
        Verb(name="user.profile_changed", text=gettext_noop("changed their profile ({fields})"), icon="edit"),
        Verb(
            name="user.password_changed",
            text=gettext_noop("changed their password"),
            personal=WHERE,
            icon="key",
        ),
        Verb(
            name="user.password_reset",
            text=gettext_noop("set a new password by mail"),
            personal=WHERE,
            icon="key",
        ),
        Verb(
            name="user.second_step_added",
            text=gettext_noop("turned on {method}"),
            personal=WHERE,
            icon="shield",
        ),
        Verb(
            name="user.second_step_removed",
            text=gettext_noop("turned off {method}"),
            personal=WHERE,
            icon="shield",
        ),
        Verb(
            name="user.second_steps_forgotten",
            text=gettext_noop("took the lost second step away from {name}"),
            personal=("name",),
            icon="shield",
        ),
        Verb(
            name="user.code_failed",
            text=gettext_noop("saw a wrong mailed code given"),
            personal=("name", *WHERE),
            icon="alert",
        ),
        Verb(
            name="sign_in_policy.changed",
            text=gettext_noop("changed what signing in asks for: {what}"),
            icon="shield",
        ),
        Verb(
            name="user.second_step_failed",
            text=gettext_noop("gave a wrong second step"),
            personal=WHERE,
            icon="alert",
        ),
    ]
)
