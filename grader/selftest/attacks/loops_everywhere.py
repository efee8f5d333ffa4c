def square(x):
    while True:
        pass

def cube(x):
    while True:
        pass
