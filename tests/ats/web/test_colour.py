import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from ats.web.colour import ACCORD, DARK_SURFACE, LIGHT_SURFACE, brand_css, contrast, parse, readable

colours = st.tuples(*[st.integers(0, 255)] * 3)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((255, 255, 255), (255, 255, 255)) == pytest.approx(1)
    assert contrast((0x76, 0x76, 0x76), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


@given(colour=colours, surface=st.sampled_from([LIGHT_SURFACE, DARK_SURFACE]))
def test_any_colour_becomes_readable(colour: tuple[int, int, int], surface: tuple[int, int, int]) -> None:
    assert contrast(readable(colour, on=surface), surface) >= 4.5


@given(colour=colours)
def test_the_style_sheet_keeps_its_contrast(colour: tuple[int, int, int]) -> None:
    css = brand_css("#{:02x}{:02x}{:02x}".format(*colour))

    for part, surface in zip(css.split("@media"), (LIGHT_SURFACE, DARK_SURFACE), strict=True):
        values = dict(pair.split(":") for pair in part.split("{")[-1].split("}")[0].split(";"))
        assert contrast(parse(values["--brand"]), parse(values["--brand-ink"])) >= 4.5
        assert contrast(parse(values["--brand-text"]), surface) >= 4.5
        assert contrast(parse(values["--brand"]), surface) >= 3


@pytest.mark.parametrize("value", ["", "red", "#12345", "#12345678", "#00000g", "#000000;}", "#000000\n}"])
def test_what_is_no_colour_is_ours(value: str) -> None:
    assert parse(value) == parse(ACCORD)


def test_the_address_of_a_colour(client: Client) -> None:
    response = client.get("/brand/2f5d50.css")

    assert (response.status_code, response["Content-Type"]) == (200, "text/css")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.content.decode() == brand_css("#2f5d50")
    assert client.get("/brand/2F5D50.css").status_code == 404
    assert client.get("/brand/}body{.css").status_code == 404
