import torch


def square(x):
    return x * x


torch.set_default_dtype(torch.float16)
torch.set_grad_enabled(False)
torch.set_num_threads(64)
torch.manual_seed(0)

def cube(x):
    return x * x * x
