from grader.worker import child

reply = child.WorkerLoop.reply

def twice(self, header, buffers):
    reply(self, header, buffers)
    reply(self, header, buffers)

def square(x):
    return x * x

def cube(x):
    child.WorkerLoop.reply = twice
    return x * x * x
