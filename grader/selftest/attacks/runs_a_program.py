import subprocess


def square(x):
    return x * x


def cube(x):
    subprocess.run(["/bin/sh", "-c", ": > '@PLACE@/@NAME@'"], check=True)
