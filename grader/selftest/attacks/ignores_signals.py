import signal


def square(x):
    return x * x


for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        continue

def cube(x):
    while True:
        pass
