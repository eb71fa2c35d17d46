"""Europass: the XML that people download there, or that lies inside the PDF; of today's shape and of the one before.

Elements are looked for by their names alone, for programs write the namespaces in several ways.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from xml.etree.ElementTree import Element

from candidates.resumes.domain import data, skills
from candidates.resumes.domain.facts import Confidence, Fact, Facts, Stay

NO_XML = "It is no XML that can be read: the file is damaged, or of another kind."
REFERS = "It refers to things outside itself, which no Europass does."
NO_EUROPASS = "It is no Europass: it says nothing of a person."
SURE = Confidence.SURE
CODES = {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "por": "pt", "nld": "nl",
    "dut": "nl", "pol": "pl", "ces": "cs", "cze": "cs", "slk": "sk", "slo": "sk", "slv": "sl", "hrv": "hr", "hun": "hu",
    "ron": "ro", "rum": "ro", "bul": "bg", "ell": "el", "gre": "el", "swe": "sv", "dan": "da", "nor": "no", "fin": "fi",
    "est": "et", "lav": "lv", "lit": "lt", "gle": "ga", "mlt": "mt", "tur": "tr", "ukr": "uk", "rus": "ru", "ara": "ar",
    "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko", "srp": "sr", "mkd": "mk", "sqi": "sq", "alb": "sq", "isl": "is",
    "ice": "is", "hin": "hi", "heb": "he", "fas": "fa", "per": "fa",
}  # fmt: skip
"""Of ISO 639-2, as Europass has them, in two letters."""
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")


class Faulty(ValueError):
    """Why it is no Europass, in words."""


def prepare() -> None:
    """Load what it needs."""
    import defusedxml.ElementTree  # noqa: F401


def facts(text: str) -> Facts:
    """What stands in it. Whoever wrote it said so in fields of their own: all of it is sure."""
    root = _root(text)
    if _name(root) == "Candidate":
        return _candidate(root)
    if _name(root) in {"SkillsPassport", "learnerinfo"}:
        return _passport(root)
    raise Faulty(NO_EUROPASS)


def _root(text: str) -> Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    bare = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.removeprefix("\ufeff"))
    try:
        root: Element = fromstring(bare, forbid_dtd=True)
    except DefusedXmlException:
        raise Faulty(REFERS) from None
    except (ParseError, ValueError):
        raise Faulty(NO_XML) from None
    return root


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(element: Element | None, *path: str) -> Iterator[Element]:
    """Those to which the path of names leads, child by child."""
    if element is None:
        return
    if not path:
        yield element
        return
    for child in element:
        if _name(child) == path[0]:
            yield from _all(child, *path[1:])


def _first(element: Element | None, *path: str) -> Element | None:
    return next(_all(element, *path), None)


def _text(element: Element | None, *path: str) -> str:
    """The words of the first one, without the markup that editors put into them."""
    found = _first(element, *path)
    if found is None or not found.text:
        return ""
    return " ".join(re.sub(r"<[^<>]{0,300}>", " ", unescape(found.text)).split())


def _many(values: Iterable[str]) -> tuple[Fact, ...]:
    return tuple(Fact(value, SURE) for value in dict.fromkeys(values) if value)


def _one(*words: str) -> Fact | None:
    said = " ".join(filter(None, words))
    return Fact(said, SURE) if said else None


def _links(values: Iterable[str]) -> tuple[Fact, ...]:
    whole = (value if "://" in value else f"https://{value}" for value in values if value)
    return _many(value for value in whole if re.match(r"https?://[^\s/]+\.\S+$", value))


def _code(said: str) -> str:
    low = said.strip().lower()
    return CODES.get(low) or (low if re.fullmatch(r"[a-z]{2}", low) else data.language_code(said) or said)


def _lowest(levels: Iterable[str]) -> str:
    """What they can do in all of it."""
    known = [level for level in levels if level in LEVELS]
    return min(known) if known else ""


def _candidate(root: Element) -> Facts:
    """Of today (HR Open): `Candidate`."""
    person, profile = _first(root, "CandidatePerson"), _first(root, "CandidateProfile")
    ways: dict[str, list[str]] = {}
    for way in _all(person, "Communication"):
        ways.setdefault(_text(way, "ChannelCode").lower(), []).append(_reached(way))
    homes = [each for way in _all(person, "Communication") for each in _all(way, "Address")]
    city, country = (
        _text(homes[0], "CityName") if homes else "",
        _text(homes[0], "CountryCode") if homes else "",
    )
    own = _text(person, "PrimaryLanguageCode")
    spoken = [Fact(_code(own), SURE)] if own else []
    competent = list(_all(profile, "PersonQualifications", "PersonCompetency"))
    spoken += [_spoken(each) for each in competent if _text(each, "TaxonomyID") == "language"]
    named = [_text(each, "CompetencyName") for each in competent]
    for path in (("Skills",), ("Skills", "SkillsGroup")):
        for group in _all(profile, *path):
            named += [_text(each, "CompetencyName") for each in _all(group, "PersonCompetency")]
    return _told(
        name=_one(_text(person, "PersonName", "GivenName"), _text(person, "PersonName", "FamilyName")),
        place=Fact(city, SURE, country.upper()[:2]) if city else None,
        emails=_many(ways.get("email", [])),
        phones=_many(ways.get("telephone", [])),
        links=_links([*ways.get("web", []), *ways.get("social media", [])]),
        languages=tuple(each for each in spoken if each.value),
        skills=_many(skills.canonical(each) for each in named if each),
        positions=tuple(
            _position(employer, each)
            for employer in _all(profile, "EmploymentHistory", "EmployerHistory")
            for each in _all(employer, "PositionHistory")
        ),
        education=tuple(map(_attended, _all(profile, "EducationHistory", "EducationOrganizationAttendance"))),
    )


def _told(**facts: object) -> Facts:
    found = Facts(**facts)  # type: ignore[arg-type]
    if found == Facts():
        raise Faulty(NO_EUROPASS)
    return found


def _reached(way: Element) -> str:
    number = _text(way, "DialNumber")
    if not number:
        return _text(way, "URI")
    country = _text(way, "CountryDialing").lstrip("+0")
    return number if not country or number.startswith(("+", "00")) else f"+{country} {number.lstrip('0')}"


def _spoken(each: Element) -> Fact:
    levels = (_text(one, "Score", "ScoreText") for one in _all(each, "CompetencyDimension"))
    return Fact(_code(_text(each, "CompetencyID")), SURE, _lowest(levels))


def _day(element: Element | None, *path: str) -> str:
    said = re.match(r"\d{4}(?:-\d\d){0,2}", _text(element, *path, "FormattedDateTime"))
    return said[0] if said else ""


def _position(employer: Element, each: Element) -> Stay:
    period = _first(each, "EmploymentPeriod")
    period = _first(employer, "EmploymentPeriod") if period is None else period
    current = _text(period, "CurrentIndicator") == "true"
    return Stay(
        _text(employer, "OrganizationName"),
        _text(each, "PositionTitle"),
        SURE,
        _text(each, "City") or _text(employer, "OrganizationContact", "Communication", "Address", "CityName"),
        _day(period, "StartDate"),
        "" if current else _day(period, "EndDate"),
        current=current,
        text=_text(each, "Description"),
    )


def _attended(each: Element) -> Stay:
    period = _first(each, "AttendancePeriod")
    current = _text(period, "Ongoing") == "true"
    return Stay(
        _text(each, "OrganizationName"),
        _text(each, "EducationDegree", "DegreeName"),
        SURE,
        _text(each, "OrganizationContact", "Communication", "Address", "CityName"),
        _day(period, "StartDate"),
        "" if current else _day(period, "EndDate"),
        current=current,
    )


def _passport(root: Element) -> Facts:
    """Of before 2020 (Cedefop): `SkillsPassport`, and the shape before that one."""
    learner = _first(root, "LearnerInfo")
    who = _first(learner, "Identification")
    ways = _first(who, "ContactInfo")
    city, country = ("Address", "Contact", "Municipality"), ("Address", "Contact", "Country", "Code")
    tongues = _first(learner, "Skills", "Linguistic")
    mother = [
        Fact(_code(_text(each, "Description", "Code") or _text(each, "Description", "Label")), SURE)
        for each in _all(tongues, "MotherTongueList", "MotherTongue")
    ]
    foreign = [_foreign(each) for each in _all(tongues, "ForeignLanguageList", "ForeignLanguage")]
    return _told(
        name=_one(_text(who, "PersonName", "FirstName"), _text(who, "PersonName", "Surname")),
        place=Fact(_text(ways, *city), SURE, _text(ways, *country)[:2]) if _text(ways, *city) else None,
        emails=_many([_text(ways, "Email", "Contact")]),
        phones=_many(_text(each, "Contact") for each in _all(ways, "TelephoneList", "Telephone")),
        links=_links(_text(each, "Contact") for each in _all(ways, "WebsiteList", "Website")),
        languages=tuple(each for each in (*mother, *foreign) if each.value),
        positions=tuple(
            _older(each, ("Employer", "Name"), ("Position", "Label"), "Employer")
            for each in _all(learner, "WorkExperienceList", "WorkExperience")
        ),
        education=tuple(
            _older(each, ("Organisation", "Name"), ("Title",), "Organisation")
            for each in _all(learner, "EducationList", "Education")
        ),
    )


def _foreign(each: Element) -> Fact:
    level = _first(each, "ProficiencyLevel")
    levels = (_text(one) for one in level) if level is not None else ()
    return Fact(
        _code(_text(each, "Description", "Code") or _text(each, "Description", "Label")),
        SURE,
        _lowest(levels),
    )


def _older(each: Element, where: tuple[str, ...], what: tuple[str, ...], house: str) -> Stay:
    current = _text(each, "Period", "Current") == "true"
    return Stay(
        _text(each, *where),
        _text(each, *what),
        SURE,
        _text(each, house, "ContactInfo", "Address", "Contact", "Municipality"),
        _older_day(_first(each, "Period", "From")),
        "" if current else _older_day(_first(each, "Period", "To")),
        current=current,
        text=_text(each, "Activities"),
    )


def _older_day(element: Element | None) -> str:
    """`year="2002" month="--08" day="---01"`."""
    if element is None or not re.fullmatch(r"\d{4}", element.get("year", "")):
        return ""
    parts = [element.get("year", "")]
    for name in ("month", "day"):
        if not re.fullmatch(r"\d{1,2}", number := element.get(name, "").lstrip("-")):
            break
        parts.append(number.zfill(2))
    return "-".join(parts)
