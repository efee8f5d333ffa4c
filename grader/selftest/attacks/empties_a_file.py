def square(x):
    return x * x


def cube(x):
    open("@KEEP@", "w").close()
