"""The code of a place, for whatever differs by law."""

from functools import lru_cache

import pycountry


@lru_cache(maxsize=1024)
def code_of(country: str, region: str) -> str:
    """ISO 3166 code of a region as people write it (California, CA or US-CA), else of its country."""
    wanted = region.strip().casefold()
    if not wanted:
        return country
    for part in pycountry.subdivisions.get(country_code=country) or ():
        if wanted in {part.code.casefold(), part.code.split("-", 1)[1].casefold(), part.name.casefold()}:
            return str(part.code)
    return country
