"""What the web server loads before its workers part from it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ASK = """
import sys

import ats.wsgi
from ats import webserver

webserver.when_ready(None)

from django.urls import get_resolver

assert get_resolver()._populated
print([name for name in ("fontTools", "fpdf", "pypdfium2", "uharfbuzz") if name in sys.modules])
"""


def test_every_address_is_loaded_for_all_workers_and_what_draws_letters_with_the_first_of_them() -> None:
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "ats.settings", "DEBUG": "0", "SECRET_KEY": "s" * 50}
    order = [sys.executable, "-c", ASK]
    said = subprocess.run(order, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout.strip()) == (0, "[]"), said.stderr
