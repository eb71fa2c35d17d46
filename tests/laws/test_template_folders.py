"""A page's template stands in the folder of the slice that renders it, so that its path can be guessed."""

import re
from pathlib import Path

from django.conf import settings

PACKAGES = ("ats", "requisitions", "candidates", "partners")
NAMED = re.compile(r"""["'](?P<app>ats|requisitions|candidates|partners)/(?P<folder>\w+)/[\w{}/]+\.html""")
SHARED = {
    "candidates/compose": "the letter as it will read, beside every form of a higher floor that writes one",
}
RENDERS_NONE = frozenset({"ats/management/texts.py"})
"""Names templates to tell whose words they hold."""
ROOT = Path(settings.ROOT)


def test_every_folder_of_templates_is_a_slice() -> None:
    folders = {
        f"{package}/{folder.name}"
        for package in PACKAGES
        for folder in (ROOT / "templates" / package).iterdir()
        if any(folder.glob("*.html"))
    }
    assert {folder for folder in folders if not (ROOT / folder).is_dir()} == set()
    assert len(folders) > 25


def test_code_renders_the_templates_of_its_own_slice() -> None:
    strangers = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if path.relative_to(ROOT).as_posix() in RENDERS_NONE:
                continue
            own = "/".join(path.relative_to(ROOT).parts[:2])
            named = {f"{app}/{folder}" for app, folder in NAMED.findall(path.read_text())}
            strangers += [
                (str(path.relative_to(ROOT)), other) for other in sorted(named - {own} - SHARED.keys())
            ]
    assert strangers == []


def test_a_page_with_styles_of_its_own_keeps_those_of_its_frame() -> None:
    """Who fills the block of the frame and forgets what stood in it has a page without its looks."""
    own = re.compile(r"{% block css %}(.*?){% endblock", re.DOTALL)
    said = {str(path.relative_to(ROOT / "templates")): path.read_text() for path in templates()}
    styles = {
        name: set(re.findall(r"css/\w+\.css", "".join(own.findall(text)))) for name, text in said.items()
    }
    bare, frames = [], set()
    for name, text in said.items():
        frame = next(iter(re.findall(r'{% extends "([^"]+)"', text)), "")
        if styles.get(frame):
            frames.add(frame)
            keeps = not own.search(text) or "block.super" in "".join(own.findall(text))
            if not keeps and not styles[frame] <= styles[name]:
                bare.append(name)
    assert bare == []
    assert "ats/settings.html" in frames


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))
