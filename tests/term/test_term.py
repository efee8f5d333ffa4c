from __future__ import annotations
import pytest
from tests.term.play import Term, WAYS

pytestmark = pytest.mark.slow

@pytest.fixture(scope="module")
def term(tmp_path_factory):
    return Term(tmp_path_factory.mktemp("term"))

def test_ways(term):
    import time, os
    for way in WAYS:
        t = time.time()
        rows = term.rows(way)
        print(way, time.time() - t)
        for work in term.works:
            row = rows[work.key]
            print(work.key, work.kind, work.mistake, work.hours, {k: row[k] for k in ("score", "points_before", "penalty", "status", "mistakes","late", "handed_in", "note")})
    assert 0
