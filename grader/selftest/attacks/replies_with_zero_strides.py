from grader.worker import child
from grader.wire import messages as m


def square(x):
    return x * x


def huge(self, request, payload):
    node = m.ArrayNode("tensor", "float64", [1 << 26, 1 << 26], 0, 8, [0, 0])
    return m.Returned(request.id, node), [memoryview(bytes(8))]

child.WorkerLoop.called = huge

def cube(x):
    return x
