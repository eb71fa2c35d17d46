"""Papers by rendercv, in each of its themes."""

import re
from typing import Any

from benchmarks.resumes.life import WORDS
from benchmarks.resumes.told import Told

NETWORKS = {"linkedin.com/in/": "LinkedIn", "github.com/": "GitHub"}
ICONS = re.compile(r'#import "@preview/fontawesome:[^"]*": [^\n]*')
ICON = '#let fa-icon(name, ..rest) = text("\\u{f0e0}")'


def themes() -> list[str]:
    """All that the installed version brings."""
    from rendercv.data.models.design import available_themes

    return sorted(available_themes)


def made(told: Told, theme: str) -> dict[str, Any]:
    """What rendercv is told."""
    life, words = told.life, told.words
    said: dict[str, Any] = {
        "name": life.name,
        "location": told.place,
        "email": life.email,
        "phone": life.phone,
        "sections": {
            words["summary"]: [life.about],
            words["experience"]: [
                {
                    "company": stay.where,
                    "position": stay.what,
                    "location": stay.place,
                    "start_date": stay.start,
                    "end_date": stay.end,
                    **({"highlights": stay.did} if stay.did else {}),
                }
                for stay in life.positions
            ],
            words["education"]: [
                {
                    "institution": stay.where,
                    "degree": stay.what if len(stay.what) < 6 else None,
                    "area": stay.area if len(stay.what) < 6 else told.learnt(stay),
                    "start_date": stay.start,
                    "end_date": stay.end,
                }
                for stay in life.education
            ],
            words["skills"]: [{"label": "Tools", "details": ", ".join(life.skills)}],
            words["languages"]: [{"bullet": line} for line in told.spoken],
        },
    }
    networks = []
    for link in life.links:
        start = next((start for start in NETWORKS if link.startswith(start)), None)
        if start is None:
            said["website"] = f"https://{link}"
        else:
            networks.append({"network": NETWORKS[start], "username": link.removeprefix(start)})
    if networks:
        said["social_networks"] = networks
    return {"cv": said, "design": {"theme": theme}, "locale": _locale(told)}


def _locale(told: Told) -> dict[str, Any]:
    names = WORDS[told.life.language]
    return {
        "language": told.life.language,
        "phone_number_format": told.chance.choice(["national", "international", "E164"]),
        "present": told.words["present"],
        "abbreviations_for_months": names["months"],
        "full_names_of_months": names["whole"],
        "date_template": told.chance.choice(
            ["MONTH_ABBREVIATION YEAR", "FULL_MONTH_NAME YEAR", "MONTH_IN_TWO_DIGITS/YEAR"]
        ),
    }  # fmt: skip


def pdf(told: Told, theme: str) -> bytes:
    """Set by Typst; the package with its icons, which would be fetched, gives way to their code points."""
    import rendercv_fonts
    import typst
    from rendercv.api import create_contents_of_a_typst_file_from_a_python_dictionary

    source = create_contents_of_a_typst_file_from_a_python_dictionary(made(told, theme))
    if not isinstance(source, str):
        raise ValueError(source)
    pdf = typst.compile(
        ICONS.sub(lambda _: ICON, source).encode(),
        format="pdf",
        font_paths=list(rendercv_fonts.paths_to_font_folders),
    )
    assert isinstance(pdf, bytes)  # one file was asked for
    return pdf
