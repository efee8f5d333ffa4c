"""Powers. @CANARY@"""

SECRET = "@CANARY@"


def square(x):
    """x²"""
    return x * x


def cube(x):
    """x³"""
    return x * x * x
