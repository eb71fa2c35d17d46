"""Who is set aside for people to look at: the same for the same rule and person, whenever it is asked."""

import hashlib


def is_in_sample(rule_id: int, application_id: int, share: int) -> bool:
    """`share` of a hundred; nobody can choose, and nothing about the person counts."""
    digest = hashlib.sha256(f"{rule_id}:{application_id}".encode()).digest()
    return int.from_bytes(digest[:4]) % 100 < share
