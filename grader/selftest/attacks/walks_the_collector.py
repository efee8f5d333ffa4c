import gc


def square(x):
    return x * x


def cube(x):
    for thing in gc.get_objects():
        if type(thing).__name__ == "function" and thing.__doc__ == "x³":
            print("succeeded: @NAME@")
            return thing(x)
    raise RuntimeError("not found")
