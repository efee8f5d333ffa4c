import ctypes
import platform


def square(x):
    return x * x


def cube(x):
    library = ctypes.CDLL(None, use_errno=True)
    number = 248 if platform.machine() == "x86_64" else 217
    if library.syscall(number, b"user", b"@NAME@", b"x", 1, -3) < 0:
        raise OSError(ctypes.get_errno(), "add_key")
    print("succeeded: @NAME@")
