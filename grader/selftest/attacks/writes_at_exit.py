import atexit


def square(x):
    return x * x


atexit.register(lambda: open("@PLACE@/@NAME@", "w").close())

def cube(x):
    return x * x * x
