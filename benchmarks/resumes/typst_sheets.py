"""Papers set by Typst: hyphenated and justified, in grids and in two columns."""

import json

from benchmarks.resumes.life import Stay
from benchmarks.resumes.told import Told

HEAD = """#set page(paper: "a4", margin: 18mm)
#set text(size: 10pt, lang: "{lang}", hyphenate: true)
#set par(justify: true)
#show heading.where(level: 2): it => block(above: 14pt, below: 6pt, text(12pt, weight: "bold", it.body))
"""


def _s(text: str) -> str:
    """As a string of Typst."""
    return f"#{json.dumps(text, ensure_ascii=False)}"


def _bullets(lines: list[str]) -> str:
    return "".join(f"- {_s(line)}\n" for line in lines)


def grid(told: Told) -> str:
    """Dates in a column of their own, on the left."""
    life, words = told.life, told.words
    made = f"#align(center)[#text(20pt)[{_s(life.name)}]\n\n{_s(life.headline)}\n\n"
    made += " #h(6pt) ".join(_s(value) for _, value in told.contact) + "]\n"

    def entry(stay: Stay, what: str) -> str:
        return (
            f"#grid(columns: (34mm, 1fr), gutter: 6pt, [{_s(told.span(stay))}], [*{_s(what)}* \\\n"
            f"_{_s(stay.where)}_\n\n{_bullets(stay.did)}])\n"
        )

    made += f"== {_s(words['summary'])}\n{_s(life.about)}\n"
    made += f"== {_s(words['experience'])}\n" + "".join(entry(stay, stay.what) for stay in life.positions)
    made += f"== {_s(words['education'])}\n" + "".join(
        entry(stay, told.learnt(stay)) for stay in life.education
    )
    made += f"== {_s(words['languages'])}\n{_bullets(told.spoken)}"
    return made + f"== {_s(words['skills'])}\n{_s(', '.join(life.skills))}\n"


def lines(told: Told) -> str:
    """Title, then employer with the dates behind a bar."""
    life, words = told.life, told.words
    made = f'#text(22pt, weight: "bold")[{_s(life.name)}]\n\n'
    made += "".join(f"{_s(f'{key}: {value}' if key else value)}\\\n" for key, value in told.contact)

    def entry(stay: Stay, what: str) -> str:
        where = " | ".join(filter(None, [stay.where, stay.place, told.span(stay)]))
        return f"*{_s(what)}* \\\n{_s(where)}\n\n{_bullets(stay.did)}\n"

    made += f"\n== {_s(words['skills'])}\n" + _bullets(life.skills)
    made += f"== {_s(words['experience'])}\n" + "".join(entry(stay, stay.what) for stay in life.positions)
    made += f"== {_s(words['education'])}\n" + "".join(
        entry(stay, told.learnt(stay)) for stay in life.education
    )
    return made + f"== {_s(words['languages'])}\n{_s(', '.join(told.spoken))}\n"


def columns(told: Told) -> str:
    """Two columns: the narrow one on the right."""
    life, words = told.life, told.words
    side = f"== {_s(words['contact'])}\n" + "".join(f"{_s(value)}\n\n" for _, value in told.contact)
    side += f"== {_s(words['skills'])}\n{_bullets(life.skills)}"
    side += f"== {_s(words['languages'])}\n{_bullets(told.spoken)}"

    def entry(stay: Stay, what: str) -> str:
        return f"*{_s(what)}*, {_s(stay.where)} \\\n_{_s(told.span(stay))}_\n{_bullets(stay.did)}\n"

    main = f"== {_s(words['experience'])}\n" + "".join(entry(stay, stay.what) for stay in life.positions)
    main += f"== {_s(words['education'])}\n" + "".join(
        entry(stay, told.learnt(stay)) for stay in life.education
    )
    head = f"#text(20pt)[{_s(life.name)}]\n\n{_s(life.headline)}\n\n"
    return f"{head}#grid(columns: (1fr, 52mm), gutter: 10mm, [{main}], [{side}])\n"


SHEETS = {"grid": grid, "lines": lines, "columns": columns}


def pdf(name: str, told: Told) -> bytes:
    import typst

    source = HEAD.format(lang=told.life.language) + SHEETS[name](told)
    made = typst.compile(source.encode(), format="pdf")
    assert isinstance(made, bytes)  # one file was asked for
    return made
