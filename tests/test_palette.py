"""Pictures of the documentation: smaller, and to the eye the same."""

from __future__ import annotations

import base64
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
from palette import paletted

FAR = """async ([one, other]) => {
  const seen = await Promise.all([one, other].map(async (coded) => {
    const picture = new Image();
    picture.src = "data:image/png;base64," + coded;
    await picture.decode();
    const pen = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
    pen.drawImage(picture, 0, 0);
    return [...pen.getImageData(0, 0, picture.width, picture.height).data];
  }));
  const apart = seen[0].map((value, at) => Math.abs(value - seen[1][at]));
  return seen[0].length === seen[1].length ? Math.max(...apart) : -1;
}"""


def far(browser: Any, page: str) -> tuple[int, int, int]:
    """The largest difference of a colour's part between a picture and its palette, and the bytes of both."""
    window = browser.new_page(viewport={"width": 200, "height": 100})
    window.set_content(page)
    plain = window.screenshot()
    small = paletted(window, plain)
    coded = [base64.b64encode(one).decode() for one in (plain, small)]
    found = window.evaluate(FAR, coded)
    window.close()
    return found, len(plain), len(small)


def test_a_picture_of_few_colours_is_the_same(browser: Any) -> None:
    found, plain, small = far(browser, "<body style='background: #fffdf9'><hr style='border: 9px solid #a3231c'>")
    assert found == 0 and small < plain


def test_of_many_colours_each_is_near_its_own(browser: Any) -> None:
    found, _, _ = far(browser, "<body style='background: linear-gradient(90deg, #a3231c, #174a7c, #fbe9a8)'>")
    assert 0 < found <= 32
