"""Our verdict on numbers is that of `torch.testing.assert_close`, which we can't afford to call."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader.checks.closeness import DEFAULTS, EXACT, Tolerance, close, tight_tolerance, tolerance_for
from grader.checks.mismatch import Rules, find

FLOATS = [torch.float64, torch.float32, torch.float16, torch.bfloat16]
COMPLEX = [torch.complex128, torch.complex64]
WHOLE = [torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64]
SHAPES = [(), (0,), (1,), (3,), (0, 2), (2, 3), (1, 3), (3, 1), (2, 1, 2)]
SPECIAL = [0.0, -0.0, 1.0, -1.0, math.nan, math.inf, -math.inf, 5e-324, 1e-40, 1e-7, 1e30, 1e308, 65504.0]
NEARLY = [0.0, 1e-9, 9e-8, 1.1e-7, 1e-6, 1.2e-6, 1.4e-6, 9e-4, 1.1e-3, 1.5e-2, 1.7e-2]


def verdict(got: torch.Tensor, expected: torch.Tensor) -> bool:
    return find(expected, got, Rules(lambda known: tolerance_for(known.dtype))) is None


def torch_verdict(got: torch.Tensor, expected: torch.Tensor) -> bool:
    try:
        torch.testing.assert_close(got, expected, equal_nan=True, check_stride=False)
    except AssertionError:
        return False
    return True


@st.composite
def pairs(draw: st.DrawFn) -> tuple[torch.Tensor, torch.Tensor]:
    """Two tensors: often of one shape and dtype, and often nearly equal, as right and nearly right answers are."""
    dtype = draw(st.sampled_from(FLOATS + COMPLEX + WHOLE))
    shape = draw(st.sampled_from(SHAPES))
    other_dtype = draw(st.sampled_from([dtype] * 6 + FLOATS + WHOLE[:2]))
    other_shape = draw(st.sampled_from([shape] * 6 + SHAPES))
    expected = [draw(st.sampled_from(SPECIAL) | st.floats(-3, 3)) for _ in range(math.prod(shape))]
    got = [value * (1 + draw(st.sampled_from(NEARLY))) for value in expected]
    if shape != other_shape or draw(st.integers(0, 3)) == 0:
        got = [draw(st.sampled_from(SPECIAL) | st.floats(-3, 3)) for _ in range(math.prod(other_shape))]
    return tensor_of(got, other_shape, other_dtype), tensor_of(expected, shape, dtype)


def tensor_of(values: list[float], shape: tuple[int, ...], dtype: torch.dtype) -> torch.Tensor:
    block = torch.tensor(values, dtype=torch.float64).reshape(shape)
    if dtype in WHOLE:
        return block.nan_to_num(0, 1, 0).clamp(0, 100).to(dtype)
    return (
        torch.complex(block, block.flip(-1) if block.ndim else block).to(dtype) if dtype.is_complex else block.to(dtype)
    )


@settings(max_examples=400, deadline=None)
@given(pairs())
@example((torch.tensor(math.nan), torch.tensor(math.nan)))
@example((torch.tensor([1.0, math.nan]), torch.tensor([1.0, 2.0])))
@example((torch.tensor([0.0]), torch.tensor([-0.0])))
@example((torch.tensor([math.inf]), torch.tensor([-math.inf])))
def test_verdict_is_that_of_assert_close(pair: tuple[torch.Tensor, torch.Tensor]) -> None:
    got, expected = pair
    assert verdict(got, expected) == torch_verdict(got, expected)


def test_the_table_is_torchs() -> None:
    from torch.testing._comparison import default_tolerances

    for dtype in [*FLOATS, *COMPLEX, torch.complex32, *WHOLE]:
        assert (tolerance_for(dtype).rtol, tolerance_for(dtype).atol) == default_tolerances(dtype)
    assert set(DEFAULTS) == {*FLOATS, *COMPLEX, torch.complex32}


def test_whole_numbers_stay_exact_whatever_the_author_sets() -> None:
    assert tolerance_for(torch.int64, rtol=0.1) == EXACT
    assert tolerance_for(torch.float32, rtol=0.1) == Tolerance(0.1, 1e-5)


def test_neither_shapes_nor_dtypes_are_made_to_fit() -> None:
    for got in (torch.ones(3, 1), torch.ones(1), torch.ones(3).double(), torch.ones(3).int()):
        with pytest.raises(ValueError, match="can't be held against"):
            close(got, torch.ones(3), tolerance_for(torch.float32))


@pytest.mark.filterwarnings("ignore:ComplexHalf support")
@pytest.mark.parametrize("dtype", [torch.uint16, torch.uint32, torch.uint64, torch.complex32, torch.float8_e4m3fn])
def test_rare_dtypes_are_compared_too(dtype: torch.dtype) -> None:
    a, b = torch.tensor([1.0, 2.0]).to(dtype), torch.tensor([1.0, 3.0]).to(dtype)
    assert close(a, b, tolerance_for(dtype)).tolist() == [True, False]


def test_large_integers_are_told_apart() -> None:
    big = torch.tensor([2**62])
    assert not close(big + 1, big, tolerance_for(torch.int64)).any()


def test_tight_is_tighter() -> None:
    values = torch.tensor([1.0, 1000.0], dtype=torch.float64)
    assert tight_tolerance(values).rtol < tolerance_for(torch.float64).rtol
    assert tight_tolerance(torch.tensor([math.nan, math.inf])).atol == 0


def test_comparing_does_not_import_torch_testing() -> None:
    code = (
        "import sys, torch; from grader.checks.judge import judge; from grader.wire.values import Call, Outcome\n"
        "x = torch.randn(9, 3); judge(Call(target='f', args=(x,)), Outcome(value=x), Outcome(value=x * 7))\n"
        "print('sympy' in sys.modules, 'torch.distributed.tensor' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
