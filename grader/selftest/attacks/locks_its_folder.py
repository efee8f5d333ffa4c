import os


def square(x):
    return x * x


def cube(x):
    os.makedirs("locked/inside", exist_ok=True)
    os.mkdir("locked/inside/closed", 0) if not os.path.exists("locked/inside/closed") else None
    return x * x * x
