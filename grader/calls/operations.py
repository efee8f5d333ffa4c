"""Counts the operations that PyTorch dispatches during a call: one matmul on a batch is one, a loop over it many."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from torch.utils._python_dispatch import TorchDispatchMode

from grader.fault import hands_over


class OperationCount(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """A context manager; `dispatched` is how many there were. Views count, what autograd does backwards does not."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.dispatched = 0

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        # PyTorch would have its compiler step around the next method, and import it at the first call: a second.
        return False

    def __torch_dispatch__(
        self, function: Callable[..., Any], types: Iterable[type], args: Any = (), kwargs: Any = None
    ) -> Any:
        self.dispatched += 1
        return _dispatched(function, args, kwargs or {})


@hands_over
def _dispatched(function: Callable[..., Any], args: Any, kwargs: Any) -> Any:
    return function(*args, **kwargs)
