"""The twin tensor, the mode under which code meets it, and how values become twins.

Underneath a twin is an ordinary CPU tensor of another Python class, so views, strides, in-place operations and autograd
are PyTorch's own. Only calls are looked at, before and after: which device is asked for, which tensors meet, and on
which device the results belong.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from grader.fault import hands_over, is_fault, meant
from grader.twin.mixing import found_in, refuse_mixing

#: What a twin calls its device. Code that asks for a device of this type gets a twin, as it would get a GPU tensor.
DEVICE = torch.device("cuda", 0)

Function = Callable[..., Any]
Args = tuple[Any, ...]
Kwargs = dict[str, Any]
Rule = Callable[[Function, Args, Kwargs], Any]

#: Makers of new tensors, which go where `device` says and not where a tensor among the arguments is.
_MAKERS = frozenset(
    {
        "arange", "empty", "empty_strided", "eye", "full", "linspace", "logspace", "ones", "rand", "randint", "randn",
        "randperm", "range", "scalar_tensor", "tril_indices", "triu_indices", "zeros", "from_numpy", "frombuffer",
    }
)  # fmt: skip


class _LooksLikeTensor(type(torch.Tensor)):  # type: ignore[misc]
    """A tensor on a GPU is of the class torch.Tensor: `type(x) == torch.Tensor` holds for a twin as well."""

    def __eq__(cls, other: object) -> bool:
        return other is cls or other is torch.Tensor

    def __hash__(cls) -> int:
        return hash(torch.Tensor)


class Twin(torch.Tensor, metaclass=_LooksLikeTensor):
    """A tensor in CPU memory that says it is on `DEVICE`."""

    @classmethod
    def __torch_function__(cls, func: Any, types: Any, args: Args = (), kwargs: Any = None) -> Any:
        return _called(func, args, kwargs or {})

    def __copy__(self) -> torch.Tensor:
        return self.detach().requires_grad_(self.requires_grad)

    def __deepcopy__(self, memo: dict[int, Any]) -> torch.Tensor:
        if not self.is_leaf:
            raise meant(RuntimeError("Only Tensors created explicitly by the user support the deepcopy protocol"))
        copied = self.detach().clone().requires_grad_(self.requires_grad)
        if self.grad is not None:
            copied.grad = self.grad.detach().clone()
        vars(copied).update(copy.deepcopy(vars(self), memo))
        memo[id(self)] = copied
        return copied


def is_twin(value: object) -> bool:
    """Whether a value is a tensor on the twin device."""
    return isinstance(value, Twin)


class _TwinMode(TorchFunctionMode):
    """Looks at the calls that no twin takes part in: torch.ones(3, device=x.device), tensor.to(x.device)."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return _called(func, args, kwargs or {})


@contextmanager
def on_twin_device() -> Iterator[None]:
    """Within it the twin device exists."""
    torch.Generator, torch.load = _Generator, _load  # type: ignore[misc]
    try:
        with _TwinMode():
            yield
    finally:
        torch.Generator, torch.load = _PlainGenerator, _plain_load  # type: ignore[misc]


class _AnyGenerator(type(torch.Generator)):  # type: ignore[misc]
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _PlainGenerator)


_PlainGenerator = torch.Generator


class _Generator(torch.Generator, metaclass=_AnyGenerator):
    """torch.Generator, also for the twin device: there it is one of the CPU, which draws for both."""

    @hands_over
    def __new__(cls, device: Any = "cpu") -> _Generator:
        return super().__new__(cls, "cpu" if _is_there(device) else device)  # type: ignore[call-arg]


_plain_load = torch.load


def _load(f: Any, map_location: Any = None, *args: Any, **kwargs: Any) -> Any:
    """torch.load, also to the twin device."""
    if not _is_there(map_location):
        return _loaded(f, map_location, args, kwargs)
    loaded = _loaded(f, "cpu", args, kwargs)
    for found in found_in(loaded):
        _mark(found.tensor)
    return put_on_twin(loaded) if isinstance(loaded, torch.nn.Module) else loaded


@hands_over
def _loaded(f: Any, map_location: Any, args: Args, kwargs: Kwargs) -> Any:
    return _plain_load(f, map_location, *args, **kwargs)


def put_on_twin(value: Any) -> Any:
    """The value with every CPU tensor in it moved to the twin device: tensors and modules themselves, containers anew.

    A tensor must be nobody else's: it keeps its memory, and whoever else holds it sees a twin too.
    """
    if isinstance(value, torch.Tensor):
        _mark(value)
    elif isinstance(value, torch.nn.Module):
        for tensor in (*value.parameters(), *value.buffers()):
            _mark(tensor)
    elif type(value) in (list, tuple):
        return type(value)(put_on_twin(item) for item in value)
    elif type(value) is dict:
        return {key: put_on_twin(item) for key, item in value.items()}
    return value


# -- places ------------------------------------------------------------------------------------------------------------


def _mark(tensor: torch.Tensor) -> torch.Tensor:
    """The same tensor, from now on a twin. One on a third device, such as meta, stays what it is."""
    kind = type(tensor)
    if kind in (torch.Tensor, torch.nn.Parameter) and tensor.device.type == "cpu":
        tensor.__class__ = Twin
        if kind is torch.nn.Parameter:
            tensor._is_param = True  # by which isinstance(tensor, Parameter) knows it
    return tensor


def _unmark(tensor: torch.Tensor) -> torch.Tensor:
    if is_twin(tensor):
        tensor.__class__ = torch.nn.Parameter if vars(tensor).pop("_is_param", False) else torch.Tensor
    return tensor


def _is_there(device: Any) -> bool:
    """Whether somebody asks for the twin device by this name; a number is that of a GPU."""
    if isinstance(device, (str, torch.device)):
        return str(device).partition(":")[0] == DEVICE.type
    return isinstance(device, int) and not isinstance(device, bool)


def _is_device(value: Any) -> bool:
    return isinstance(value, (str, torch.device, int)) and not isinstance(value, bool)


def _here(kwargs: Kwargs) -> Kwargs:
    """The keywords with the CPU in the place of the twin device."""
    return {**kwargs, "device": "cpu"} if _is_there(kwargs.get("device")) else kwargs


def _placed(source: torch.Tensor, result: Any, there: bool) -> Any:
    """`result` of moving `source`: a copy of it if it changes device, as between real ones, else itself."""
    if is_twin(source) == there:
        return _mark(result) if there else result
    if result is source:
        result = _plain(torch.clone, (source,), {})
    return _mark(result) if there else result


# -- calls -------------------------------------------------------------------------------------------------------------


@hands_over
def _plain(func: Function, args: Args, kwargs: Kwargs) -> Any:
    """The function's own result, as if all were on the CPU; its fresh tensors are ordinary ones."""
    with torch._C.DisableTorchFunctionSubclass():
        return func(*args, **kwargs)


def _called(func: Function, args: Args, kwargs: Kwargs) -> Any:
    name = _name(func)
    rule = _RULES.get(name)
    try:
        return rule(func, args, kwargs) if rule else _ordinary(name, func, args, kwargs)
    except Exception as error:
        if is_fault(error):
            _plain(func, args, _here(kwargs))  # raises by itself where the call is wrong; then that is the reason
        raise


def _name(func: Function) -> str:
    """`add` for torch.add and Tensor.add, `device.__get__` for a tensor's property."""
    name = getattr(func, "__name__", "")
    if name in ("__get__", "__set__", "__delete__"):
        return f"{func.__self__.__name__}.{name}"  # type: ignore[attr-defined]
    return name


def _ordinary(name: str, func: Function, args: Args, kwargs: Kwargs) -> Any:
    """A call whose results are with its tensors, or where it is told to put them."""
    inputs = [found.tensor for found in (*found_in(args), *found_in(kwargs))]
    twins = name not in _MAKERS and any(map(is_twin, inputs))
    if twins:
        refuse_mixing(name, args, kwargs, is_twin, DEVICE)
    device = kwargs.get("device")
    there = _is_there(device) if device is not None else twins
    if device is None and name in _MAKERS and _is_there(torch.get_default_device()):
        there, kwargs = True, {**kwargs, "device": "cpu"}  # within `with torch.device(x.device):`
    result = _plain(func, args, _here(kwargs))
    if there:
        known = {id(tensor) for tensor in inputs}
        for found in found_in(result):
            if id(found.tensor) not in known:
                _mark(found.tensor)
    return result


def _to(func: Function, args: Args, kwargs: Kwargs) -> Any:
    """x.to(device, ...), x.to(dtype, ...), x.to(other, ...)"""
    x, *rest = args
    target = _target(rest, kwargs)
    there = is_twin(x)
    if isinstance(target, torch.Tensor):
        there = is_twin(target)
    elif _is_device(target):
        there = _is_there(target)
        if there and rest and rest[0] is target:
            rest[0] = "cpu"
    return _placed(x, _plain(func, (x, *rest), _here(kwargs)), there)


def _target(args: Sequence[Any], kwargs: Kwargs) -> Any:
    """What `to` is given first, which names a place, or a dtype: by position or by any of its names."""
    named = (kwargs[name] for name in ("device", "tensor", "other") if name in kwargs)
    return next(named, args[0] if args else None)


def _parsed_to(func: Function, args: Args, kwargs: Kwargs) -> Any:
    """How Module.to reads its arguments: (device, dtype, ...). Whoever then calls `to` with the device meets `_to`."""
    target = _target(args, kwargs)
    if not (is_twin(target) or _is_there(target)):
        return _plain(func, args, kwargs)
    # PyTorch can't read a number as a device where it has no GPU, and to it a twin is on the CPU.
    device = target if isinstance(target, (str, torch.device)) else DEVICE
    rest = {name: value for name, value in kwargs.items() if value is not target}
    read = _plain(func, (target if is_twin(target) else "cpu", *(args[1:] if args else ())), rest)
    return (torch.device(device), *read[1:])


def _type(func: Function, args: Args, kwargs: Kwargs) -> Any:
    """x.type(), which says a device too: torch.cuda.FloatTensor; and x.type(such a name, or a dtype)."""
    x, *rest = args
    wanted = kwargs.get("dtype", rest[0] if rest else None)
    if wanted is None:
        name = _plain(func, args, kwargs)
        return name.replace("torch.", f"torch.{DEVICE.type}.", 1) if is_twin(x) else name
    if isinstance(wanted, torch.dtype):
        return _placed(x, _plain(func, args, kwargs), is_twin(x))
    name = wanted if isinstance(wanted, str) else f"{wanted.__module__}.{wanted.__name__}"
    there = name.startswith(f"torch.{DEVICE.type}.")
    others = {key: value for key, value in kwargs.items() if key != "dtype"}
    result = _plain(func, (x, name.replace(f".{DEVICE.type}.", ".", 1), *rest[1:]), others)
    return _placed(x, result, there)


def _pinned(func: Function, args: Args, kwargs: Kwargs) -> Any:
    """x.pin_memory(): a copy, which only the CPU has. Nothing here can be pinned, and nothing has to be."""
    if is_twin(args[0]):
        raise meant(RuntimeError(f"cannot pin '{args[0].type()}' only dense CPU tensors can be pinned"))
    return _plain(torch.clone, args[:1], {})


def _from_data(func: Function, args: Args, kwargs: Kwargs) -> Any:
    """torch.tensor and torch.as_tensor: where `device` says, else where the data is, if that is a tensor."""
    data = args[0] if args else kwargs.get("data", kwargs.get("obj"))
    rest = [None if _is_there(item) else item for item in args[1:]]
    device = next(filter(_is_device, args[1:]), kwargs.get("device"))
    there = is_twin(data) if device is None else _is_there(device)
    if device is None and not isinstance(data, torch.Tensor):
        there = _is_there(torch.get_default_device())
    result = _plain(func, (*args[:1], *rest), {**kwargs, "device": "cpu"} if there and not rest else kwargs)
    if isinstance(data, torch.Tensor):
        return _placed(data, result, there)
    return _mark(result) if there else result


def _numpy(func: Function, args: Args, kwargs: Kwargs) -> Any:
    if is_twin(args[0]) and not kwargs.get("force"):
        text = f"can't convert {DEVICE} device type tensor to numpy. "
        raise meant(TypeError(text + "Use Tensor.cpu() to copy the tensor to host memory first."))
    return _plain(func, args, kwargs)


def _set_data(func: Function, args: Args, kwargs: Kwargs) -> None:
    """x.data = y: x goes where y is. So Module.to moves its parameters."""
    tensor, data = args
    _plain(func, args, kwargs)
    (_mark if is_twin(data) else _unmark)(tensor)


def _broadcast(func: Function, args: Args, kwargs: Kwargs) -> Any:
    """Each stays where it is."""
    sources = [found.tensor for found in found_in(args)]
    results = _plain(func, args, kwargs)
    return tuple(_mark(result) if is_twin(source) else result for source, result in zip(sources, results, strict=True))


def _reduced(func: Function, args: Args, kwargs: Kwargs) -> Any:
    """What pickle and torch.save keep: an ordinary tensor, on the CPU where it is loaded."""
    tensor, *rest = args
    plain = _plain(torch.Tensor.detach, (tensor,), {}).requires_grad_(tensor.requires_grad)
    return _plain(func, (plain, *rest), kwargs)


def _iterated(func: Function, args: Args, kwargs: Kwargs) -> Any:
    rows = list(_plain(func, args, kwargs))
    return iter([_mark(row) for row in rows] if is_twin(args[0]) else rows)


def _shown(func: Function, args: Args, kwargs: Kwargs) -> str:
    tensor = args[0]
    if not is_twin(tensor):
        return str(_plain(func, args, kwargs))
    text = repr(_plain(torch.Tensor.detach, (tensor,), {}))
    graph = ", requires_grad=True" if tensor.requires_grad else ""
    return f"{text[:-1]}, device='{DEVICE}'{graph})"


def _formatted(func: Function, args: Args, kwargs: Kwargs) -> str:
    tensor = args[0]
    return _shown(func, (tensor,), {}) if is_twin(tensor) and tensor.dim() else str(_plain(func, args, kwargs))


def _attested(of_twin: Any) -> Rule:
    """A property that a twin answers in its own way."""
    return lambda func, args, kwargs: of_twin if is_twin(args[0]) else _plain(func, args, kwargs)


_RULES: dict[str, Rule] = {
    "to": _to,
    "cpu": lambda func, args, kwargs: _placed(args[0], _plain(func, args, kwargs), there=False),
    "cuda": lambda func, args, kwargs: _placed(args[0], args[0], there=True),
    "_parse_to": _parsed_to,
    "type": _type,
    "type_as": lambda func, args, kwargs: _placed(
        args[0], _plain(func, args, kwargs), is_twin(_target(args[1:], kwargs))
    ),
    "pin_memory": _pinned,
    "is_pinned": lambda func, args, kwargs: False,
    "tensor": _from_data,
    "as_tensor": _from_data,
    "asarray": _from_data,
    "numpy": _numpy,
    "__array__": _numpy,
    "data.__set__": _set_data,
    "broadcast_tensors": _broadcast,
    "__reduce_ex__": _reduced,
    "__iter__": _iterated,
    "__repr__": _shown,
    "__format__": _formatted,
    "device.__get__": _attested(DEVICE),
    "is_cuda.__get__": _attested(True),
    "is_cpu.__get__": _attested(False),
    "get_device": _attested(DEVICE.index),
}
