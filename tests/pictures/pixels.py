"""PNG pictures, read and written with the standard library: cut to what they show, and small.

Only what a browser's screenshot is made of: 8 bits a channel, with or without opacity, not interlaced.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {2: 3, 6: 4}
"""Bytes a pixel by PNG's colour type."""

Pixel = tuple[int, int, int]


@dataclass(frozen=True)
class Picture:
    """A picture as rows of pixels."""

    rows: Sequence[Sequence[Pixel]]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return len(self.rows[0]), len(self.rows)

    def trimmed(self, margin: int) -> Picture:
        """Without the empty rows at the end, but for `margin` of them. What the last row holds is empty."""
        empty = self.rows[-1]
        last = next((n for n in range(len(self.rows) - 1, -1, -1) if self.rows[n] != empty), 0)
        return Picture(self.rows[: last + 1 + margin])


def read(data: bytes) -> Picture:
    """The picture in a PNG file; ValueError for one of another kind."""
    chunks = list(_chunks(data))
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", dict(chunks)[b"IHDR"])
    if depth != 8 or kind not in CHANNELS or interlaced:
        raise ValueError("only plain screenshots can be read")
    raw, step = zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT")), CHANNELS[kind]
    rows: list[Sequence[Pixel]] = []
    before = bytes(width * step)
    stride = width * step + 1
    for start in range(0, height * stride, stride):
        line = _unfiltered(raw[start], raw[start + 1 : start + stride], before, step)
        rows.append(rows[-1] if rows and line == before else list(zip(line[::step], line[1::step], line[2::step])))  # noqa: B905
        before = line
    return Picture(rows)


def written(picture: Picture, most: int = 256) -> bytes:
    """The picture as a PNG file of at most `most` (2 to 256) colours: the most frequent, and for others the nearest."""
    counted = Counter[Pixel]()
    for row in picture.rows:
        counted.update(row)
    kept = sorted(pixel for pixel, _ in sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:most])
    number = {pixel: n for n, pixel in enumerate(kept)}
    for pixel in counted:
        if pixel not in number:
            number[pixel] = min(range(len(kept)), key=lambda n: _apart(kept[n], pixel))
    depth = next(bits for bits in (1, 2, 4, 8) if len(kept) <= 1 << bits)
    lines = b"".join(b"\0" + _packed([number[pixel] for pixel in row], depth) for row in picture.rows)
    header = struct.pack(">IIBBBBB", *picture.size, depth, 3, 0, 0, 0)
    palette = b"".join(bytes(pixel) for pixel in kept)
    body = zlib.compress(lines, 9)
    return SIGNATURE + b"".join(
        _chunk(name, data) for name, data in ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", body), (b"IEND", b""))
    )


def _apart(one: Pixel, other: Pixel) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _packed(numbers: Sequence[int], depth: int) -> bytes:
    """Palette numbers of `depth` bits each; the last byte is filled with zeros."""
    if depth == 8:
        return bytes(numbers)
    each = 8 // depth
    padded = [*numbers, *[0] * (-len(numbers) % each)]
    shifts = range(8 - depth, -1, -depth)
    return bytes(
        sum(number << shift for number, shift in zip(padded[n : n + each], shifts, strict=True))
        for n in range(0, len(padded), each)
    )


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not data.startswith(SIGNATURE):
        raise ValueError("not a PNG picture")
    place = len(SIGNATURE)
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        yield data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        place += length + 12


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _unfiltered(kind: int, line: bytes, above: bytes, step: int) -> bytes:
    """A row before PNG's filter `kind` was put on it. https://www.w3.org/TR/png-3/#9Filters"""
    if kind == 0:
        return line
    if kind == 1:
        made = bytearray(len(line))
        for channel in range(step):
            made[channel::step] = bytes(value & 255 for value in accumulate(line[channel::step]))
        return bytes(made)
    if kind == 2:
        return bytes((a + b) & 255 for a, b in zip(line, above, strict=True))
    made = bytearray(line)
    for n, value in enumerate(line):
        left, corner = (made[n - step], above[n - step]) if n >= step else (0, 0)
        made[n] = (value + ((left + above[n]) // 2 if kind == 3 else _paeth(left, above[n], corner))) & 255
    return bytes(made)


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    to_left, to_up, to_corner = abs(guess - left), abs(guess - up), abs(guess - corner)
    if to_left <= to_up and to_left <= to_corner:
        return left
    return up if to_up <= to_corner else corner
