import os
import signal


def square(x):
    return x * x


def cube(x):
    signal.pidfd_send_signal(os.pidfd_open(int("@VICTIM@")), signal.SIGKILL)
