"""JSON Resume (jsonresume.org), in and out.

What is read of it is checked; the tests hold what goes out, and what this takes, against the public schema.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from candidates.resumes.domain import data, skills
from candidates.resumes.domain.contact import PROFILES, link_key
from candidates.resumes.domain.facts import Confidence, Fact, Facts, Stay

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
NO_JSON = "It is no JSON: the file is damaged, or of another kind."
NO_RESUME = "It is no JSON Resume: it says nothing of a person."
NAMED = 3
"""So many faults are named."""
SURE = Confidence.SURE


_TEXT = {"type": "string"}
_DATE = {"type": "string", "pattern": r"^[12]\d{3}(-[01]\d(-[0-3]\d)?)?$"}
"""A day, a month or a year."""


def _list(each: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": each}


def _object(texts: str, **more: dict[str, Any]) -> dict[str, Any]:
    """An object with these texts, and more; whatever else stands in it is left alone."""
    return {"type": "object", "properties": dict.fromkeys(texts.split(), _TEXT) | more}


_TIME = {"startDate": _DATE, "endDate": _DATE}
SHAPE = _object(
    "$schema",
    basics=_object(
        "name label email phone url summary",
        location=_object("city countryCode"),
        profiles=_list(_object("network username url")),
    ),
    work=_list(_object("name position location summary", **_TIME)),
    education=_list(_object("institution studyType area", **_TIME)),
    skills=_list(_object("name level", keywords=_list(_TEXT))),
    languages=_list(_object("language fluency")),
)
"""As a JSON schema (draft 7): the parts that are read."""


class Faulty(ValueError):
    """Why it is no JSON Resume, in words."""


@lru_cache
def _validator() -> Any:
    from jsonschema import Draft7Validator

    return Draft7Validator(SHAPE)


def prepare() -> None:
    """Load what it needs."""
    _validator()


def loaded(text: str) -> Mapping[str, Any]:
    """The object in it, of that shape; what is null or empty counts as left out, as many programs write it."""
    try:
        said = json.loads(text.removeprefix("\ufeff"))
        return checked(said)
    except (ValueError, RecursionError) as error:
        raise error if isinstance(error, Faulty) else Faulty(NO_JSON) from None


def checked(said: Any) -> Mapping[str, Any]:
    """The same of what was loaded already."""
    try:
        bare = _without_nothing(said)
        faults = sorted(_validator().iter_errors(bare), key=lambda each: list(map(str, each.path)))
    except RecursionError:
        raise Faulty(NO_JSON) from None
    if faults:
        raise Faulty("; ".join(_fault(each) for each in faults[:NAMED])[:300])
    if not isinstance(bare, dict) or not any(
        bare.get(key) for key in ("basics", "work", "education", "skills")
    ):
        raise Faulty(NO_RESUME)
    return bare


def _fault(error: Any) -> str:
    where = "/".join(map(str, error.absolute_path)) or "the whole"
    return f"{where}: {error.message[:80]}"


def as_text(said: Mapping[str, Any]) -> str:
    """As it is kept."""
    return json.dumps(said, ensure_ascii=False)


def _without_nothing(said: Any) -> Any:
    if isinstance(said, dict):
        return {key: _without_nothing(value) for key, value in said.items() if value not in (None, "")}
    return (
        [_without_nothing(each) for each in said if each not in (None, "")]
        if isinstance(said, list)
        else said
    )


def facts(said: Mapping[str, Any]) -> Facts:
    """What stands in it. Whoever wrote it said so in fields of their own: all of it is sure."""
    basics = said.get("basics", {})
    place = basics.get("location", {})
    city, country = place.get("city", ""), place.get("countryCode", "").upper()
    links = [basics.get("url", ""), *(each.get("url", "") for each in basics.get("profiles", []))]
    return Facts(
        name=_one(basics.get("name", "")),
        headline=_one(basics.get("label", "")),
        place=Fact(city, SURE, country if len(country) == 2 else "") if city else None,
        emails=_many([basics.get("email", "")]),
        phones=_many([basics.get("phone", "")]),
        links=_many(link for link in links if re.match(r"https?://\S+$", link)),
        languages=tuple(_language(each) for each in said.get("languages", []) if each.get("language")),
        skills=_many(skills.canonical(name) for each in said.get("skills", []) for name in _skills(each)),
        positions=tuple(_work(each) for each in said.get("work", [])),
        education=tuple(_study(each) for each in said.get("education", [])),
    )


def _one(value: str) -> Fact | None:
    return Fact(_line(value), SURE) if _line(value) else None


def _many(values: Iterable[str]) -> tuple[Fact, ...]:
    return tuple(Fact(value, SURE) for value in dict.fromkeys(map(_line, values)) if value)


def _line(value: str) -> str:
    return " ".join(value.split())


def _skills(said: Mapping[str, Any]) -> list[str]:
    """What a group of skills lists; a group without a list is a skill by its name."""
    return said.get("keywords") or [said.get("name", "")]


def _language(said: Mapping[str, Any]) -> Fact:
    name = _line(said["language"])
    return Fact(data.language_code(name) or name, SURE, _line(said.get("fluency", "")))


def _work(said: Mapping[str, Any]) -> Stay:
    return _stay(said, said.get("name", ""), said.get("position", ""), said.get("location", ""))


def _study(said: Mapping[str, Any]) -> Stay:
    degree = ", ".join(filter(None, [said.get("studyType", ""), said.get("area", "")]))
    return _stay(said, said.get("institution", ""), degree, "")


def _stay(said: Mapping[str, Any], where: str, what: str, place: str) -> Stay:
    start, end = said.get("startDate", ""), said.get("endDate", "")
    return Stay(
        _line(where), _line(what), SURE, _line(place), start, end, current=bool(start and not end),
        text=said.get("summary", ""),
    )  # fmt: skip


def written(told: Facts) -> dict[str, Any]:
    """As JSON Resume, valid by the schema; what is not known is left out."""
    basics = {
        "name": told.name.value if told.name else "",
        "label": told.headline.value if told.headline else "",
        "email": told.emails[0].value if told.emails else "",
        "phone": told.phones[0].value if told.phones else "",
        "location": _bare({"city": told.place.value, "countryCode": told.place.more}) if told.place else {},
    } | _addresses([each.value for each in told.links])
    found = {
        "$schema": SCHEMA,
        "basics": _bare(basics),
        "work": [_as_work(each) for each in told.positions],
        "education": [_as_study(each) for each in told.education],
        "skills": [{"name": each.value} for each in told.skills],
        "languages": [_bare({"language": each.value, "fluency": each.more}) for each in told.languages],
    }
    return _bare(found)


def _bare(said: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if value}


def _addresses(links: list[str]) -> dict[str, Any]:
    """Their own page, and the profiles elsewhere."""
    profiles = [link for link in links if link_key(link).startswith(PROFILES)]
    own = [link for link in links if link not in profiles]
    said = [
        {
            "network": link_key(link).split(".")[0].capitalize(),
            "username": link_key(link).split("/")[-1],
            "url": link,
        }
        for link in [*profiles, *own[1:]]
    ]
    return {"url": own[0] if own else "", "profiles": said}


def _as_work(each: Stay) -> dict[str, Any]:
    where = {"name": each.where, "position": each.what, "location": each.place}
    return _bare(where | {"startDate": each.start, "endDate": each.end})


def _as_study(each: Stay) -> dict[str, Any]:
    return _bare(
        {"institution": each.where, "studyType": each.what, "startDate": each.start, "endDate": each.end}
    )
