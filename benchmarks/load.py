"""The load, as a process of its own: signed events over connections that are kept open, as fast as they are answered.

Bodies are made before the first one is sent. One JSON document comes in on the standard input and one goes out.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import sys
import time
from dataclasses import asdict, dataclass

from benchmarks.office import message, rep

PATH = "/slack/events"
USERS = 500
TEXT = "I'll call Anna Weber about the pricing sheet by 3pm"


@dataclass(frozen=True)
class Order:
    """What to send: `count` events, whose time stamps start at `first`."""

    port: int
    secret: str
    first: int
    count: int
    connections: int = 32


@dataclass(frozen=True)
class Told:
    """What came of it. `busy` is the share of the time that this process had a core."""

    seconds: float
    refused: int
    busy: float
    median_ms: float
    high_ms: float


class Connection(asyncio.Protocol):
    """One connection: the next request goes when the last one is answered."""

    def __init__(self, requests: list[bytes], waits: list[float], ended: asyncio.Future[int]) -> None:
        self.requests, self.waits, self.ended = requests, waits, ended
        self.refused, self.sent, self.buffer = 0, 0.0, b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def next(self) -> None:
        """Send one more, or tell that all are answered."""
        if not self.requests:
            self.ended.set_result(self.refused)
            return
        assert self.transport is not None
        self.sent = time.perf_counter()
        self.transport.write(self.requests.pop())

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, there, body = self.buffer.partition(b"\r\n\r\n")
        if not there or len(body) < _length(head):
            return
        self.buffer = b""
        self.waits.append(time.perf_counter() - self.sent)
        self.refused += b" 200 " not in head.split(b"\r\n", 1)[0]
        self.next()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_exception(exc or ConnectionError("the server hung up"))


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def signed(order: Order, number: int) -> bytes:
    """One request; no two have the same event."""
    ts = f"{order.first + number // 1000}.{number % 1000:06d}"
    body = json.dumps(message(rep(number % USERS), TEXT, ts)).encode()
    moment = str(int(time.time()))
    signature = hmac.new(order.secret.encode(), b"v0:" + moment.encode() + b":" + body, hashlib.sha256).hexdigest()
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1:{order.port}\r\nContent-Type: application/json\r\n"
        f"X-Slack-Request-Timestamp: {moment}\r\nX-Slack-Signature: v0={signature}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def send(order: Order) -> Told:
    """Send all of them; returns when the last is answered."""
    loop, waits = asyncio.get_running_loop(), list[float]()
    connections = []
    requests = [signed(order, number) for number in range(order.count)]
    for place in range(order.connections):
        mine = requests[place :: order.connections]
        one = Connection(mine, waits, loop.create_future())
        await loop.create_connection(lambda one=one: one, "127.0.0.1", order.port)  # type: ignore[misc]
        connections.append(one)
    start, cpu = time.perf_counter(), time.process_time()
    for one in connections:
        one.next()
    refused = sum(await asyncio.gather(*(one.ended for one in connections)))
    seconds = time.perf_counter() - start
    waits.sort()
    middle, high = waits[len(waits) // 2], waits[int(len(waits) * 0.95)]
    return Told(seconds, refused, (time.process_time() - cpu) / seconds, middle * 1000, high * 1000)


async def from_elsewhere(order: Order) -> Told:
    """`send`, in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.load", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate(json.dumps(asdict(order)).encode())
    return Told(**json.loads(output))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(asyncio.run(send(Order(**json.loads(sys.stdin.read())))))))
