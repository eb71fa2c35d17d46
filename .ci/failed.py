"""Prints which tests the last run of pytest saw fail; fails itself where none or more than three did."""

import json
import sys
from pathlib import Path

MOST = 3

kept = Path(".pytest_cache/v/cache/lastfailed")
failed = sorted(json.loads(kept.read_text())) if kept.is_file() else []
print(*failed)
sys.exit(not 0 < len(failed) <= MOST)
