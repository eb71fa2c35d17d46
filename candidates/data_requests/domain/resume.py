"""Somebody as JSON Resume (jsonresume.org, schema 1.0.0) has them: what we know of each field, and no field besides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
NETWORKS = {"linkedin.com": "LinkedIn", "github.com": "GitHub", "gitlab.com": "GitLab", "xing.com": "XING"}
PATHS_BEFORE_NAMES = {"in", "profile", "pub", "users", "u"}


@dataclass(frozen=True)
class Post:
    """A role that they were hired for here."""

    company: str
    position: str
    starts_on: str


def resume(facts: Mapping[str, Any], hired: Iterable[Post], *, now: datetime) -> dict[str, Any]:
    """`facts` are the candidate's fields by name; what nobody knows is left out."""
    links = [link for link in facts["links"] if isinstance(link, str) and _is_address(link)]
    profiles = [profile for link in links if (profile := _profile(link))]
    named = {profile["url"] for profile in profiles}
    home = next((link for link in links if link not in named), "")
    basics = {
        "name": f"{facts['first_name']} {facts['last_name']}".strip(),
        "label": facts["headline"],
        "email": facts["email"],
        "phone": facts["phone"],
        "url": home,
        "location": _filled({"city": facts["city"], "countryCode": facts["country"]}),
        "profiles": profiles,
    }
    work = [
        _filled({"name": post.company, "position": post.position, "startDate": post.starts_on})
        for post in hired
    ]
    made: dict[str, Any] = {
        "$schema": SCHEMA,
        "basics": _filled(basics),
        "meta": {"canonical": SCHEMA, "version": "v1.0.0", "lastModified": f"{now:%Y-%m-%dT%H:%M:%S}"},
    }
    return made | ({"work": work} if work else {})


def _filled(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value}


def _is_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(c.isspace() for c in link)


def _profile(link: str) -> dict[str, str] | None:
    parts = urlsplit(link)
    host = (parts.hostname or "").removeprefix("www.")
    network = next(
        (name for place, name in NETWORKS.items() if host == place or host.endswith(f".{place}")), ""
    )
    names = [part for part in parts.path.split("/") if part and part not in PATHS_BEFORE_NAMES]
    return {"network": network, "username": names[0], "url": link} if network and names else None
