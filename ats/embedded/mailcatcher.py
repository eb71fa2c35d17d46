"""A mail server that keeps every message as a file and sends none on.

`python -m ats.embedded.mailcatcher HOST PORT FOLDER`
"""

import asyncio
import signal
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from ats.eml import keep

MAX_BYTES = 35_000_000


class Keeper:
    """Writes each message to FOLDER as `<time>-<recipient>.eml`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Take commands in groups (RFC 2920), as mail servers do: each line is read and answered in order."""
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
        keep(self.folder, content, sender=str(envelope.mail_from), to=envelope.rcpt_tos)
        return "250 2.0.0 kept"


async def serve(host: str, port: int, folder: Path) -> None:
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopped.set)
    keeper = Keeper(folder)
    server = await loop.create_server(
        lambda: SMTP(keeper, data_size_limit=MAX_BYTES, enable_SMTPUTF8=True, ident="Accord mail catcher"),
        host,
        port,
    )
    await stopped.wait()
    server.close()


if __name__ == "__main__":
    folder = Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(serve(sys.argv[1], int(sys.argv[2]), folder))
