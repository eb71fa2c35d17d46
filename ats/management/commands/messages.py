"""`manage.py messages`: brings every catalog up to date with the texts that are marked, and compiles it."""

import re
from typing import Any

from django.core.management.base import BaseCommand

from ats.management import texts

HEAD = """Project-Id-Version: Accord
Report-Msgid-Bugs-To: 
POT-Creation-Date: 2026-11-30 00:00+0000
Language: de
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: 8bit
Plural-Forms: nplurals=2; plural=(n != 1);
"""  # noqa: W291 (as GNU gettext writes it)


class Command(BaseCommand):
    help = "Looks for new and gone texts, writes them into the catalogs, and compiles these."
    requires_system_checks: Any = ()

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = texts.wanted()
        known: dict[str, dict[texts.Key, list[str]]] = {}
        heads: dict[tuple[str, str], str] = {}
        for catalog in wanted:
            for language in texts.languages_of(catalog):
                path = texts.path_of(catalog, language)
                head, there = texts.read(path) if path.exists() else (HEAD, {})
                heads[catalog, language] = head
                for key, forms in there.items():
                    if any(forms):
                        known.setdefault(language, {}).setdefault(key, forms)
        for (catalog, language), head in heads.items():
            missing = self._write(catalog, language, head, wanted[catalog], known.get(language, {}))
            if missing:
                self.stdout.write(
                    f"{texts.path_of(catalog, language)}: {missing} texts without a translation"
                )

    def _write(
        self,
        catalog: str,
        language: str,
        head: str,
        wanted: dict[texts.Key, texts.Wanted],
        known: dict[texts.Key, list[str]],
    ) -> int:
        """Both files; how many texts are not translated yet. Words known from another catalog are taken over."""
        number = re.search(r"nplurals=(\d)", head)
        several = int(number[1]) if number else 2
        said = {}
        for key, entry in wanted.items():
            size = several if entry.plural else 1
            forms = known.get(key, [])
            said[key] = forms if len(forms) == size else [""] * size
        path = texts.path_of(catalog, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts.written(head, wanted, said))
        path.with_suffix(".mo").write_bytes(texts.compiled(head, wanted, said))
        return sum(not all(forms) for forms in said.values())
