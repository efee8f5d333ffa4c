def square(x):
    return x * x


class Late:
    def __del__(self, open=open):
        open("@PLACE@/@NAME@", "w").close()

LATE = Late()

def cube(x):
    Late()
    return x * x * x
