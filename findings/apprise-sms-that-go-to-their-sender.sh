#!/usr/bin/env bash
# An SMS to a number that Apprise takes for none goes to the sender's own number and counts as sent, and so does one that
# Vonage refused: a code that was meant for a candidate lands on the company's telephone, and nobody hears of it.
#
# The guess from memory: a target that is no valid number is an error, and a service's answer decides what `send` returns.
# Seen: numbers of fewer than 10 or more than 14 digits are dropped with a line in the log (+298 211234 is a mobile number
# of the Faroe Islands); with none left, Twilio, Vonage and Sinch are told to send to the sender. And only the status of
# HTTP is looked at: Vonage answers 200 to all it understands, and says in the body that it sent nothing.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check apprise==2.3.0 phonenumbers==9.0.43

"$work/venv/bin/python" - <<'PYTHON'
import logging
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import version
from urllib.parse import parse_qs

import phonenumbers
from apprise.plugins.twilio import NotifyTwilio
from apprise.plugins.vonage import NotifyVonage

logging.getLogger("apprise").setLevel(logging.CRITICAL)
FAROES, OWN, KEY = "+298211234", "15005550006", "0123456789abcdef" * 2
asked = []


class Provider(BaseHTTPRequestHandler):
    """Refuses everything, as Vonage says it: with 200, and a status of its own in the body."""

    def do_POST(self):
        said = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        asked.append((said.get("To") or said["to"])[0])
        body = b'{"messages": [{"status": "4", "error-text": "Invalid credentials"}]}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Provider)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/"
NotifyTwilio.notify_sms_url = NotifyVonage.notify_url = url

is_number = phonenumbers.is_valid_number(phonenumbers.parse(FAROES))
by_twilio = NotifyTwilio(f"AC{KEY}", KEY, f"+{OWN}", targets=[FAROES]).send("Your code is 123456.")
by_vonage = NotifyVonage("abcdef12", "abcdefgh12345678", OWN, targets=["+4915123456789"]).send("Your code is 123456.")
print("apprise", version("apprise"))
print("valid number:", FAROES, is_number)
print("to:  ", *asked)
print("said:", by_twilio, by_vonage)
as_seen = is_number and (by_twilio, by_vonage, asked) == (True, True, [f"+{OWN}", "4915123456789"])
print("as seen" if as_seen else "the behaviour has changed")
sys.exit(0 if as_seen else 1)
PYTHON
