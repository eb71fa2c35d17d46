"""Words of a PDF whose place on the page shows nothing: white on white, tiny, of a hidden layer, beside the page.

The page is drawn and looked at, so that white words on a dark ground, and those that a scanner put beneath the picture
of the same words, count as seen. Runs in the shut-in process only (`child.py`).
"""

from collections.abc import Iterator
from math import ceil, floor
from pathlib import Path
from typing import Any

from candidates.documents.reading.unseen import TINY_POINTS

MOST_PAGES, MOST_OBJECTS = 20, 5_000
LONGEST_SIDE = 1_500
CONTRAST = 10
"""Of 255 shades: less is nothing to the eye."""
AROUND = 3
Box = tuple[float, float, float, float]


def find(path: Path) -> list[str]:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(path)
    found = []
    for index in range(min(len(document), MOST_PAGES)):
        words = " ".join(_of(document[index]))
        found.append(words)
    return found


def _of(page: Any) -> Iterator[str]:
    import pypdfium2.raw as pdfium_c

    words, picture = page.get_textpage(), None
    for count, each in enumerate(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], textpage=words)):
        if count > MOST_OBJECTS:
            return
        box = _box(each)
        if picture is None:
            width, height = page.get_size()
            scale = min(1.0, LONGEST_SIDE / max(width, height))
            picture = page.render(scale=scale, grayscale=True).to_pil()
        if _is_tiny(box) or not _shows(picture, _on_picture(page, picture, box)):
            yield each.extract()


def _box(each: Any) -> Box:
    """Where it stands on the page, also as a part of a part."""
    box: Box = each.get_bounds()
    holder = each.container
    while holder is not None:
        box = holder.get_matrix().on_rect(*box)
        holder = holder.container
    return box


def _is_tiny(box: Box) -> bool:
    left, bottom, right, top = box
    return min(right - left, top - bottom) < TINY_POINTS / 2 or top - bottom < TINY_POINTS


def _on_picture(page: Any, picture: Any, box: Box) -> Box:
    """Left, top, right, bottom in pixels, however the page is turned."""
    import ctypes

    import pypdfium2.raw as pdfium_c

    points = []
    for x, y in (box[:2], box[2:]):
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDF_PageToDevice(page, 0, 0, picture.width, picture.height, 0, x, y, across, down)
        points.append((across.value, down.value))
    (first, second) = points
    return (
        min(first[0], second[0]),
        min(first[1], second[1]),
        max(first[0], second[0]),
        max(first[1], second[1]),
    )


def _shows(picture: Any, box: Box) -> bool:
    """Whether there is anything to see in this place: contrast, or a shade that the ground around it has not."""
    left, top, right, bottom = floor(box[0]), floor(box[1]), ceil(box[2]), ceil(box[3])
    inside = max(left, 0), max(top, 0), min(right + 1, picture.width), min(bottom + 1, picture.height)
    if inside[0] >= inside[2] or inside[1] >= inside[3]:
        return False  # beside the page
    low, high = picture.crop(inside).getextrema()
    if high - low >= CONTRAST:
        return True
    ground = picture.crop((inside[0] - AROUND, inside[1] - AROUND, inside[2] + AROUND, inside[3] + AROUND))
    shades = ground.histogram()
    return abs(shades.index(max(shades)) - low) >= CONTRAST
