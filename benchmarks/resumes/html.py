"""Papers as pages of HTML, printed by Chromium."""

from collections.abc import Callable
from html import escape

from benchmarks.resumes.life import Stay
from benchmarks.resumes.told import Told

STYLE = """<meta charset=utf-8><style>@page{size:A4;margin:16mm}body{font:10.5pt/1.4 %s;margin:0}
h1{font-size:22pt;margin:0}h2{font-size:12pt;margin:14px 0 4px;border-bottom:1px solid #999}
h3{font-size:10.5pt;margin:8px 0 0}
p{margin:2px 0}ul{margin:2px 0;padding-left:16px}.r{float:right;font-weight:normal}.c{text-align:center}
.two{display:grid;grid-template-columns:58mm 1fr;gap:8mm}.spaced{letter-spacing:.25em;text-transform:uppercase}
td{vertical-align:top;padding:2px 8px 6px 0}td:first-child{width:42mm;white-space:nowrap}</style>"""


def _list(lines: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>" if lines else ""


def _h2(text: str, kind: str = "") -> str:
    return f'<h2 class="{kind}">{escape(text)}</h2>'


def plain(told: Told) -> str:
    """One column; title and employer in one line with the dates at its end."""
    life, words = told.life, told.words
    head = f"<div class=c><h1>{escape(life.name)}</h1><p>{escape(life.headline)}</p><p>"
    head += " | ".join(escape(value) for _, value in told.contact) + "</p></div>"

    def entry(stay: Stay, what: str) -> str:
        return (
            f"<h3>{escape(what)}, {escape(stay.where)}<span class=r>{escape(told.span(stay))}</span></h3>"
            + _list(stay.did)
        )

    body = _h2(words["summary"]) + f"<p>{escape(life.about)}</p>"
    body += _h2(words["experience"]) + "".join(entry(stay, stay.what) for stay in life.positions)
    body += _h2(words["education"]) + "".join(entry(stay, told.learnt(stay)) for stay in life.education)
    body += _h2(words["skills"]) + f"<p>{escape(', '.join(life.skills))}</p>"
    body += _h2(words["languages"]) + f"<p>{escape(', '.join(told.spoken))}</p>"
    return head + body


def sidebar(told: Told) -> str:
    """Two columns, headings in letters that stand apart."""
    life, words = told.life, told.words
    side = _h2(words["contact"], "spaced") + "".join(f"<p>{escape(value)}</p>" for _, value in told.contact)
    side += _h2(words["skills"], "spaced") + _list(life.skills)
    side += _h2(words["languages"], "spaced") + _list(told.spoken)

    def entry(stay: Stay, what: str) -> str:
        where = ", ".join(filter(None, [stay.where, stay.place]))
        return (
            f"<p>{escape(told.span(stay))}</p><h3>{escape(what)}</h3><p><i>{escape(where)}</i></p>"
            + _list(stay.did)
        )

    main = _h2(words["experience"], "spaced") + "".join(entry(stay, stay.what) for stay in life.positions)
    main += _h2(words["education"], "spaced") + "".join(
        entry(stay, told.learnt(stay)) for stay in life.education
    )
    head = f"<h1>{escape(life.name)}</h1><p>{escape(life.headline)}</p>"
    return f"{head}<div class=two><div>{side}</div><div>{main}</div></div>"


def table(told: Told) -> str:
    """A table with dates on the left, and rows for what a person is called and how they are reached."""
    life, words = told.life, told.words
    rows = [("Name", life.name), *told.contact, (words["born"], "14.03.1988")]
    head = f"<h1>{escape(words['title'])}</h1>{_h2(words['contact'])}<table>"
    head += "".join(f"<tr><td>{escape(key)}<td>{escape(value)}" for key, value in rows) + "</table>"

    def entry(stay: Stay, what: str) -> str:
        where = ", ".join(filter(None, [stay.where, stay.place]))
        return f"<tr><td>{escape(told.span(stay))}<td><b>{escape(what)}</b><br>{escape(where)}" + _list(
            stay.did
        )

    body = _h2(words["experience"]) + "<table>"
    body += "".join(entry(stay, stay.what) for stay in life.positions) + "</table>"
    body += _h2(words["education"]) + "<table>"
    body += "".join(entry(stay, told.learnt(stay)) for stay in life.education) + "</table>"
    body += f"{_h2(words['skills'])}<p>{escape(' · '.join(life.skills))}</p>"
    body += f"{_h2(words['languages'])}<p>{escape(' · '.join(told.spoken))}</p>"
    return head + body + _h2(words["interests"]) + f"<p>{escape(words['hobby'])}</p>"


def employer_first(told: Told) -> str:
    """Employer and place in one line, title and dates below."""
    life, words = told.life, told.words
    head = f"<h1>{escape(life.name)}</h1><p>{' • '.join(escape(value) for _, value in told.contact)}</p>"

    def entry(stay: Stay, what: str) -> str:
        place = f"<span class=r>{escape(stay.place)}</span>" if stay.place else ""
        return (
            f"<h3>{escape(stay.where)}{place}</h3><p>{escape(what)}<span class=r>{escape(told.span(stay))}</span></p>"
            + _list(stay.did)
        )

    body = _h2(words["education"].upper()) + "".join(
        entry(stay, told.learnt(stay)) for stay in life.education
    )
    body += _h2(words["experience"].upper()) + "".join(entry(stay, stay.what) for stay in life.positions)
    body += f"{_h2(words['skills'].upper())}<p>{escape(', '.join(life.skills))}</p>"
    body += _h2(words["languages"].upper()) + "".join(f"<p>{escape(line)}</p>" for line in told.spoken)
    return head + body + _h2(words["references"].upper()) + f"<p>{escape(words['referees'])}</p>"


SHEETS: dict[str, Callable[[Told], str]] = {
    "plain": plain,
    "sidebar": sidebar,
    "table": table,
    "employer": employer_first,
}
FONTS = {"plain": "serif", "sidebar": "sans-serif", "table": "sans-serif", "employer": "serif"}


def page(name: str, told: Told) -> str:
    lang = told.life.language
    return f"<!doctype html><html lang={lang}>{STYLE % FONTS[name]}<body>{SHEETS[name](told)}</body></html>"
