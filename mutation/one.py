"""One module in a process of its own, inside its tree: `python -m mutation.one NAME`, started by the command.

Nothing of Accord is imported here. mutmut forks a process that does so once, and from it one for each mutant.
"""

import gc
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import libcst as cst
from mutmut import __main__ as mutmut
from mutmut.configuration import config
from mutmut.mutation import mutators
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.runners.harness import PytestRunner
from mutmut.state import state
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files

from mutation.share import is_taken

WORD = re.compile(r"[\w.:/%-]+")


def code_words_only(node: cst.BaseString) -> Iterable[cst.BaseString]:
    """One other text for a name or a code. Sentences are left alone: a test of them could only repeat them."""
    if isinstance(node, cst.SimpleString) and WORD.fullmatch(str(node.evaluated_value)):
        yield from list(mutators.operator_string(node))[:1]


class QuickestFirst(PytestRunner):
    """Most mutants fall at once, so the quick tests come first."""

    def warm_up(self) -> None:
        super().warm_up()
        gc.collect()
        gc.freeze()  # what was loaded here is not looked through again for each mutant

    def run_tests(self, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        quickest = sorted(tests, key=lambda test: state().duration_by_test.get(test, 0))
        return super().run_tests(mutant_name=mutant_name, tests=quickest)


def survivors() -> Iterator[str]:
    """What no test has noticed, as patches."""
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        for name, code in data.exit_code_by_key.items():
            if is_taken(name) and status_by_exit_code[code] not in {"killed", "timeout"}:
                yield f"# {name}: {status_by_exit_code[code]}\n{get_diff_for_mutant(name, path=path)}\n"


def take_a_share() -> None:
    """Leave the mutants of the other days alone."""
    all_of_them = mutmut.collect_source_file_mutation_data

    def some(**given: Any) -> Any:
        mutants, data = all_of_them(**given)
        return [row for row in mutants if is_taken(row[1])], data

    mutmut.collect_source_file_mutation_data = some


def main(names: list[str]) -> None:
    operators: Any = mutators.mutation_operators
    operators[:] = [
        (kind, code_words_only if operator is mutators.operator_string else operator)
        for kind, operator in operators
    ]
    from mutmut.workers import isolation

    isolation.PytestRunner = QuickestFirst  # type: ignore[misc]
    take_a_share()
    assert config().process_isolation == "forkserver"
    mutmut._run(names, 1)  # noqa: SLF001  (`mutmut run` without its command line)
    Path("survivors.txt").write_text("\n".join(survivors()))


if __name__ == "__main__":
    main(sys.argv[1:])
