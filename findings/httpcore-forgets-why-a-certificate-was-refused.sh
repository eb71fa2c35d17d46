#!/bin/bash
# Whoever subscribes to an interviewer's calendar is to read why it is not read: httpcore's pool hands a refused
# certificate on without its cause, as any server that cannot be reached, and httpx on top of it does too; only
# the words of the error, or the stream's own start_tls, still tell the two apart.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check httpcore==1.0.9 httpx==0.28.1 cryptography==46.0.3
cat >"$work/try.py" <<'PY'
import datetime, socket, ssl, sys, threading

import httpcore, httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization as form
from cryptography.hazmat.primitives.asymmetric import ec

name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "calendar.example")])
key = ec.generate_private_key(ec.SECP256R1())
own = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
own = own.not_valid_before(datetime.datetime(2020, 1, 1)).not_valid_after(datetime.datetime(2090, 1, 1))
path = sys.argv[1]
with open(path, "wb") as file:
    file.write(key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()))
    file.write(own.sign(key, hashes.SHA256()).public_bytes(form.Encoding.PEM))
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(path)
listening = socket.create_server(("127.0.0.1", 0))
url = f"https://127.0.0.1:{listening.getsockname()[1]}/ada.ics"


def serve():
    while True:
        connection, _ = listening.accept()
        try:
            context.wrap_socket(connection, server_side=True)
        except OSError:
            connection.close()


threading.Thread(target=serve, daemon=True).start()


def causes(error):
    while error is not None:
        yield type(error).__module__.partition(".")[0] + "." + type(error).__name__
        error = error.__cause__


def seen(ask, errors):
    try:
        ask()
    except errors as error:
        return list(causes(error))


class Telling(httpcore.SyncBackend):
    def connect_tcp(self, *args, **options):
        stream = super().connect_tcp(*args, **options)
        try:
            return stream.start_tls(ssl.create_default_context(), "calendar.example")
        except httpcore.ConnectError as error:
            told.append(list(causes(error)))
            raise


told = []
pool = httpcore.ConnectionPool(ssl_context=ssl.create_default_context())
telling = httpcore.ConnectionPool(network_backend=Telling())
found = {
    "httpcore's pool": seen(lambda: pool.request("GET", url), httpcore.ConnectError),
    "httpx": seen(lambda: httpx.get(url), httpx.ConnectError),
    "a closed port ": seen(lambda: pool.request("GET", "https://127.0.0.1:1/"), httpcore.ConnectError),
}
seen(lambda: telling.request("GET", url), httpcore.ConnectError)
found["start_tls itself"] = told[0]
print("httpcore", httpcore.__version__, "· httpx", httpx.__version__)
for who, chain in found.items():
    print(f"{who}: {' <- '.join(chain)}")
sys.exit(
    list(found.values())
    != [
        ["httpcore.ConnectError"],
        ["httpx.ConnectError", "httpcore.ConnectError"],
        ["httpcore.ConnectError"],
        ["httpcore.ConnectError", "ssl.SSLCertVerificationError"],
    ]
)
PY
"$work/venv/bin/python" "$work/try.py" "$work/own.pem"
