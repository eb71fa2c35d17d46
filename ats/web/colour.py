"""An organisation's colour made readable: whatever was picked, text on it and in it keeps its contrast."""

import re
from functools import lru_cache

HEX = re.compile(r"#?([0-9a-fA-F]{6})\Z")
ACCORD = "#3350c8"
LIGHT_SURFACE, DARK_SURFACE = (255, 255, 255), (26, 27, 31)
RGB = tuple[int, int, int]


def parse(value: str) -> RGB:
    """The colour's three parts; Accord's own colour where `value` is none."""
    found = HEX.match(value or "") or HEX.match(ACCORD)
    digits = found[1] if found else ""
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _luminance(colour: RGB) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: RGB, other: RGB) -> float:
    """The WCAG contrast ratio, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _towards(colour: RGB, goal: RGB, share: float) -> RGB:
    red, green, blue = (round(c + (g - c) * share) for c, g in zip(colour, goal, strict=True))
    return red, green, blue


def readable(colour: RGB, *, on: RGB, ratio: float = 4.7) -> RGB:
    """The nearest shade of `colour` that can be read on the surface `on`."""
    goal = (0, 0, 0) if _luminance(on) > 0.18 else (255, 255, 255)
    for step in range(21):
        shade = _towards(colour, goal, step / 20)
        if contrast(shade, on) >= ratio:
            return shade
    return goal


def _hex(colour: RGB) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


@lru_cache(1000)
def worn(value: str, *, on: RGB = LIGHT_SURFACE) -> tuple[str, str, str]:
    """The colour as a fill, what is written on that fill, and the colour as text: each readable on `on`."""
    brand = parse(value)
    text = readable(brand, on=on)
    fill = brand if contrast(brand, on) >= 3 else text
    ink = (255, 255, 255) if contrast(fill, (255, 255, 255)) >= 4.5 else (16, 17, 20)
    if contrast(fill, ink) < 4.5:
        fill = readable(fill, on=ink)
    return _hex(fill), _hex(ink), _hex(text)


def brand_css(value: str) -> str:
    """The custom properties by which the candidates' pages wear the colour, in light and dark."""
    light, dark = (
        f"--brand:{fill};--brand-ink:{ink};--brand-text:{text}"
        for fill, ink, text in (worn(value, on=surface) for surface in (LIGHT_SURFACE, DARK_SURFACE))
    )
    return f":root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
