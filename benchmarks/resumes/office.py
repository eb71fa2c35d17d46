"""Papers as DOCX and as plain text; by LibreOffice, where there is one, as PDF and ODT too."""

import subprocess
from pathlib import Path

from docx import Document

from benchmarks.resumes.life import Stay
from benchmarks.resumes.told import Told


def docx(told: Told, path: Path) -> None:
    """Headings in their styles; dates behind a tab."""
    life, words = told.life, told.words
    paper = Document()
    paper.add_heading(life.name, 0)
    paper.add_paragraph(life.headline)
    paper.add_paragraph("\n".join(f"{key}: {value}" if key else value for key, value in told.contact))

    def entry(stay: Stay, what: str) -> None:
        paper.add_paragraph(f"{what}\t{told.span(stay)}")
        paper.add_paragraph(", ".join(filter(None, [stay.where, stay.place])))
        for line in stay.did:
            paper.add_paragraph(line, style="List Bullet")

    paper.add_heading(words["experience"], 1)
    for stay in life.positions:
        entry(stay, stay.what)
    paper.add_heading(words["education"], 1)
    for stay in life.education:
        entry(stay, told.learnt(stay))
    _after(paper, told)
    paper.save(str(path))


def docx_table(told: Told, path: Path) -> None:
    """A table with dates on the left."""
    life, words = told.life, told.words
    paper = Document()
    paper.add_heading(words["title"], 0)
    paper.add_heading(words["contact"], 1)
    for key, value in [("Name", life.name), *told.contact]:
        paper.add_paragraph(f"{key}: {value}" if key else value)
    for heading, stays in ((words["experience"], life.positions), (words["education"], life.education)):
        paper.add_heading(heading, 1)
        table = paper.add_table(rows=0, cols=2)
        for stay in stays:
            dates, said = table.add_row().cells
            dates.text = told.span(stay)
            what = told.learnt(stay) if stay.area else stay.what
            said.text = "\n".join([what, ", ".join(filter(None, [stay.where, stay.place])), *stay.did])
    _after(paper, told)
    paper.save(str(path))


def _after(paper: "Document", told: Told) -> None:
    paper.add_heading(told.words["skills"], 1)
    paper.add_paragraph(", ".join(told.life.skills))
    paper.add_heading(told.words["languages"], 1)
    for line in told.spoken:
        paper.add_paragraph(line, style="List Bullet")


def text(told: Told) -> str:
    life, words = told.life, told.words
    lines = [life.name, life.headline, *(f"{key}: {value}" if key else value for key, value in told.contact)]
    lines += ["", words["summary"].upper(), "", life.about]
    for heading, stays in ((words["experience"], life.positions), (words["education"], life.education)):
        lines += ["", heading.upper(), ""]
        for stay in stays:
            what = told.learnt(stay) if stay.area else stay.what
            lines += [
                told.span(stay),
                f"{what} {words['at']} {stay.where}",
                *(f"* {line}" for line in stay.did),
                "",
            ]
    lines += ["", words["skills"].upper(), "", "; ".join(life.skills), "", words["languages"].upper(), ""]
    return "\n".join([*lines, *(f"- {line}" for line in told.spoken), ""])


def converted(program: str, path: Path, kind: str) -> None:
    """By LibreOffice, beside the file."""
    target = path.parent / f"{path.stem}-office"
    target.mkdir(exist_ok=True)
    subprocess.run(
        [program, "--headless", "--convert-to", kind, "--outdir", str(target), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (target / f"{path.stem}.{kind}").rename(path.with_name(f"{path.stem}-office.{kind}"))
    target.rmdir()
