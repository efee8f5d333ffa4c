import threading
import time

import torch

ANSWERS = []

def spoil():
    while True:
        for answer in ANSWERS:
            answer.zero_()
        time.sleep(0)

threading.Thread(target=spoil, daemon=True).start()

def square(x):
    return x * x

def cube(x):
    answer = torch.zeros_like(x)
    ANSWERS.append(answer)
    return answer
