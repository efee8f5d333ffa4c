import ctypes


def square(x):
    return x * x


def cube(x):
    library = ctypes.CDLL(None, use_errno=True)
    if library.ptrace(0x4206, int("@VICTIM@"), None, None) != 0:
        raise OSError(ctypes.get_errno(), "ptrace")
    print("succeeded: @NAME@")
