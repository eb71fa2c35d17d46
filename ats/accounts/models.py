"""Users, their roles, and the invitations that make them."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast
from zoneinfo import ZoneInfo

import rules
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.expressions import RawSQL
from django.db.models.functions import Lower

from ats.kernel.models import Stamped, one_of
from ats.kernel.prepared import Prepared
from ats.kernel.staff_words import gettext_lazy

if TYPE_CHECKING:
    from ats.activity.record import Actor


class Role(models.TextChoices):
    """What a person is in the house. What each may do is in `ats/accounts/rules.py`."""

    ADMIN = "admin", gettext_lazy("Administrator")
    LEAD = "lead", gettext_lazy("Recruiting lead")
    RECRUITER = "recruiter", gettext_lazy("Recruiter")
    COORDINATOR = "coordinator", gettext_lazy("Coordinator")
    MANAGER = "manager", gettext_lazy("Hiring manager")
    INTERVIEWER = "interviewer", gettext_lazy("Interviewer")
    STAKEHOLDER = "stakeholder", gettext_lazy("Stakeholder")


OVERSEERS = frozenset({Role.ADMIN, Role.LEAD})
"""Roles that see every requisition, the confidential ones too."""

RECRUITING = OVERSEERS | {Role.RECRUITER, Role.COORDINATOR}
"""Roles of the recruiting team: they see every requisition that is not confidential."""

OPENING = RECRUITING - {Role.COORDINATOR}
"""Roles that open requisitions, decide about candidates and make offers; coordinators work beside them."""


BESIDE: dict[str, RawSQL] = {}
"""What is read with somebody who is asked for by their number (see `ats/accounts/queries/beside.py`)."""


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> Self:
        """Colleagues know each other."""
        return self if user.is_active else self.none()

    def recruiting(self) -> Self:
        return self.filter(is_active=True, role__in=RECRUITING)

    def known_to(self, user: "User") -> Self:
        """Whom somebody behind a wall may choose: who works for one of the same organisations, or for all."""
        if user.works_for is None:
            return self
        return self.filter(models.Q(works_for__isnull=True) | models.Q(works_for__overlap=user.works_for))

    def working_for(self, organisation: int) -> Self:
        """Who may know of this organisation: nobody else is asked, told or given anything of it."""
        return self.filter(models.Q(works_for__isnull=True) | models.Q(works_for__contains=[organisation]))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        fields |= {"role": Role.ADMIN, "is_superuser": True}
        return self.create_user(email, password, **fields)

    def get(self, *args: Any, **wanted: Any) -> "User":
        """As ever; by `pk` alone, as every request asks for who sends it, with words that are kept."""
        # A manager of some of them, such as those of a team, is of another type.
        plain = type(self) is UserManager and self._db is None
        if not plain or args or wanted.keys() != {"pk"} or type(wanted["pk"]) is not int:
            return cast("User", super().get(*args, **wanted))
        for user in _by_number(number=wanted["pk"]):
            return user
        raise User.DoesNotExist(f"There is no user {wanted['pk']}.")

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


@Prepared
def _by_number(*, number: int) -> UserQuerySet:
    return UserQuerySet(User).annotate(**BESIDE).filter(pk=number)


class User(AbstractBaseUser, PermissionsMixin, Stamped):
    """A person of the organisation who signs in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=Role, default=Role.INTERVIEWER)
    title = models.CharField(max_length=200, blank=True, help_text="Job title, shown to candidates.")
    is_active = models.BooleanField(default=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(
        max_length=10, blank=True, default="", help_text="Of their pages; empty: as their browser asks."
    )
    stands_in_until = models.DateTimeField(
        null=True, blank=True, help_text="Until when they act for a colleague who is away, at the latest."
    )
    manager = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        help_text="For whom they work; empty where nobody is named.",
    )

    works_for = ArrayField(
        models.BigIntegerField(),
        null=True,
        blank=True,
        help_text="The organisations they see, by number; empty: the whole house.",
    )

    lists = models.JSONField(
        default=dict,
        blank=True,
        db_default={},
        help_text="How they want their lists: columns and order, by list.",
    )

    reads_only = False
    """Whether they were read for a request that only reads (see `ats/accounts/queries/beside.py`)."""

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message="Somebody has an account with this e-mail address already.",
            ),
            one_of("user_role_known", "role", Role),
            models.CheckConstraint(
                name="user_manages_others",
                condition=~models.Q(manager=models.F("pk")),
                violation_error_message="Nobody is their own manager.",
            ),
            models.CheckConstraint(
                name="user_works_for_some",
                condition=models.Q(works_for__isnull=True) | models.Q(works_for__len__gt=0),
                violation_error_message="Choose at least one organisation.",
            ),
            models.CheckConstraint(
                name="user_admin_sees_all",
                condition=~models.Q(role="admin") | models.Q(works_for__isnull=True),
                violation_error_message="Administrators look after the whole house.",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        words = (self.name or self.email).split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def is_staff(self) -> bool:
        """Django's name for who may open the break-glass admin: nobody, it is not installed."""
        return False

    @property
    def oversees(self) -> bool:
        return self.is_active and self.role in OVERSEERS

    @property
    def recruits(self) -> bool:
        return self.is_active and self.role in RECRUITING

    @property
    def opens_roles(self) -> bool:
        return self.is_active and self.role in OPENING

    def may_work_for(self, organisation: int) -> bool:
        """Whether they may know of this organisation (see `UserQuerySet.working_for`)."""
        return self.works_for is None or organisation in self.works_for

    def stands_in(self, now: datetime) -> bool:
        """Whether they act for anybody; on which roles, and for whom, is said on their teams."""
        return self.stands_in_until is not None and self.stands_in_until > now

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split()[0] if self.name else self.email

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Permissions are predicates in code (`rules`); there are no rows to click together."""
        return self.is_active and rules.has_perm(perm, self, obj)

    def about(self) -> dict[str, int]:
        return {}

    def actor(self) -> "Actor":
        from ats.activity.record import Actor

        return Actor(kind="user", id=self.pk, name=str(self))


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Neither used nor taken back; it may have run out."""
        return self.filter(accepted_at=None, revoked_at=None)


class Invitation(Stamped):
    """An address that may become a user with a role, by a link that works once."""

    email = models.EmailField()
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=20, choices=Role)
    token_hash = models.CharField(max_length=64, unique=True)
    works_for = ArrayField(
        models.BigIntegerField(), null=True, blank=True, help_text="As of the access that it makes."
    )
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations_sent")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.OneToOneField(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="invitation"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("invitation_role_known", "role", Role),
            models.CheckConstraint(
                name="invitation_accepted_by_somebody",
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                violation_error_message="An accepted invitation names who accepted it, and no other does.",
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="invitation_open_once",
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                violation_error_message="This address has an open invitation already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} as {self.get_role_display()}"

    def about(self) -> dict[str, int]:
        return {}


class KnownDevice(Stamped):
    """A browser in which somebody has signed in: failures elsewhere do not slow it down.

    It is forgotten with all others when the password is set anew by mail, or their sessions are ended.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="known_devices")
    token_hash = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"A device of {self.user}"

    def about(self) -> dict[str, int]:
        return {}


class SignInCode(Stamped):
    """One browser's question for a mailed code, of which only the hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_codes")
    question = models.UUIDField(
        unique=True, null=True, help_text="Kept in the session of the browser that asked."
    )
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"A code for {self.user}"

    def about(self) -> dict[str, int]:
        return {}


class SignInPolicy(Stamped):
    """What the house asks of everybody's sign-in; one row, and none while nobody has changed it."""

    second_step_roles = ArrayField(
        models.CharField(max_length=20, choices=Role), default=list, help_text="Who needs a second step."
    )
    idle_minutes = models.PositiveIntegerField(default=720, help_text="0: a session may rest for days.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sign_in_policy_is_one",
                condition=models.Q(pk=1),
                violation_error_message="There is one set of rules for signing in.",
            )
        ]

    def __str__(self) -> str:
        return "Rules for signing in"

    def about(self) -> dict[str, int]:
        return {}
