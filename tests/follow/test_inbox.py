"""What ends a run in progress, and what waits behind it."""

from __future__ import annotations

from grader.follow.inbox import Gone, Inbox, Key, Moved, Resized, Saved


def test_a_page_of_the_same_exercise_ends_no_run() -> None:
    inbox = Inbox()
    inbox.put(Moved("exercise03"))
    assert not inbox.urgent("exercise03") and inbox.urgent("exercise04") and inbox.urgent()
    for event in (Saved(), Gone(), Key("")):
        (other := Inbox()).put(event)
        assert other.urgent("exercise03")


def test_of_several_moves_the_last_one_counts() -> None:
    inbox = Inbox()
    for event in (Moved("exercise03"), Saved(), Moved("exercise04"), Resized(), Moved("exercise03")):
        inbox.put(event)
    assert [inbox.take() for _ in range(3)] == [Saved(), Resized(), Moved("exercise03")]
