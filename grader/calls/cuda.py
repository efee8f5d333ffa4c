"""What a GPU needs that a CPU doesn't: full precision, and a bound on memory that no rlimit gives."""

from __future__ import annotations

import torch


def full_precision() -> None:
    """A float32 product is computed in float32 on a GPU too: no TensorFloat-32, which rounds the factors to 10 bits
    ("CUDA semantics" in PyTorch's notes). Touches no GPU."""
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False


def bound_memory(memory_mb: int) -> None:
    """Have PyTorch's allocator raise OutOfMemoryError beyond so many MiB; makes the process' context on the GPU.

    It holds for tensors: a process that speaks to the driver itself is stopped by its deadline alone.
    """
    total = torch.cuda.get_device_properties(0).total_memory
    torch.cuda.set_per_process_memory_fraction(min(1.0, (memory_mb << 20) / total), 0)
