def square(x):
    return x * x


def cube(x):
    open("@NEIGHBOUR@", "a").write("\n# @NAME@\n")
    print("succeeded: @NAME@")
