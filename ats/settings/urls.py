"""Server addresses as URLs: one variable a server."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from ats.kernel import plans


def database(url: str) -> dict[str, Any]:
    """`postgresql://user:password@host:port/name?host=/socket/folder` as Django's dictionary."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"DATABASE_URL must begin with postgresql://, not {parts.scheme}://")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    # The planner tries every order of the joins, which for the eight tables of one application takes 3 ms
    # of each action; ours are written from the row that is asked for outwards, so five at a time will do.
    settings = "-c join_collapse_limit=5"
    # Names no trigger to pass over: without the setting each trigger finds that out by an exception of
    # its own, which takes longer than what it guards.
    settings += " -c pgtrigger.ignore={}"
    options["options"] = f"{settings} {options.get('options', '')}".strip()
    options |= {"connection_factory": plans.Connection, "cursor_factory": plans.Cursor}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(parts.port or "")),
        "OPTIONS": options,
    }


def broker(url: str) -> str:
    """A Redis address as Celery spells it: a socket is `redis+socket://` with a virtual host there."""
    if url.startswith("unix://"):
        return url.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=", 1)
    return url


def inbound(url: str) -> dict[str, Any]:
    """`imaps://user:password@host/folder` (or `imap://`, or `?tls=1` for STARTTLS); empty for no mailbox."""
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname:
        raise ImproperlyConfigured("INBOUND_URL must be imaps://user:password@host/folder")
    return {
        "host": parts.hostname,
        "port": parts.port or (993 if parts.scheme == "imaps" else 143),
        "ssl": parts.scheme == "imaps",
        "starttls": dict(parse_qsl(parts.query)).get("tls") == "1",
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "folder": unquote(parts.path.strip("/")) or "INBOX",
    }


def email(url: str) -> dict[str, Any]:
    """`smtp://user:password@host:port` (or `smtps://`, or `?tls=1` for STARTTLS) as settings."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"}:
        raise ImproperlyConfigured(f"EMAIL_URL must begin with smtp:// or smtps://, not {parts.scheme}://")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": options.get("tls") == "1",
    }


def clamd(url: str) -> str | tuple[str, int] | None:
    """`unix:///run/clamav/clamd.ctl` or `tcp://host:3310` as a path or a host and port; empty for no scanner."""
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme == "unix" and parts.path:
        return parts.path
    if parts.scheme == "tcp" and parts.hostname:
        return parts.hostname, parts.port or 3310
    raise ImproperlyConfigured("CLAMD_URL must be unix:///path/of/the/socket or tcp://host:port")
