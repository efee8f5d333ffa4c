import socket


def square(x):
    return x * x


def cube(x):
    one, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    one.sendto(b"@NAME@\n", "\0@ABSTRACT@")
