import socket


def square(x):
    return x * x


def cube(x):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect("@SOCKET@")
        connection.sendall(b"@NAME@\n")
