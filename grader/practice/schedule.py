"""When a function comes again: FSRS, of what the learner did with its sheets so far."""

from __future__ import annotations

import time
from collections.abc import Iterable

from grader.practice.memory import Sheet

#: FSRS's ratings.
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
#: So many lines beyond the fewest are still good.
_SPARE_LINES = 2


def now() -> int:
    """Seconds since 1970: the one clock of practice."""
    return int(time.time())


def rating_of(checks: int, changed: int, fewest: int) -> int:
    """How well a sheet was fixed. checks: those in which it was not fixed yet; changed: lines; fewest: that suffice."""
    if checks or changed > fewest + _SPARE_LINES:
        return HARD
    return EASY if changed <= fewest else GOOD


def due_after(earlier: Iterable[Sheet], rating: int, at: int) -> int:
    """When a card comes again after this rating at this time. earlier: its sheets that ended, in their order."""
    from datetime import UTC, datetime

    from fsrs import Card, Rating, Scheduler

    # Whole days: who has just fixed a bug of a function need not see another one in ten minutes. No fuzz: the same
    # record comes to the same days.
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = Card(card_id=0)
    for given, moment in [*((sheet.rating, sheet.ended_at) for sheet in earlier), (rating, at)]:
        card, _ = scheduler.review_card(card, Rating(given), datetime.fromtimestamp(moment, UTC))
    return int(card.due.timestamp())
