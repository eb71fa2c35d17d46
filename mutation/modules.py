"""What is mutated, and which folder of tests has to notice it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Module:
    """Files (paths or patterns) and the tests that answer for them; `tables` are constants that hold rules."""

    files: tuple[str, ...]
    tests: str
    without: tuple[str, ...] = ()
    """Tests of something else that take long."""
    tables: tuple[str, ...] = ()
    """Evaluated anew at each use while mutants are tested, so that their rows are mutated like code."""


MODULES = {
    "working_time": Module(("ats/organisation/domain/working_time.py",), "tests/ats/organisation"),
    "slots": Module(
        tuple(f"candidates/scheduling/domain/{name}.py" for name in ("slots", "week", "person")),
        "tests/candidates/scheduling",
    ),
    "measuring": Module(
        ("partners/commitments/domain/*.py",),
        "tests/partners/commitments",
        # That measuring in parts gives the same as measuring at once, whatever that is.
        without=("tests/partners/commitments/test_histories.py",),
    ),
    "policy": Module(("candidates/promises/policy.py",), "tests/candidates/promises", tables=("RULES",)),
    "engine": Module(("candidates/promises/engine.py",), "tests/candidates/promises"),
    "promises": Module(
        tuple(
            f"candidates/promises/{name}.py"
            for name in ("actions", "deadlines", "effects", "listeners", "outcomes")
        ),
        "tests/candidates/promises",
    ),
    "offers": Module(
        (
            "candidates/offers/actions/*.py",
            "candidates/offers/domain/*.py",
            *(f"candidates/offers/{name}.py" for name in ("listeners", "rules", "tasks", "workflow")),
        ),
        "tests/candidates/offers",
    ),
}
