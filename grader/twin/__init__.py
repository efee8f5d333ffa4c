"""A second device on a machine that has none.

A twin is a tensor in CPU memory that says it is on `DEVICE`. It computes as the CPU does, values and autograd alike;
what it does not do is mix with tensors on the CPU. So code that makes a tensor on the CPU where its inputs are
elsewhere fails here as it would fail on a GPU, and all other code passes. Out of reach are what torch.func and
torch.vmap give: to them a twin is an ordinary tensor.
"""

from __future__ import annotations

from grader.twin.tensor import DEVICE, Twin, is_twin, on_twin_device, put_on_twin

__all__ = ["DEVICE", "Twin", "is_twin", "on_twin_device", "put_on_twin"]
