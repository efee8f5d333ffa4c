def square(x):
    return x * x


def cube(x):
    open("@PLACE@/@NAME@", "w").close()
