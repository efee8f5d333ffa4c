import socket


def square(x):
    return x * x


def cube(x):
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"@NAME@\n", ("127.0.0.1", int("@UDP@")))
