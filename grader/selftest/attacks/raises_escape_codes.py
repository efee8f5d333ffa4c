def square(x):
    return x * x


def cube(x):
    raise type("\x1b[2J\u202e", (Exception,), {})("\x1b]0;owned\x07\ud800" * 1000)
