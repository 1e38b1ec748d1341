"""What window and drawing process say to each other (рамки): octets behind their length, nothing else.

To the process: how the file is drawn, the file, then page and width as often as wanted. From it: how many pages there
are, then for each question width, height and pixels. A process that cannot go on ends; that is its answer.
"""

import struct
from typing import IO, NamedTuple

_LENGTH = struct.Struct(">I")
QUESTION = struct.Struct(">II")
"""Page (0 is the first) and width in pixels."""
PAGES = struct.Struct(">I")
SIZE = struct.Struct(">II")
"""Width and height of what was drawn; three octets a pixel follow, red, green and blue, row by row."""

MOST_PAGES = 9_999
WIDEST = 2_400
MOST_PIXELS = 16_000_000
"""A sheet of the widest picture, half as long again."""
LONGEST = SIZE.size + 3 * MOST_PIXELS


class Broken(Exception):
    """The other side is gone, or says what nobody agreed on."""


class Picture(NamedTuple):
    """A page as pixels: RGB, three octets each, row by row."""

    width: int
    height: int
    pixels: bytes


def send(stream: IO[bytes], content: bytes) -> None:
    """Send octets behind their length."""
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def receive(stream: IO[bytes], most: int) -> bytes:
    """Return the next octets, at most so many.

    Raises:
        Broken: there are none, less than promised, or more than may come.

    """
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > most:
        raise Broken
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], count: int) -> bytes:
    content = stream.read(count)
    if len(content) != count:
        raise Broken
    return content


def packed(picture: Picture) -> bytes:
    """Return a picture as it is sent."""
    return SIZE.pack(picture.width, picture.height) + picture.pixels


def unpacked(content: bytes) -> Picture:
    """Return the picture that was sent.

    Raises:
        Broken: its octets are not as many as its size says.

    """
    if len(content) < SIZE.size:
        raise Broken
    width, height = SIZE.unpack_from(content)
    if not 0 < width <= WIDEST or width * height * 3 != len(content) - SIZE.size or not height:
        raise Broken
    return Picture(width, height, content[SIZE.size :])
