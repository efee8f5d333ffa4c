import socket


def square(x):
    return x * x


def cube(x):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"@NAME@\n", "\0@ABSTRACT@")
