"""A run's seed, and each student's in a run."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata

#: Run seeds stay below 2^53, so that every JSON reader keeps them exact.
SEED_BITS = 53


def fresh_seed() -> int:
    """A run's seed, from the system's entropy: never from a clock that a worker can read too."""
    return secrets.randbits(SEED_BITS)


def students_seed(seed: int, student: str) -> int:
    """The seed of one student in a run that gives each their own: the same in every run with this `seed`.

    student: the id, however its accents are composed, since file systems differ in that.
    """
    name = unicodedata.normalize("NFC", student).encode("utf-8", "surrogatepass")
    digest = hmac.digest(b"student %d" % seed, name, hashlib.sha256)
    return int.from_bytes(digest[:8], "big") >> (64 - SEED_BITS)
