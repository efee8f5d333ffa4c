import sys


def square(x):
    return x * x


def cube(x):
    sys.path.insert(0, "@SOLUTIONS@")
    import reference

    print(reference.SECRET)
    return reference.cube(x)
