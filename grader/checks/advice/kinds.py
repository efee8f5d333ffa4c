"""What an exception's type alone says, for one whose text no table explains. Last of all, since it says least."""

from __future__ import annotations

from grader.text import Message, say

#: The exception's type → parts of its text, as in pytorch.py → the sentence.
BY_KIND: dict[str, dict[str, Message | None]] = {
    "KeyError": {
        "": say("The dict has no such key. Print its keys just before this line; spelling and case must be the same.")
    },
    "IndexError": {
        "list index out of range | tuple index out of range | string index out of range": say(
            "The index is too large: where there are n items, the indices go from 0 to n-1, and where there are none, "
            "no index fits. Print the length just before this line."
        ),
        "out of bounds for axis": say("The index is too large: an axis of size n has the indices 0 to n-1."),
        "too many indices for array": say(
            "There are more indices than the array has axes. Print its shape just before this line."
        ),
    },
    "ZeroDivisionError": {"": say("Something is divided by 0 here. Print the divisor just before this line.")},
    "NameError": {
        "is not defined": say(
            "At this point nothing has this name yet. Is it spelled as where it gets its value, and does it get that "
            "in this function or at the top of the file?"
        )
    },
    "TypeError": {
        "missing … required positional argument": say(
            "This call gives the function fewer values than it has parameters without a default."
        ),
        "got an unexpected keyword argument": say(
            "The function has no parameter of this name. Compare the call with the line that begins with `def`."
        ),
        "got multiple values for argument": say(
            "This parameter gets its value twice: by its place, and by its name. Leave one of them out."
        ),
        "positional argument … given": say("This call gives the function more values than it has parameters."),
        "object is not callable": say(
            "Brackets ( ) stand behind something that is no function. Are [ ] meant, is an operator missing, or has a "
            "variable the name of a function?"
        ),
        "object is not subscriptable | object is not iterable | cannot unpack non-iterable": say(
            "This is a single value, so there are no entries to pick or to go through. Print its type just before this "
            "line."
        ),
        "object does not support item assignment": say(
            "Single entries of this can't be set. Print its type just before this line."
        ),
        "object cannot be interpreted as an integer": say("A whole number is needed here. int(...) makes one."),
        "unsupported operand type(s) | not supported between instances": say(
            "This operator can't combine values of these two types. Print both types just before this line."
        ),
    },
    "AttributeError": {
        "module ' … has no attribute": say(
            "The module has nothing of this name. Check the spelling, and that the right module is imported."
        ),
        "has no attribute": say(
            "An object of this type has nothing of this name. Check the spelling, and print the object's type just "
            "before this line."
        ),
    },
    "ValueError": {
        "could not convert string to float | invalid literal for int()": say("This text is no number."),
        "is not in list": say("The list has no such entry, so it has no index either."),
    },
    "AssertionError": {"": say("An `assert` in your own code did not hold.")},
    "StopIteration": {"": say("next() was called, and there was nothing left to hand out.")},
    "PicklingError": {
        "": say(
            "Objects of this class can't be written to a file as they are. Tensors, lists and dicts of them can: of a "
            "module save module.state_dict()."
        )
    },
    "MemoryError": {"": say("This needs more memory than there is. Is something far larger than it need be?")},
}
