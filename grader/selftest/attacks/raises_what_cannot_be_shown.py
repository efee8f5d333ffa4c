def square(x):
    return x * x


class Bad(Exception):
    def __str__(self):
        raise SystemExit

def cube(x):
    raise Bad
