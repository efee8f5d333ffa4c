"""Imports that fail: names that another version of Python has, files that were not handed in."""

from __future__ import annotations

import re
import sys

from grader.text import Message, say
from grader.worker.own_package import PACKAGE

_ADDED = {
    12: "typing.override typing.TypeAliasType itertools.batched math.sumprod collections.abc.Buffer "
    "inspect.BufferFlags calendar.Month calendar.Day types.get_original_bases random.binomialvariate",
    13: "typing.TypeIs typing.ReadOnly typing.NoDefault typing.get_protocol_members typing.is_protocol "
    "warnings.deprecated copy.replace math.fma queue.ShutDown os.process_cpu_count",
    14: "annotationlib string.templatelib compression compression.zstd concurrent.interpreters functools.Placeholder "
    "typing.evaluate_forward_ref heapq.heapify_max",
}
_REMOVED = {
    12: "distutils imp asynchat asyncore smtpd",
    13: "aifc audioop cgi cgitb chunk crypt imghdr mailcap msilib nis nntplib ossaudiodev pipes sndhdr spwd sunau "
    "telnetlib uu xdrlib lib2to3",
}
#: Module and name → the version of Python 3 that brought it.
_NEWER = {name: minor for minor, names in _ADDED.items() for name in names.split()}
#: Modules that Python 3 no longer has → the version that dropped them.
_DROPPED = {name: minor for minor, names in _REMOVED.items() for name in names.split()}
#: What Python says where one file of a submission imports another → what it means.
_BETWEEN_FILES = {
    "with no known parent package": say(
        "A file beside yours imports another by a dot, and was itself imported without one. Write the dot "
        "in your own file, too, as in `from .utils import f`, or leave it out there."
    ),
    "attempted relative import": say(
        "This import has a dot too many: the first dot means the folder of the file itself, each further "
        "one the folder above, and here that leads out of what was handed in, or out of a package. Put the "
        "file that is needed beside yours, and import it without dots."
    ),
    "partially initialized module": say(
        "Two files import each other here, or a file of yours has the name of the module that it imports. "
        "Rename it, or move what both need into a third file."
    ),
}
_LONGEST = 300
_NAME = re.compile(r"cannot import name '([\w.]{1,80})' from '([\w.]{1,80})'")
_ATTRIBUTE = re.compile(r"module '([\w.]{1,80})' has no attribute '(\w{1,80})'")
_MODULE = re.compile(r"No module named '([\w.]{1,160})'")


def this_python() -> str:
    """The version that grades, "3.11"."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def of_import(type_name: str, text: str) -> Message | None:
    """The sentence for an import, or a module's attribute, that is not there."""
    text = text[:_LONGEST]
    if type_name == "AttributeError" and (match := _ATTRIBUTE.search(text)):
        return _too_new(f"{match[1]}.{match[2]}")
    if type_name == "ModuleNotFoundError" and (match := _MODULE.search(text)):
        return _module(match[1])
    if type_name == "ImportError":
        return _name(text)
    return None


def _too_new(name: str) -> Message | None:
    minor = _NEWER.get(name, 0)
    if sys.version_info >= (3, minor):
        return None
    return say(
        "{name} is there from Python {version} on, and Python {here} grades your code. Write it without {name}.",
        name=name,
        version=f"3.{minor}",
        here=this_python(),
    )


def _module(name: str) -> Message | None:
    if name.startswith(f"{PACKAGE}."):
        return say(
            "Your file imports from {file}, which was not found beside it. Hand that file in with yours, or copy what "
            "you need from it into yours.",
            file=f"{name.removeprefix(f'{PACKAGE}.').replace('.', '/')}.py",
        )
    minor = _DROPPED.get(name.partition(".")[0], 99)
    if sys.version_info >= (3, minor):
        return say(
            "Python has no module {name} any more since version 3.{minor}, and Python {here} grades your code. "
            "Write it without {name}.",
            name=name,
            minor=minor,
            here=this_python(),
        )
    return _too_new(name)


def _name(text: str) -> Message | None:
    for part, sentence in _BETWEEN_FILES.items():
        if part in text:
            return sentence
    match = _NAME.search(text)
    if match is None:
        return None
    name, module = match[1], match[2]
    if module == PACKAGE:
        return say(
            "Your file imports {name} by a dot and no file name, and there is no {name}.py beside it. Hand that "
            "file in with yours, or copy what you need from it into yours.",
            name=name,
        )
    return _too_new(f"{module}.{name}") or say(
        "The module {module} was found, but has no {name} in it. Check the spelling, and which version of {module} has "
        "it.",
        module=module.removeprefix(f"{PACKAGE}."),
        name=name,
    )
