"""What a worker may answer, hostile ones too, as a strategy of hypothesis."""

from __future__ import annotations

from typing import get_args

import torch
from hypothesis import strategies as st

from grader.source_line import SourceLine
from grader.wire.values import Facts, Opaque, Outcome, Raised, RaisedKind, Remote

_numbers = st.sampled_from([0.0, -0.0, 1.5, float("nan"), float("inf"), -float("inf"), 1e308, 5e-324])
_dtypes = st.sampled_from([torch.float64, torch.float32, torch.float16, torch.int64, torch.bool, torch.complex128])
_tensors = st.builds(
    lambda shape, number, dtype: torch.full(shape, number, dtype=torch.complex128).to(torch.complex128).real.to(dtype),
    st.sampled_from([(), (0,), (3,), (3, 1), (1, 3), (4,)]),
    _numbers,
    _dtypes,
)
_leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**4000),
    _numbers,
    st.complex_numbers(),
    st.text(max_size=5),
    st.just("{0} {x} \ud800".encode("utf-8", "replace").decode()),
    _tensors,
    _tensors.map(lambda tensor: tensor.numpy()),
    _tensors.map(lambda tensor: tensor.numpy().reshape(-1)[:1].sum()),
    st.builds(Remote, st.integers(-1, 3), st.text(max_size=5)),
    st.builds(Opaque, st.text(max_size=5)),
)
_keys = st.one_of(st.sampled_from(["mean", "sizes"]), st.text(max_size=3), st.integers(), st.none(), st.booleans())
_values = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(_keys, inner, max_size=3),
        st.fixed_dictionaries({"mean": inner, "sizes": st.tuples(inner, st.lists(inner, max_size=1))}),
    ),
    max_leaves=6,
)
_facts = st.dictionaries(
    st.sampled_from([(), (0,), ("mean",), (9, "x")]),
    st.builds(Facts, st.just((7, -1)), st.text(max_size=4), st.booleans(), st.booleans()),
    max_size=2,
)
_frames = st.lists(st.builds(SourceLine, st.integers(), st.text(max_size=5), st.text(max_size=5)), max_size=2).map(
    tuple
)
_errors = st.builds(Raised, st.sampled_from(get_args(RaisedKind)), st.text(max_size=6), st.text(max_size=6), _frames)
#: Any outcome that a worker can send: values of every kind, facts, gradients, inputs that are none, exceptions.
outcomes = st.builds(
    Outcome,
    value=_values,
    facts=_facts,
    gradients=st.none() | st.lists(_values, max_size=2).map(tuple),
    modified=st.lists(st.integers(-3, 9), max_size=2).map(tuple),
    error=st.none() | _errors,
)
