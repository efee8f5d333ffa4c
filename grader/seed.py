"""A run's seed."""

from __future__ import annotations

import secrets

#: Run seeds stay below 2^53, so that every JSON reader keeps them exact.
SEED_BITS = 53


def fresh_seed() -> int:
    """A run's seed, from the system's entropy: never from a clock that a worker can read too."""
    return secrets.randbits(SEED_BITS)
