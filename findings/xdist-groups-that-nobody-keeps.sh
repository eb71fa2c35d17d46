#!/usr/bin/env bash
# Tests of servers that must not run side by side do: that no applicant is lost in a restart is tried on one house.
#
# The guess from memory: `pytest -n 2 --dist loadgroup` sends all tests with the same `xdist_group` to one process.
# Seen: with pytest 9.2 pytest-xdist 3.8 spreads them over both, without a word. It writes the group behind a test's
# address into `Item._nodeid`, which pytest reads no more; what a module's fixture builds once is built in each process.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check pytest==9.2.0 pytest-xdist==3.8.0

cat > "$work/test_house.py" <<'PYTHON'
import time

import pytest

pytestmark = pytest.mark.xdist_group("house")


@pytest.mark.parametrize("number", range(8))
def test_one(number: int) -> None:
    time.sleep(0.1)
PYTHON

said=$("$work/venv/bin/pytest" -p no:cacheprovider --rootdir="$work" -v -n 2 --dist loadgroup "$work/test_house.py")
echo "$said" | grep -o '^\[gw[0-9]\]' | sort | uniq -c
if [ "$(echo "$said" | grep -o '^\[gw[0-9]\]' | sort -u | wc -l)" = 2 ]; then
    echo "as seen"
else
    echo "the behaviour has changed: tests/sharing.py can go"
    exit 1
fi
