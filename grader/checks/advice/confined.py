"""What is not possible while code is graded, and what to write instead."""

from __future__ import annotations

from grader.text import Message, say

#: By the worker's word for what was refused (calls/refused.py).
REFUSED: dict[str, Message] = {
    "workers": say(
        "While your code is graded it can't start other processes, and a DataLoader with num_workers above "
        "0 does that. Write num_workers=0: it reads the same data."
    ),
    "compiler": say(
        "While your code is graded it can't start other programs, and compiling code does that. Use the "
        "function without compiling it: it gives the same values."
    ),
    "process": say(
        "While your code is graded it can't start other processes or programs. Do the work in this process, "
        'in a plain loop, or put the lines that need another one under `if __name__ == "__main__":`.'
    ),
    "connection": say(
        "While your code is graded it has no network, so it can neither connect nor download. Delete "
        'these lines, or put them under `if __name__ == "__main__":`; no exercise needs a download.'
    ),
    "outside": say(
        "While your code is graded it can read and write files in its own working folder only. Delete these "
        'lines, or put them under `if __name__ == "__main__":`; what to compute with comes as arguments.'
    ),
    "attributes": say(
        "While your code is graded it can write files into its working folder, but it can't change their "
        "permissions, owners or times, and can't make links. Leave these lines out."
    ),
    "size": say("While your code is graded no file that it writes may grow larger than 4 MB. Write less, or nothing."),
    "files": say(
        "While your code is graded it may have some fifty files open at a time. Close each after use: `with "
        "open(...) as file:` does that."
    ),
    "call": say(
        "While your code is graded, what this line asks of the system is not allowed: other processes, the "
        "network and the machine's settings are out of reach. Write it without that."
    ),
}
