import xml.etree.ElementTree as ET
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage

from ats.common.staticfiles import FILES, SPRITE, PackageFinder, Storage, icon_names, sprite


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


def test_the_packages_survive_hashing_and_lose_their_source_maps(tmp_path: Path) -> None:
    plain = StaticFilesStorage(location=tmp_path, base_url="/static/")
    for name, storage in PackageFinder().list(None):
        with storage.open(name) as file:
            plain.save(name, file)
    hashed = Storage(location=tmp_path, base_url="/static/")

    done = list(hashed.post_process({name: (plain, name) for name in (*FILES, SPRITE)}))

    assert [result for _, _, result in done if isinstance(result, Exception)] == []
    for name in FILES:
        assert "sourceMappingURL" not in (tmp_path / hashed.stored_name(name)).read_text()
