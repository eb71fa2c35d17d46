"""What `manage.py check --deploy` says beyond Django's own checks: is this really set up for production?"""

import os
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DEFAULT_DB_ALIAS, DatabaseError

from ats import tables
from ats.duework import lacks
from ats.mail import names, signing

SERVERS = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL")


@register(Tags.security, deploy=True)
def production(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if not settings.PRODUCTION:
        found.append(
            checks.Warning(
                "PRODUCTION is not set.",
                hint="Set PRODUCTION=1: then a missing setting stops the start instead of being made up.",
                id="ats.W010",
            )
        )
    found += [
        Error(f"{name} does not come from the environment.", hint="README, Configuration.", id="ats.E011")
        for name in (*SERVERS, "SECRET_KEY", "BASE_URL")
        if not _given(name)
    ]
    if not settings.BASE_URL.startswith("https://"):
        found.append(Error(f"BASE_URL is not https: {settings.BASE_URL}", id="ats.E012"))
    if settings.DEMO:
        found.append(
            Error("DEMO is on: anyone can sign in with the demo company's passwords.", id="ats.E013")
        )
    if not settings.DEMO:
        found += [Error(problem, id="ats.E015") for problem in _left_of_the_demo()]
    if "MAIL_FROM" not in os.environ:
        found.append(
            checks.Warning(
                f"Mail leaves from {settings.DEFAULT_FROM_EMAIL}.",
                hint="Set MAIL_FROM to an address that your mail server may use.",
                id="ats.W014",
            )
        )
    if settings.INBOUND_ADDRESS and not (settings.INBOUND or settings.ANYMAIL["WEBHOOK_SECRET"]):
        found.append(
            checks.Warning(
                f"Answers are asked for at {settings.INBOUND_ADDRESS}, and nothing brings them in.",
                hint="Set INBOUND_URL or MAIL_HOOKS_SECRET, or leave INBOUND_ADDRESS out.",
                id="ats.W018",
            )
        )
    found += [checks.Warning(said, hint="README, Production.", id="ats.W016") for said in lacks.told()]
    found += _of_mail()
    return found


def _of_mail() -> list[CheckMessage]:
    """What readers' servers look for; where nobody can be asked about names, nothing is said."""
    if settings.DKIM_KEY and not signing.can_sign():
        return [Error("DKIM_KEY is no RSA key in PEM: nothing could leave.", id="ats.E018")]
    lacking = names.lacking(selector=settings.DKIM_SELECTOR, has_key=bool(settings.DKIM_KEY))
    return [checks.Warning(said, hint="README, Production.", id="ats.W017") for said in lacking]


def _left_of_the_demo() -> list[str]:
    """A database that is away is not this check's affair; the start asks again."""
    from ats import published

    try:
        names = published.who_can_sign_in()
    except DatabaseError:
        return []
    return [published.told(names)] if names else []


@register(Tags.database)
def letters(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """With every `migrate`, and with `check --database default`."""
    if DEFAULT_DB_ALIAS not in (databases or ()) or tables.knows_letters():
        return []
    return [checks.Warning(f"{tables.NO_LETTERS[0].upper()}{tables.NO_LETTERS[1:]}", id="ats.W015")]


def _given(name: str) -> bool:
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))
