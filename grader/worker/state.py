"""Process-wide state that a submission may change: put back before every call, and said, never punished."""

from __future__ import annotations

import builtins
import random
import signal
import sys
from typing import Any

import numpy as np
import torch

from grader.calls.cuda import full_precision

# Bound now: a submission may replace them in torch.
_get_dtype, _set_dtype = torch.get_default_dtype, torch.set_default_dtype
_get_grad, _set_grad = torch.is_grad_enabled, torch.set_grad_enabled
_get_threads, _set_threads = torch.get_num_threads, torch.set_num_threads
_get_device, _set_device = torch.get_default_device, torch.set_default_device
_device_context: Any = getattr(torch, "_GLOBAL_DEVICE_CONTEXT", None)
_of_random, _of_numpy = random.getstate, np.random.get_state

#: Whose attributes a submission may have replaced.
_WATCHED: dict[str, Any] = {
    "builtins": builtins,
    "torch": torch,
    "torch.Tensor": torch.Tensor,
    "torch.nn.functional": torch.nn.functional,
    "torch.autograd": torch.autograd,
    "numpy": np,
}
#: Packages whose modules our own code uses in a worker.
_USED = frozenset({"builtins", "grader", "math", "msgspec", "numpy", "torch"})


class GlobalState:
    """What the process looked like before the submission's first line ran."""

    def __init__(self) -> None:
        self.accept_all()
        self._threads = _get_threads()
        self._seeds = self._random_state()
        self._is_seeded = False
        self._device = ""  # the default one's type when `changes` last looked
        self.told: set[str] = set()  # further words for `changes`: "compiler", "command"

    def accept_all(self) -> None:
        """Take all attributes and modules as they are now: libraries that were imported since may have replaced some,
        as PyTorch's compiler replaces torch.manual_seed."""
        self._attributes = {name: dict(vars(owner)) for name, owner in _WATCHED.items()}
        self._modules = {name: module for name, module in sys.modules.items() if name.partition(".")[0] in _USED}

    def accept(self, owner: Any, attribute: str) -> None:
        """Take an attribute of a watched module as it is now: it was replaced on the grader's side."""
        name = next(name for name, watched in _WATCHED.items() if watched is owner)
        self._attributes[name][attribute] = getattr(owner, attribute)

    def seed(self) -> None:
        """Give the global generators a fixed start, so that a run with the same seed repeats exactly.

        Python reseeds `random` after every fork, and NumPy's comes from the system's entropy at import. What was
        seeded before a fork is not seeded again after it.
        """
        random.seed(0)
        if not self._is_seeded:
            np.random.seed(0)
            torch.default_generator.manual_seed(0)
            self._seeds = self._random_state()
            self._is_seeded = True

    def changes(self, *, seeds: bool = True) -> list[str]:
        """What differs now, as words the trusted side knows: "dtype", "grad_mode", "threads", "device", "seed",
        and those that were `told`.

        seeds: look at the global generators too, which takes longer than a small call.
        """
        found = sorted(self.told)
        self.told.clear()
        if _get_dtype() is not torch.float32:
            found.append("dtype")
        if not _get_grad():
            found.append("grad_mode")
        if _get_threads() != self._threads:
            found.append("threads")
        self._device = _device_type()
        if self._device not in ("cpu", ""):
            found.append("device")
        if seeds and (state := self._random_state()) != self._seeds:
            found.append("seed")
            self._seeds = state
        return found

    def restore(self) -> None:
        """Put the settings back that `changes` has just looked at. Patched libraries stay patched: they are the
        submission's own process."""
        _set_dtype(torch.float32)
        _set_grad(True)
        if self._device != "cpu":
            _restore_device()
        full_precision()
        if _get_threads() != self._threads:
            _set_threads(self._threads)

    def _random_state(self) -> tuple[int, int, int]:
        torch_state = hash(torch.default_generator.get_state().numpy().tobytes())
        return torch_state, hash(_of_random()), hash(_numpy_state())

    def patched(self) -> list[str]:
        """Attributes of the watched modules that were replaced, as "patched:torch.sigmoid"; at most twenty.

        Looks at thousands of attributes, so it is asked once per load, not per call.
        """
        found = [
            f"patched:{name}.{attribute}"
            for name, owner in _WATCHED.items()
            for attribute, value in self._attributes[name].items()
            if vars(owner).get(attribute, value) is not value
        ]
        return found[:20]

    def tampered(self) -> bool:
        """Whether the submission changed what our own code runs in: what then fails there is the submission's doing."""
        return _interrupted() or self._replaced_modules() or self._replaced_attributes()

    def _replaced_modules(self) -> bool:
        return any(sys.modules.get(name) is not module for name, module in self._modules.items())

    def _replaced_attributes(self) -> bool:
        for name, owner in _WATCHED.items():
            attributes = self._attributes[name]
            if any(vars(owner).get(attribute) is not value for attribute, value in attributes.items()):
                return True
            # What a class inherits is replaced by an attribute of its own.
            if isinstance(owner, type) and not vars(owner).keys() <= attributes.keys():
                return True
        return False


def _interrupted() -> bool:
    """Whether the submission handles signals or traces what runs: a worker begins without either."""
    handlers = {signal.getsignal(number) for number in signal.valid_signals()} - {signal.default_int_handler}
    return sys.gettrace() is not None or sys.getprofile() is not None or any(map(callable, handlers))


def _device_type() -> str:
    """The default device's type. Empty where PyTorch can't say: before 2.10 it fails after set_default_device(None)."""
    try:
        return _get_device().type
    except AttributeError:
        return ""


def _restore_device() -> None:
    """No default device, and in such a way that a submission can ask for it, whichever version this is."""
    _set_device(None)
    if not _device_type():
        vars(_device_context).pop("device_context", None)


def _numpy_state() -> bytes:
    """The state of NumPy's global generator, of whatever kind it is by now."""
    state: Any = _of_numpy(legacy=False)
    parts = state["state"].values()
    return b" ".join(part.tobytes() if isinstance(part, np.ndarray) else str(part).encode() for part in parts)


#: Taken in the zygote, when this module is imported there, so that no worker pays for it.
PRISTINE = GlobalState()
