"""What the record says of people and their access; the security log."""

from ats.activity.verbs import Verb, declare

WHERE = ("ip", "device")

declare(
    [
        Verb(name="user.signed_in", text="signed in", personal=WHERE, icon="key"),
        Verb(name="user.signed_out", text="signed out", personal=WHERE, icon="logout"),
        Verb(
            name="user.sign_in_failed",
            text="saw a sign-in fail for {name}",
            personal=("name", *WHERE),
            icon="alert",
        ),
        Verb(name="user.invited", text="invited {email} as {role}", personal=("email",), icon="mail"),
        Verb(
            name="user.invitation_revoked",
            text="took back the invitation of {email}",
            personal=("email",),
            icon="x",
        ),
        Verb(name="user.joined", text="joined as {role}", icon="user"),
        Verb(
            name="user.role_changed",
            text="made {name} {to_role} (before: {from_role})",
            personal=("name",),
            icon="user",
        ),
        Verb(
            name="user.manager_changed",
            text="noted for whom {name} works: {manager}",
            personal=("name", "manager"),
            icon="user",
        ),
        Verb(name="user.deactivated", text="ended the access of {name}", personal=("name",), icon="lock"),
        Verb(
            name="user.shut_out",
            text="took every way in from {name} of the demo company",
            personal=("name",),
            icon="lock",
        ),
        Verb(name="user.reactivated", text="gave {name} access again", personal=("name",), icon="user"),
        Verb(
            name="user.sessions_ended", text="signed {name} out everywhere", personal=("name",), icon="logout"
        ),
        Verb(name="user.own_sessions_ended", text="signed out on {many}", icon="logout"),
        Verb(
            name="user.keys_ended",
            text="ended the API tokens and the calendar address of {name}",
            personal=("name",),
            icon="key",
        ),
        Verb(name="user.profile_changed", text="changed their profile ({fields})", icon="edit"),
        Verb(name="user.password_changed", text="changed their password", personal=WHERE, icon="key"),
        Verb(name="user.password_reset", text="set a new password by mail", personal=WHERE, icon="key"),
        Verb(name="user.second_step_added", text="turned on {method}", personal=WHERE, icon="shield"),
        Verb(name="user.second_step_removed", text="turned off {method}", personal=WHERE, icon="shield"),
        Verb(
            name="user.second_steps_forgotten",
            text="took the lost second step away from {name}",
            personal=("name",),
            icon="shield",
        ),
        Verb(
            name="user.code_failed",
            text="saw a wrong mailed code given",
            personal=("name", *WHERE),
            icon="alert",
        ),
        Verb(
            name="sign_in_policy.changed",
            text="changed what signing in asks for: {what}",
            icon="shield",
        ),
        Verb(name="user.second_step_failed", text="gave a wrong second step", personal=WHERE, icon="alert"),
    ]
)
