import os
import sys


def square(x):
    return x * x


def cube(x):
    for folder in sys.path:
        if os.path.isdir(folder) and os.path.realpath(folder) != os.getcwd():
            try:
                os.close(os.open(f"{folder}/@NAME@@TOKEN@", os.O_CREAT | os.O_WRONLY | os.O_EXCL))
            except OSError:
                continue  # the system's own folder, maybe; the packages' may be the user's
            os.unlink(f"{folder}/@NAME@@TOKEN@")
            print("succeeded: @NAME@")
    raise OSError("no folder can be written to")
