"""Pictures are read, cut and written without a library, and stay what they were."""

from __future__ import annotations

from zlib import decompressobj

import pytest

from tests.pictures.__main__ import COLOURS
from tests.pictures.pixels import Picture, read, written


@pytest.mark.parametrize("colours", [2, 3, 9, 40])
def test_a_picture_is_the_same_after_it_was_written_and_read(colours: int) -> None:
    rows = [[(n * 5 % 256, 0, 255)] * 3 + [(0, n * 5 % 256, 0)] * 4 for n in range(colours)]
    assert _read_back(Picture(rows)) == rows


def test_more_colours_than_a_picture_may_have_become_the_nearest() -> None:
    rows = [[(0, 0, 0)] * 5 + [(250, 250, 250)] * 3 + [(255, 255, 255)]]
    assert _read_back(Picture(rows), 2) == [[(0, 0, 0)] * 5 + [(250, 250, 250)] * 4]


def _read_back(picture: Picture, most: int = 256) -> list[list[tuple[int, int, int]]]:
    """What a viewer sees: the numbers of a picture with a palette are colours again."""
    data = written(picture, most)
    palette = data[data.index(b"PLTE") + 4 :]
    depth, width = data[24], picture.size[0]
    raw = decompressobj().decompress(data[data.index(b"IDAT") + 4 :])
    stride = 1 + -(-width * depth // 8)
    rows = []
    for start in range(0, len(raw), stride):
        bits = "".join(f"{byte:08b}" for byte in raw[start + 1 : start + stride])
        numbers = [int(bits[n * depth : (n + 1) * depth], 2) for n in range(width)]
        rows.append([(palette[3 * n], palette[3 * n + 1], palette[3 * n + 2]) for n in numbers])
    return rows


def test_only_screenshots_are_read() -> None:
    with pytest.raises(ValueError, match="not a PNG"):
        read(b"GIF89a")
    with pytest.raises(ValueError, match="plain screenshots"):
        read(written(Picture([[(0, 0, 0), (1, 1, 1)]])))


def test_the_empty_rows_at_the_end_are_cut() -> None:
    white, black = [(255, 255, 255)] * 2, [(0, 0, 0)] * 2
    assert Picture([white, black, white, white, white]).trimmed(1).rows == [white, black, white]


def test_the_fewest_colours_are_still_enough_for_grey_letters() -> None:
    assert tuple(sorted(COLOURS, reverse=True)) == COLOURS
    assert COLOURS[-1] >= 16
