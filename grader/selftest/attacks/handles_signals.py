import signal


def square(x):
    return x * x


def handler(number, frame):
    raise RuntimeError("in the middle of the grader's code")

signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.2, 0.001)

def cube(x):
    import time

    time.sleep(0.3)
    return x * x * x
