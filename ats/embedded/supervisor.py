"""Runs several programs as one: each one's output under its name, restarts, and an orderly end.

One thread, one loop: `select` wakes for output, for a child that ended and for a signal.
"""

import contextlib
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from ats.embedded import service as programs
from ats.embedded.service import Refusal, Service

LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0  # who ran this long starts again at once
SAME_WISH_SECONDS = 0.5
LONGEST_LINE = 16_000
LOOK_SECONDS = 5.0  # between two looks at whether a program still serves
COLOURS = (36, 32, 33, 35, 34, 96, 92, 95)


class StopAsked(Exception):
    """A person or the machine asked everything to stop."""


@dataclass
class Child:
    service: Service
    process: subprocess.Popen[bytes]
    started: float
    restarts: int = 0
    start_again_at: float | None = None
    looked: float = 0.0
    served: float | None = None  # when it was last seen to serve, once it had begun to
    ends_by: float | None = None  # it serves nobody and was told to stop: by then it is ended
    pending: bytes = b""
    lines: list[str] = field(default_factory=list)  # the last ones, to say why it did not start


class Supervisor:
    """`start` each service in order, then `run` until somebody asks to stop, then `stop_all`."""

    def __init__(self, record: Path) -> None:
        self.record = record
        self.children: list[Child] = []
        self.asked = 0
        self._selector = selectors.DefaultSelector()
        self._names: list[str] = ["accord"]
        self._asked_at = -SAME_WISH_SECONDS

    @contextlib.contextmanager
    def signals(self) -> Iterator[None]:
        """Take the signals that end or concern us for as long as this lasts."""
        reader, writer = socket.socketpair()
        reader.setblocking(False)
        writer.setblocking(False)
        handlers: dict[signal.Signals, object] = {}
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            handlers[name] = signal.signal(name, self._ask)
        handlers[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        before = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        self._selector.register(reader, selectors.EVENT_READ, None)
        try:
            yield
        finally:
            signal.set_wakeup_fd(before)
            for name, handler in handlers.items():
                signal.signal(name, handler)  # type: ignore[arg-type]
            self._selector.unregister(reader)
            reader.close()
            writer.close()

    def _ask(self, number: int, frame: FrameType | None) -> None:
        """One wish to stop often comes twice, from the terminal and from `make`."""
        now = time.monotonic()
        if now - self._asked_at > SAME_WISH_SECONDS:
            self.asked += 1
        self._asked_at = now

    def say(self, text: str) -> None:
        self._print("accord", text)

    def start(self, service: Service) -> None:
        """Start it and wait until it answers; its reason for not doing so becomes the refusal."""
        child = self._spawn(service)
        self.children.append(child)
        try:
            programs.wait_until_ready(service, child.process, lambda: self._turn(programs.POLL_SECONDS))
        except Refusal as refusal:
            self._drain(child)
            raise Refusal(f"{refusal} {_reason(child)}".strip()) from None

    def finish(self, service: Service) -> None:
        """Run a program that does its work and ends; refuse to go on when it failed."""
        child = self._spawn(service)
        self.children.append(child)
        while child.process.poll() is None:
            self._turn(0.2)
        self._drain(child)
        self._close(child)
        self.children.remove(child)
        if child.process.returncode:
            raise Refusal(f"{service.name} failed: {_reason(child)}")

    def run(self) -> None:
        """Keep every child alive until a signal asks to stop."""
        with contextlib.suppress(StopAsked):
            while True:
                self._turn(self._next_pause())
                for child in tuple(self.children):
                    self._look_after(child)

    def stop_all(self) -> None:
        """Last started, first stopped, so that nobody loses a server they still need.

        A second Ctrl-C hurries: who has not gone yet is ended at once.
        """
        for child in reversed(self.children):
            hurried = False
            if child.process.poll() is None:
                child.process.send_signal(child.service.stop_signal)
            deadline = time.monotonic() + child.service.stop_seconds
            while child.process.poll() is None and time.monotonic() < deadline:
                if self.asked > 1 and not hurried:
                    hurried = True
                    child.process.send_signal(child.service.hurry_signal)
                    deadline = min(deadline, time.monotonic() + 3)
                with contextlib.suppress(StopAsked):
                    self._turn(0.1)
            programs.kill_group(child.process)
            child.process.wait()
            self._drain(child)
            self._close(child)
        self.children.clear()

    def _spawn(self, service: Service) -> Child:
        process = programs.spawn(service, subprocess.PIPE, self.record)
        assert process.stdout is not None
        os.set_blocking(process.stdout.fileno(), False)
        child = Child(service, process, time.monotonic())
        self._selector.register(process.stdout, selectors.EVENT_READ, child)
        if service.name not in self._names:
            self._names.append(service.name)
        return child

    def _close(self, child: Child) -> None:
        stdout = child.process.stdout
        assert stdout is not None
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(stdout)
        stdout.close()

    def _turn(self, seconds: float) -> None:
        """Wait for something to happen and pass on what was said."""
        for key, _ in self._selector.select(seconds):
            if key.data is None:
                with contextlib.suppress(BlockingIOError):
                    key.fileobj.recv(4096)  # type: ignore[union-attr]
            else:
                self._read(key.data)
        if self.asked:
            raise StopAsked

    def _read(self, child: Child) -> bool:
        """Pass on what the child has said; False when there is nothing (more)."""
        stdout = child.process.stdout
        assert stdout is not None
        try:
            data = os.read(stdout.fileno(), 65_536)
        except BlockingIOError:
            return False
        if not data:  # its end of the pipe is closed: nothing more will come
            with contextlib.suppress(KeyError):
                self._selector.unregister(stdout)
            return False
        *lines, child.pending = (child.pending + data).split(b"\n")
        if len(child.pending) > LONGEST_LINE:
            lines.append(child.pending)
            child.pending = b""
        for line in lines:
            self._hear(child, line)
        return True

    def _drain(self, child: Child) -> None:
        while self._read(child):
            pass
        if child.pending:
            self._hear(child, child.pending)
            child.pending = b""

    def _hear(self, child: Child, line: bytes) -> None:
        text = line.decode(errors="replace").rstrip()
        child.lines = [*child.lines[-20:], text]
        if not (child.service.hush and child.service.hush in text):
            self._print(child.service.name, text)

    def _print(self, name: str, text: str) -> None:
        width = max(map(len, self._names))
        label = f"{name:<{width}} |"
        if sys.stdout.isatty() and "NO_COLOR" not in os.environ:
            colour = COLOURS[self._names.index(name) % len(COLOURS)] if name in self._names else 0
            label = f"\033[{colour}m{label}\033[0m"
        try:
            print(label, text, flush=True)
        except (BrokenPipeError, ValueError):  # nobody reads us any more
            self.asked = self.asked or 1
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123

    def _next_pause(self) -> float:
        waiting = [child.start_again_at for child in self.children if child.start_again_at is not None]
        return max(0.0, min([1.0, *(at - time.monotonic() for at in waiting)]))

    def _look_after(self, child: Child) -> None:
        """Start a child again that ended, after a pause that grows while it keeps failing."""
        if child.process.poll() is None:
            self._look_at(child)
            return
        now = time.monotonic()
        if child.start_again_at is None:
            self._drain(child)
            programs.kill_group(child.process)
            child.restarts = 0 if now - child.started > STEADY_SECONDS else child.restarts + 1
            pause = min(LONGEST_PAUSE, 2.0 ** max(0, child.restarts - 1)) if child.restarts else 0.0
            child.start_again_at = now + pause
            ended = _how(child.process.returncode)
            self.say(f"{child.service.name} ended ({ended}); starting it again in {pause:.0f} s")
        elif now >= child.start_again_at:
            self._close(child)
            fresh = self._spawn(child.service)
            fresh.restarts = child.restarts
            self.children[self.children.index(child)] = fresh

    def _look_at(self, child: Child) -> None:
        """Stop a child that lives and serves nobody; its end is then looked after as any other."""
        now, service = time.monotonic(), child.service
        if child.ends_by is not None:
            if now > child.ends_by:
                programs.kill_group(child.process)
            return
        if service.alive is None or now - child.looked < LOOK_SECONDS:
            return
        child.looked = now
        if service.alive():
            child.served = now
            return
        since = child.served if child.served is not None else child.started + service.ready_seconds
        if now - since > service.alive_seconds:
            self.say(f"{service.name} lives but serves nobody; stopping it, to start it again")
            child.process.send_signal(service.stop_signal)
            child.ends_by = now + service.stop_seconds


def _reason(child: Child) -> str:
    """The last thing it said, which is mostly why it ended."""
    return next((line for line in reversed(child.lines) if line), "")


def _how(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"code {code}"
