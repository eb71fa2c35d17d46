"""`docs/asvs.md` has every requirement of ASVS 5.0.0, levels 1 and 2, once; its tests are there, its counts right."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

PAGE, SUMMARY = settings.ROOT / "docs" / "asvs.md", settings.ROOT / "docs" / "security.md"
STATES = ("met", "in part", "not met", "not applicable")
READ, NONE = "read", "-"
SECTIONS: dict[int, str] = {
    1: "1: 1-2; 2: 1-9; 3: 1-11; 4: 1-3; 5: 1-2",
    2: "1: 1-3; 2: 1-3; 3: 1-4; 4: 1",
    3: "2: 1-2; 3: 1-4; 4: 1-6; 5: 1-5; 7: 1-2",
    4: "1: 1-3; 2: 1; 3: 1-2; 4: 1-4",
    5: "1: 1; 2: 1-3; 3: 1-2; 4: 1-3",
    6: "1: 1-3; 2: 1-12; 3: 1-4; 4: 1-4; 5: 1-5; 6: 1-3; 8: 1-4",
    7: "1: 1-3; 2: 1-4; 3: 1-2; 4: 1-5; 5: 1-2; 6: 1-2",
    8: "1: 1-2; 2: 1-3; 3: 1; 4: 1",
    9: "1: 1-3; 2: 1-4",
    10: "1: 1-2; 2: 1-2; 3: 1-4; 4: 1-11; 5: 1-5; 6: 1-2; 7: 1-3",
    11: "1: 1-2; 2: 1-3; 3: 1-3; 4: 1-4; 5: 1; 6: 1",
    12: "1: 1-3; 2: 1-2; 3: 1-4",
    13: "1: 1; 2: 1-5; 3: 1-2; 4: 1-5",
    14: "1: 1-2; 2: 1-4; 3: 1-3",
    15: "1: 1-3; 2: 1-3; 3: 1-7",
    16: "1: 1; 2: 1-5; 3: 1-4; 4: 1-3; 5: 1-3",
    17: "1: 1; 2: 1-4; 3: 1-2",
}
"""By chapter: for each section the numbers of its requirements of levels 1 and 2."""


def numbers(chapter: int) -> list[str]:
    found = []
    for section in SECTIONS[chapter].split("; "):
        place, _, wanted = section.partition(": ")
        for span in wanted.split(","):
            first, _, last = span.partition("-")
            found += [f"{chapter}.{place}.{number}" for number in range(int(first), int(last or first) + 1)]
    return found


@cache
def rows() -> dict[int, list[list[str]]]:
    """The cells of each row of a chapter's table."""
    found: dict[int, list[list[str]]] = {}
    for chapter in re.split(r"^## V", PAGE.read_text(), flags=re.MULTILINE)[1:]:
        lines = [line for line in chapter.splitlines() if line.startswith("| ")]
        cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[1:]]
        found[int(chapter.split()[0])] = cells
    return found


def test_there_are_253_of_them() -> None:
    assert sum(len(numbers(chapter)) for chapter in SECTIONS) == 253


@pytest.mark.parametrize("chapter", SECTIONS)
def test_each_requirement_stands_there_once(chapter: int) -> None:
    assert sorted(each for row in rows()[chapter] for each in row[0].split(", ")) == sorted(numbers(chapter))


@pytest.mark.parametrize("chapter", SECTIONS)
def test_each_row_is_whole(chapter: int) -> None:
    for row in rows()[chapter]:
        assert (len(row), row[1] in STATES, row[2] != "") == (4, True, True), row
        needs_a_test = row[1] in STATES[:2]
        assert (row[3] != NONE) == needs_a_test, row


@cache
def functions(path: Path) -> frozenset[str]:
    return frozenset(
        each.name for each in ast.walk(ast.parse(path.read_text())) if isinstance(each, ast.FunctionDef)
    )


@pytest.mark.parametrize("chapter", SECTIONS)
def test_each_test_is_there(chapter: int) -> None:
    for row in rows()[chapter]:
        for named in row[3].split(", ") if row[3] not in (READ, NONE) else ():
            path, _, function = named.strip("`").partition("::")
            assert (settings.ROOT / path).is_file(), named
            assert not function or function in functions(settings.ROOT / path), named


def test_the_summary_counts_them() -> None:
    said = {
        line.split(" | ")[0].removeprefix("| ").split()[0]: [
            int(each) for each in line.strip("|").split(" | ")[1:]
        ]
        for line in SUMMARY.read_text().splitlines()
        if re.match(r"\| (V\d+ |all )", line)
    }
    counted = {}
    for chapter, cells in rows().items():
        many = Counter(dict.fromkeys(STATES, 0))
        for row in cells:
            many[row[1]] += len(row[0].split(", "))
        counted[f"V{chapter}"] = [many[state] for state in STATES]
    counted["all"] = [sum(column) for column in zip(*counted.values(), strict=True)]
    assert said == counted


def test_what_they_point_to_is_there() -> None:
    heads = re.findall(r"^## (.+)$", SUMMARY.read_text(), re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
    assert set(re.findall(r"security\.md#([\w-]+)", PAGE.read_text())) - anchors == set()
