"""A mail server that takes everything and keeps nothing, so that what is measured is who hands it over.

The one of `make run` writes each letter into a file, in Python, on the same two cores: it took as much of them as a
worker does. A mail server of a house stands elsewhere. `python -m benchmarks.mailserver` says its port and takes.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

END = b"\r\n.\r\n"
ANSWERS = {
    b"EHLO": b"250-bench\r\n250-SIZE 35000000\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 PIPELINING\r\n",
    b"DATA": b"354 go on\r\n",
    b"QUIT": b"221 2.0.0 bye\r\n",
}
OTHERS = b"250 2.0.0 fine\r\n"


class Taker(asyncio.Protocol):
    def __init__(self) -> None:
        self.waiting, self.in_content = b"", False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(b"220 bench\r\n")

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        answers = b"".join(iter(self._answer, b""))
        if answers:
            self.transport.write(answers)

    def _answer(self) -> bytes:
        """To the next command, or the content, as far as it is here; nothing where it is not."""
        said, end, rest = self.waiting.partition(END if self.in_content else b"\r\n")
        if not end:
            return b""
        self.waiting = rest
        command = b"" if self.in_content else said[:4].upper()
        self.in_content = command == b"DATA"
        return ANSWERS.get(command, OTHERS)


async def take() -> None:
    server = await asyncio.get_running_loop().create_server(Taker, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def taking() -> Iterator[dict[str, str]]:
    """While it takes: what the settings have to know of it."""
    command = [sys.executable, "-m", "benchmarks.mailserver"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).resolve().parent.parent
    )
    try:
        assert process.stdout is not None
        yield {"EMAIL_URL": f"smtp://127.0.0.1:{int(process.stdout.readline())}"}
    finally:
        process.terminate()
        process.wait(20)


if __name__ == "__main__":
    asyncio.run(take())
