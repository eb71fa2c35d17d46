import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.management import call_command

from ats.web.staticfiles import FILES, SPRITE, PackageFinder, Storage, icon_names, sprite


def test_the_finder_serves_its_list_and_nothing_else() -> None:
    finder = PackageFinder()

    assert sorted(name for name, _ in finder.list(None)) == sorted([*FILES, SPRITE])
    assert finder.find("vendor/package.json") == []
    assert finder.find("vendor/../../package.json") == []
    assert [Path(finder.find(name)).is_file() for name in (*FILES, SPRITE)] == [True] * (len(FILES) + 1)
    assert finders.find("vendor/tabler.css") == finder.find("vendor/tabler.css")


def test_each_icon_is_a_symbol_of_the_sprite() -> None:
    symbols = ET.fromstring(sprite()).findall("{http://www.w3.org/2000/svg}symbol")

    assert [symbol.get("id") for symbol in symbols] == [name.replace("/", "-") for name in icon_names()]
    assert all(len(symbol) > 0 for symbol in symbols)
    assert sorted(set(icon_names())) == sorted(icon_names())


def test_modules_import_each_other_by_their_hashed_names(tmp_path: Path) -> None:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "app.js").write_text(
        'import { a } from "./part.js";\na();\n//# sourceMappingURL=no.map\n'
    )
    (tmp_path / "js" / "part.js").write_text("export const a = () => {};\n")
    hashed = Storage(location=tmp_path, base_url="/static/")

    done = list(hashed.post_process({name: (hashed, name) for name in ("js/app.js", "js/part.js")}))

    assert [result for _, _, result in done if isinstance(result, Exception)] == []
    part = Path(hashed.stored_name("js/part.js")).name
    assert (tmp_path / hashed.stored_name("js/app.js")).read_text() == (
        f'import {{ a }} from "./{part}";\na();\n//# sourceMappingURL=no.map\n'
    )


def test_every_static_file_can_be_collected(tmp_path: Path, settings: Any) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "ats.web.staticfiles.Storage"}}

    call_command("collectstatic", interactive=False, verbosity=0)

    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    assert {*FILES, SPRITE} - names.keys() == set()


def test_where_a_file_is_served_is_worked_out_once(settings: Any, tmp_path: Path) -> None:
    settings.DEBUG = False
    storage = Storage(location=tmp_path, base_url="/static/")
    storage.hashed_files = {"css/a.css": "css/a.123.css"}

    assert storage.url("css/a.css") == "/static/css/a.123.css"
    storage.hashed_files = {}
    assert storage.url("css/a.css") == "/static/css/a.123.css"
