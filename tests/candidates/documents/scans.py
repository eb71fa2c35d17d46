"""Documents whose pages are pictures, as scanners and telephones make them."""

import io
from collections.abc import Sequence
from importlib.resources import files

import pypdfium2
from fpdf import FPDF
from PIL import Image, ImageChops, ImageFilter

FONT = str(files("fontpkg_fira_sans") / "files" / "FiraSans-Regular.ttf")
Page = str | Image.Image


def picture(
    *lines: str, dpi: int = 200, turned: int = 0, worn: bool = False, shade: bool = False
) -> Image.Image:
    """A page of these lines as a scanner sees it: `worn` is askew, blurred, noisy and badly compressed.

    With `shade` a telephone sees it, in a light that falls from below.
    """
    page = pypdfium2.PdfDocument(document("\n".join(lines)))[0]
    image = page.render(scale=dpi / 72, grayscale=True).to_pil().rotate(turned, expand=True)
    if shade:
        light = Image.linear_gradient("L").resize(image.size).point(lambda value: 110 + value * 145 // 255)
        image = ImageChops.multiply(image, light)
    if worn:
        image = image.rotate(1.2, fillcolor=250, resample=Image.Resampling.BICUBIC)
        image = image.filter(ImageFilter.GaussianBlur(1.2 * dpi / 300))
        image = Image.blend(image, Image.effect_noise(image.size, 50), 0.15)
        out = io.BytesIO()
        image.save(out, "JPEG", quality=40)
        image = Image.open(out)
    return image


def document(*pages: Page) -> bytes:
    """A PDF of pages with words, and of pages that are pictures."""
    made = FPDF()
    made.add_font("text", "", FONT)
    made.set_font("text", size=10.5)
    for page in pages:
        made.add_page()
        if isinstance(page, str):
            made.multi_cell(0, 6, page)
        else:
            made.image(page, 0, 0, made.w)
    return bytes(made.output())


def distance(wanted: Sequence[str], found: Sequence[str]) -> int:
    """Letters that have to be changed, added or left out to make the one of the other."""
    before = list(range(len(found) + 1))
    for row, letter in enumerate(wanted, start=1):
        now = [row]
        for column, other in enumerate(found, start=1):
            now.append(min(before[column] + 1, now[column - 1] + 1, before[column - 1] + (letter != other)))
        before = now
    return before[-1]
