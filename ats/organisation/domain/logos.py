"""Logos: read as an image, whatever the file says it is, and written anew."""

import uuid
import warnings
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, UnidentifiedImageError

from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext

MAX_BYTES = 2 * 1024 * 1024
MAX_PIXELS = 25_000_000
BOX = (800, 320)
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


def cleaned(upload: UploadedFile) -> ContentFile:
    """The picture of this file, small, as PNG, without anything else that the file held."""
    if (upload.size or 0) > MAX_BYTES:
        raise Invalid(gettext("The logo may have up to 2 MB."), field="logo")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=FORMATS) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise Invalid(gettext("The logo has too many pixels."), field="logo")
                picture = image.convert("RGBA")
    except Invalid:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning):
        raise Invalid(gettext("This is no PNG, JPEG, WebP or GIF that can be read."), field="logo") from None
    picture.thumbnail(BOX)
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return ContentFile(out.getvalue(), name=f"{uuid.uuid4()}.png")
