"""Seeds: what a check's inputs depend on, and what they do not."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from grader.checks.seeds import Sample, check_seed
from grader.seed import SEED_BITS, fresh_seed


def sample(seed: int = 0) -> Sample:
    return Sample(seed, torch.device("cpu"))


def test_check_seed_is_the_hmac_of_exercise_and_check_under_the_runs_seed() -> None:
    digest = hmac.new(b"123", b"exercise03/sigmoid", hashlib.sha256).digest()
    assert check_seed(123, "exercise03", "sigmoid") == int.from_bytes(digest[:8], "big") // 2


@given(st.integers(0, 2**SEED_BITS - 1), st.integers(0, 2**SEED_BITS - 1))
def test_another_run_exercise_or_check_has_another_seed(a: int, b: int) -> None:
    here = check_seed(a, "exercise03", "tanh")
    assert 0 <= here < 2**63
    assert len({here, check_seed(a, "exercise03", "tanh_grad"), check_seed(a, "exercise04", "tanh")}) == 3
    assert (here == check_seed(b, "exercise03", "tanh")) == (a == b)


def test_fresh_seeds_differ_and_survive_every_json_reader() -> None:
    seeds = {fresh_seed() for _ in range(100)}
    assert len(seeds) == 100
    assert all(0 <= seed == int(float(seed)) for seed in seeds)
    assert max(seeds).bit_length() > SEED_BITS - 8


def _draws(sample: Sample) -> list[Any]:
    return [
        sample(2, 3, low=-1, high=1).tolist(),
        sample.normal(4).tolist(),
        sample.integers(5, low=0, high=9).tolist(),
        sample.integer(0, 100),
        sample.number(-2, 2),
        sample.permutation(6).tolist(),
        sample.choice("abcdef"),
        sample.like(torch.empty(3, dtype=torch.float32)).tolist(),
    ]


def test_one_seed_gives_the_same_draws_whatever_else_is_random() -> None:
    first = _draws(sample(7))
    torch.manual_seed(0)
    torch.rand(3)
    assert _draws(sample(7)) == first
    assert _draws(sample(8)) != first


def test_draws_leave_the_global_generator_alone() -> None:
    before = torch.random.get_rng_state()
    _draws(sample())
    assert torch.equal(torch.random.get_rng_state(), before)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.float16, torch.bfloat16])
def test_inputs_are_the_same_numbers_in_every_dtype(dtype: torch.dtype) -> None:
    drawn = sample(1)(100, low=-6, high=6, dtype=dtype)
    assert drawn.dtype == dtype
    assert torch.equal(drawn, sample(1)(100, low=-6, high=6).to(dtype))


def test_inputs_do_not_depend_on_the_device() -> None:
    elsewhere = Sample(1, torch.device("meta"))
    assert elsewhere(3).device.type == "meta"
    here = sample(1)
    here(3)
    # The generator is the CPU's, so the next draw agrees too.
    assert torch.equal(torch.rand(3, generator=elsewhere.generator), torch.rand(3, generator=here.generator))


def test_ranges() -> None:
    drawn = sample()
    values = drawn(10_000, low=-2, high=3)
    assert values.min() >= -2 and values.max() < 3 and values.std() == pytest.approx(5 / 12**0.5, rel=0.05)
    whole = drawn.integers(1000, low=-1, high=2)
    assert whole.dtype == torch.int64 and set(whole.tolist()) == {-1, 0, 1}
    normal = drawn.normal(10_000, mean=3, std=2)
    assert float(normal.mean()) == pytest.approx(3, abs=0.1) and float(normal.std()) == pytest.approx(2, rel=0.05)
    assert sorted(drawn.permutation(7).tolist()) == list(range(7))
    assert drawn().shape == () and drawn(0, 3).shape == (0, 3)
