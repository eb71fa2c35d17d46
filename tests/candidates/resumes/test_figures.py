"""The commands, and how well made-up people's papers are read that nobody tuned the reader on."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from benchmarks.resumes import life, office
from benchmarks.resumes.told import Told

SEED, PEOPLE = 9_900_000, 4


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    for seed in range(SEED, SEED + PEOPLE):
        person = life.make(seed)
        office.docx(Told(person, f"{seed}-docx"), folder / f"{seed}.docx")
        (folder / f"{seed}.txt").write_text(office.text(Told(person, f"{seed}-text")), "utf-8")
        for ending in ("docx", "txt"):
            truth = json.dumps(person.truth(), ensure_ascii=False)
            (folder / f"{seed}.{ending}.truth.json").write_text(truth, "utf-8")
    return folder


def said(*arguments: Any, **options: Any) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_the_last_line_are_the_figures(papers: Path) -> None:
    figures = json.loads(said("resume_figures", "--truth", str(papers)).splitlines()[-1])
    assert (figures["files"], figures["unread"]) == (2 * PEOPLE, 0)
    fields = figures["fields"]
    for name in ("name", "emails", "phones"):
        assert (fields[name]["precision"], fields[name]["recall"]) == (1.0, 1.0), name
    assert fields["skills"]["recall"] >= 0.85
    assert fields["jobs"]["f1"] >= 0.8


def test_a_file_is_read_in_words_and_as_json(papers: Path) -> None:
    path = papers / f"{SEED}.txt"
    truth = json.loads((papers / f"{SEED}.txt.truth.json").read_text("utf-8"))
    read = json.loads(said("read_resume", str(path), "--json"))
    assert (read["file"], read["name"]["value"]) == (str(path), truth["name"])
    assert [each["value"].lower() for each in read["emails"]] == [truth["email"].lower()]
    assert truth["name"] in said("read_resume", str(path))


def test_what_cannot_be_read_is_said_and_holds_up_no_other(papers: Path, tmp_path: Path) -> None:
    odd = tmp_path / "paper.xyz"
    odd.write_text("x")
    out = StringIO()
    with pytest.raises(CommandError, match="2 of 3 could not be read"):
        call_command("read_resume", str(odd), "no-such-file.pdf", str(papers / f"{SEED}.txt"), stdout=out)
    assert "@" in out.getvalue()
