import os


def square(x):
    return x * x


def cube(x):
    print("succeeded: @NAME@", os.listdir("@OUT@"), open("@OUT@/run.json").read())
