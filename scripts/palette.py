"""PNG files with a palette, a third as large: the browser that drew a page finds 256 colours for its picture."""

from __future__ import annotations

import base64
import struct
import zlib

from playwright.sync_api import Page

FIND = """
async (source) => {
  const picture = new Image();
  picture.src = source;
  await picture.decode();
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0);
  const { data } = pen.getImageData(0, 0, picture.width, picture.height);
  const colours = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const colour = data[at] * 65536 + data[at + 1] * 256 + data[at + 2];
    colours.set(colour, (colours.get(colour) || 0) + 1);
  }
  const ranked = [...colours.keys()].sort((one, other) => colours.get(other) - colours.get(one) || one - other);
  const rough = (colour, bits) => [16, 8, 0].reduce((sum, at) => sum * 256 + (((colour >> at) & 255) >> (8 - bits)), 0);
  let bits = 8, palette;
  do {
    palette = new Map();
    for (const colour of ranked) {
      const key = rough(colour, bits);
      if (!palette.has(key)) palette.set(key, [palette.size, colour]);
    }
  } while (palette.size > 256 && --bits);
  let pixels = "";
  for (let at = 0; at < data.length; at += 4) {
    const colour = data[at] * 65536 + data[at + 1] * 256 + data[at + 2];
    pixels += String.fromCharCode(palette.get(rough(colour, bits))[0]);
  }
  return [picture.width, picture.height, [...palette.values()].map(([, colour]) => colour), btoa(pixels)];
}
"""
"""Width, height, colours and the number of each pixel's colour. Like colours share the most frequent of them, so that
paper, ink and lines stay exactly as they are."""


def paletted(window: Page, png: bytes) -> bytes:
    """A picture with at most 256 colours; `window`: any page of a browser."""
    width, height, colours, coded = window.evaluate(FIND, "data:image/png;base64," + base64.b64encode(png).decode())
    pixels = base64.b64decode(coded)
    rows = b"".join(b"\0" + pixels[start : start + width] for start in range(0, len(pixels), width))
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = [(b"IHDR", head), (b"PLTE", b"".join(colour.to_bytes(3, "big") for colour in colours))]
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_part, [*parts, (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]))


def _part(one: tuple[bytes, bytes]) -> bytes:
    kind, data = one
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
