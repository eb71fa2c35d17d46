"""How well résumés are read: files with the truth beside, what is found of it and what is found beside it."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from candidates.documents import reading
from candidates.documents.domain.checks import EXTENSIONS
from candidates.resumes.domain import contact, data, reader, skills
from candidates.resumes.domain.facts import Confidence, Fact, Facts, Stay

FIELDS = (
    "name", "emails", "phones", "links", "place", "languages", "skills", "jobs", "employers", "days", "positions",
    "schools",
)  # fmt: skip
TRUTH = ".truth.json"


@dataclass
class Count:
    """Of one field: what there is, what was said, and what of it was right; and the same of what was said for sure."""

    there: int = 0
    said: int = 0
    right: int = 0
    sure: int = 0
    sure_right: int = 0

    def add(self, truth: Iterable[str], said: Iterable[tuple[str, bool]]) -> None:
        wanted = list(truth)
        self.there += len(wanted)
        for value, sure in said:
            right = value in wanted
            if right:
                wanted.remove(value)
            self.said += 1
            self.right += right
            self.sure += sure
            self.sure_right += sure and right

    def figures(self) -> dict[str, float | int | None]:
        precision, recall = _share(self.right, self.said), _share(self.right, self.there)
        both = (precision or 0) + (recall or 0)
        return {
            "precision": precision,
            "recall": recall,
            "f1": round(2 * (precision or 0) * (recall or 0) / both, 4) if both else None,
            "sure": _share(self.sure_right, self.sure),
            "sure_of": _share(self.sure, self.said),
            "there": self.there,
        }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


@dataclass
class Figures:
    files: int = 0
    unread: list[str] = field(default_factory=list)
    fields: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    makes: dict[str, dict[str, Count]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)


def facts_of(path: Path) -> tuple[Facts, str]:
    """What is read from a file, in the process for strangers' files; or why nothing is."""
    kind = EXTENSIONS.get(path.suffix.lower())
    if kind is None:
        return Facts(), f"{path.suffix or 'A file without an ending'} is no kind of file that is read."
    with path.open("rb") as file:
        found = reading.read(file, kind)
    if found.problem:
        return Facts(), str(found.problem)
    return reader.read(found.text, links=found.links), ""


def measured(folder: Path) -> Figures:
    """All files of a folder that have their truth beside them: `NAME.pdf.truth.json`, or rendercv's `NAME.yaml`."""
    figures = Figures()
    for path, truth in _with_truth(folder):
        facts, problem = facts_of(path)
        figures.files += 1
        if problem:
            figures.unread.append(f"{path.name}: {problem}")
        make = re.sub(r"^\d+-", "", path.stem) + path.suffix
        _compare(figures, path.name, make, truth, facts)
    return figures


def _with_truth(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in EXTENSIONS:
            continue
        beside, yaml = path.with_name(path.name + TRUTH), path.with_suffix(".yaml")
        if beside.exists():
            yield path, json.loads(beside.read_text("utf-8"))
        elif yaml.exists():
            yield path, _of_rendercv(yaml)


def _of_rendercv(path: Path) -> dict[str, Any]:
    """The truth in the words of this file, from what rendercv was told."""
    import yaml

    said = yaml.safe_load(path.read_text("utf-8"))["cv"]
    sections = {key.lower(): value for key, value in (said.get("sections") or {}).items()}
    homes = {"LinkedIn": "linkedin.com/in/", "GitHub": "github.com/"}
    networks = said.get("social_networks") or []
    links = [homes[each["network"]] + each["username"] for each in networks if each["network"] in homes]
    stays = [
        {
            "where": each["company"],
            "what": each["position"],
            "start": str(each.get("start_date") or ""),
            "end": str(each.get("end_date") or ""),
        }
        for each in sections.get("experience", [])
    ]
    listed = [each.get("details", "") for each in sections.get("skills", []) if isinstance(each, dict)]
    return {
        "name": said["name"],
        "email": said.get("email"),
        "phone": said.get("phone"),
        "links": links + [said["website"]] * bool(said.get("website")),
        "city": (said.get("location") or "").split(",")[0],
        "spoken": None,
        "skills": [skill.strip() for details in listed for skill in details.split(",")],
        "positions": stays,
        "education": [{"where": each["institution"]} for each in sections.get("education", [])],
    }


def _compare(figures: Figures, name: str, make: str, truth: dict[str, Any], facts: Facts) -> None:
    wanted, said = _wanted(truth), _said(facts)
    counts = figures.makes.setdefault(make, defaultdict(Count))
    for key in FIELDS:
        if (there := wanted[key]) is None:
            continue
        for count in (figures.fields[key], counts[key]):
            count.add(there, said[key])
        values = [value for value, _ in said[key]]
        missing = [value for value in there if value not in values]
        more = [f"{value}{'!' * sure}" for value, sure in said[key] if value not in there]
        if missing or more:
            figures.misses.append(f"{name} {key}: not found {missing}, beside it {more}")


def _wanted(truth: dict[str, Any]) -> dict[str, list[str] | None]:
    positions = truth["positions"]
    return {
        "name": [data.plain(truth["name"])],
        "emails": [truth["email"].lower()] if truth["email"] else [],
        "phones": [truth["phone"]] if truth["phone"] else [],
        "links": [contact.link_key(link) for link in truth["links"]],
        "place": [data.plain(truth["city"])] if truth["city"] else [],
        "languages": truth["spoken"],
        "skills": sorted({skills.compared(skills.canonical(skill)) for skill in truth["skills"]}),
        "jobs": [data.plain(each["what"]) for each in positions],
        "employers": [data.plain(each["where"]) for each in positions],
        "days": [_days(each["start"], each["end"]) for each in positions],
        "positions": [_whole(each["what"], each["where"], each["start"], each["end"]) for each in positions],
        "schools": [data.plain(each["where"]) for each in truth["education"]],
    }


def _days(start: str, end: str) -> str:
    return f"{start}/{'' if end == 'present' else end}"


def _whole(what: str, where: str, start: str, end: str) -> str:
    return f"{data.plain(what)} | {data.plain(where)} | {_days(start, end)}"


def _said(facts: Facts) -> dict[str, list[tuple[str, bool]]]:
    def ones(*given: Fact | None) -> list[tuple[str, bool]]:
        return [(data.plain(each.value), each.confidence is Confidence.SURE) for each in given if each]

    def stays(given: Iterable[Stay], key: str) -> list[tuple[str, bool]]:
        return [
            (data.plain(getattr(each, key)), each.confidence is Confidence.SURE)
            for each in given
            if getattr(each, key)
        ]

    def sure(fact: Fact | Stay) -> bool:
        return fact.confidence is Confidence.SURE

    positions = facts.positions
    return {
        "name": ones(facts.name),
        "emails": [(each.value.lower(), sure(each)) for each in facts.emails],
        "phones": [(each.more, sure(each)) for each in facts.phones],
        "links": [(contact.link_key(each.value), sure(each)) for each in facts.links],
        "place": ones(facts.place),
        "languages": [(each.value, sure(each)) for each in facts.languages],
        "skills": [(skills.compared(each.value), sure(each)) for each in facts.skills],
        "jobs": stays(positions, "what"),
        "employers": stays(positions, "where"),
        "days": [(_days(each.start, each.end), sure(each)) for each in positions],
        "positions": [
            (_whole(each.what, each.where, each.start, each.end), sure(each)) for each in positions
        ],
        "schools": stays(facts.education, "where"),
    }
