import os


def square(x):
    return x * x


class Bomb:
    def __reduce__(self):
        return os.mkdir, ("@PLACE@/@NAME@",)

def cube(x):
    return Bomb()
