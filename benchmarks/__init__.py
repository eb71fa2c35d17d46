import os

PARTNERS = os.environ.get("PARTNERS") == "1"
"""Whether partners are measured, in a company of their own (benchmarks/partners.py)."""
COMPANY = 25_000
"""How many candidates that company has."""
