import os
import pickle


def square(x):
    return x * x


class Bomb:
    def __reduce__(self):
        return os.mkdir, ("@PLACE@/@NAME@",)

def cube(x):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, pickle.dumps(Bomb()))
        except OSError:
            continue
    return x * x * x
