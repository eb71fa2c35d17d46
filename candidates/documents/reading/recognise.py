"""The process that recognises the words on the picture of one page, by Tesseract, which is loaded and not run.

`python -m candidates.documents.reading.recognise FOLDER PAGE LANGUAGES DATA` draws that page of the PDF FOLDER/file,
and leaves FOLDER/text and FOLDER/result.json. DATA is the folder of what Tesseract has learned, a file a language.
"""

import os
import sys
from pathlib import Path
from typing import Any

from ats.sandbox.child import answer, leave

DPI = 300
LONGEST_SIDE = 4_000
"""Of the drawn page: A4 has 3,508 at this resolution, a photograph as large as a poster gets less."""
PAPER = 16
"""Dots of a side that are taken together where the paper between the letters is looked for."""
SURE = 70
"""Of 100. Words score 80 and more, however bad the scan; what is no words, or stands on its head, less than 70."""
CPU_SECONDS = 60


def main(folder: Path, number: int, languages: str, data: str) -> None:
    os.environ["OMP_THREAD_LIMIT"] = "1"  # read when the library is loaded; more threads would only wait here
    # These need their libraries, so before they are shut out.
    import PIL.ImageChops
    import PIL.ImageFilter
    import PIL.PngImagePlugin  # noqa: F401 - how a picture is handed over
    import pypdfium2  # noqa: F401
    import tesserocr

    from candidates.documents.reading import hyphens

    def work() -> dict[str, Any]:
        turns = (Path(data) / "osd.traineddata").exists()
        mode = tesserocr.PSM.AUTO_OSD if turns else tesserocr.PSM.AUTO
        image, dpi = _drawn(folder / "file", number)
        with tesserocr.PyTessBaseAPI(path=data, lang=languages, psm=mode) as tesseract:
            tesseract.SetImage(image)
            tesseract.SetSourceResolution(dpi)
            words = tesseract.GetUTF8Text()
            sure = tesseract.MeanTextConf()
        leave(folder, "text", hyphens.mended(words) if sure >= SURE else "")
        return {"sure": sure}

    answer(folder, work, cpu_seconds=CPU_SECONDS)


def _drawn(path: Path, number: int) -> tuple[Any, int]:
    """The page in shades of grey, its filled fields too, and with how many dots to an inch."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(path)
    if document.get_formtype() != pdfium.raw.FORMTYPE_NONE:
        document.init_forms()
    page = document[number - 1]
    scale = min(DPI / 72, LONGEST_SIDE / max(page.get_size()))
    image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    return _evenly_lit(image), max(70, round(scale * 72))


def _evenly_lit(image: Any) -> Any:
    """The same page under one light: in the shade of a photograph Tesseract sees nothing but black."""
    from PIL import Image, ImageChops, ImageFilter

    small = [max(1, side // PAPER) for side in image.size]
    paper = image.resize(small, Image.Resampling.BOX).filter(ImageFilter.MaxFilter(7))
    paper = paper.filter(ImageFilter.GaussianBlur(5)).resize(image.size, Image.Resampling.BILINEAR)
    return ImageChops.invert(ImageChops.subtract(paper, image))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4])
    os._exit(0)  # nothing that a parser left behind may run any more
