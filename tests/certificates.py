"""Certificates that nobody has signed but themselves, for servers inside the tests."""

import ssl
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


def server_context(folder: Path, name: str, *, until: int = 2090) -> tuple[ssl.SSLContext, str]:
    """A server's side of TLS under a name, and the file of whom to trust (`SSL_CERT_FILE`) to believe it."""
    key = ec.generate_private_key(ec.SECP256R1())
    own = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateBuilder(own, own, key.public_key(), x509.random_serial_number())
    # OpenSSL has the machine's clock, whatever day it is in the test.
    made = made.not_valid_before(datetime(2020, 1, 1)).not_valid_after(datetime(until, 1, 1))  # noqa: DTZ001
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    signed = made.sign(key, SHA256()).public_bytes(Encoding.PEM)
    path, chain = folder / f"{name}.pem", folder / "trusted.pem"
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + signed)
    chain.write_bytes(signed)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context, str(chain)
