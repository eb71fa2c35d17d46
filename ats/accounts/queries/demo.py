"""The demo company's people, outside of the demo."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import is_password_usable
from django.db.models import Exists, OuterRef, QuerySet

from ats.accounts.models import User
from ats.mail.kept import DEMO_DOMAIN


def people() -> QuerySet[User]:
    return User.objects.filter(is_active=True, email__iendswith=f"@{DEMO_DOMAIN}")


def who_can_sign_in() -> list[str]:
    """Their addresses, of those who have a password or a passkey, whichever it is."""
    rows = people().annotate(more=Exists(Authenticator.objects.filter(user=OuterRef("pk"))))
    return [
        email
        for email, password, more in rows.order_by("email").values_list("email", "password", "more")
        if more or is_password_usable(password)
    ]
