import os
import signal


def square(x):
    return x * x


def cube(x):
    os.kill(int("@VICTIM@"), signal.SIGKILL)
