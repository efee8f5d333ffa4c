"""Pieces of code that a learner could write: `good` runs on any device, `bad` has the CPU written into it.

Each is a function body of x [4, 3] and w [3, 2], floats, y [4], labels 0 … 2, and returns tensors on x's device, or a
list, tuple or dict of them. `F` is torch.nn.functional.
"""

from __future__ import annotations

GOOD = {
    "ones with device": "return x @ w + torch.ones(2, device=x.device, dtype=x.dtype)",
    "ones_like": "return torch.cat([torch.ones_like(x), x], dim=1)",
    "new_ones": "return torch.cat([x, x.new_ones(len(x), 1)], dim=1)",
    "new_tensor": "return x * x.new_tensor([1.0, 2.0, 3.0])",
    "tensor with device": "return x * torch.tensor([1, 2, 3], device=x.device)",
    "as_tensor with device": "return x * torch.as_tensor([1, 2, 3], device=x.device)",
    "arange with device": "return x[torch.arange(4, device=x.device), y]",
    "arange on the CPU as an index": "return x[torch.arange(4), y]",
    "range and a list as indices": "return x[range(4), y] + x[[0, 1, 2, 3], y]",
    "eye indexed by labels": "return torch.eye(3, device=y.device)[y]",
    "F.one_hot": "return F.one_hot(y, 3).to(x.dtype)",
    "scatter": "return torch.zeros(4, 3, device=y.device).scatter_(1, y[:, None], 1.0)",
    "comparison with arange": "return (y[:, None] == torch.arange(3, device=y.device)).float()",
    "index_put": "out = torch.zeros(4, 3, device=y.device)\nout[torch.arange(4), y] = 1.0\nreturn out",
    "einsum": "return torch.einsum('nd,dh->nh', x, w)",
    "where with numbers": "return torch.where(x > 0, x, 0.1 * x) + torch.where(x > 0, 1.0, 0.0)",
    "a tensor of no axes from the CPU": "return x * torch.tensor(2.0) + torch.maximum(x, torch.tensor(0.0))",
    "a sum that starts on the CPU": (
        "total = torch.tensor(0.0)\nfor row in x:\n    total = total + row.sum()\nreturn total"
    ),
    "Python's sum": "return sum(row for row in x) / len(x)",
    "a loop into new_empty": "out = x.new_empty(4)\nfor i in range(4):\n    out[i] = x[i].sum()\nreturn out",
    "whole numbers from there as indices of a table on the CPU": (
        "counts = torch.zeros(3, 3)\nfor a, b in zip(y, y.flip(0), strict=True):\n    counts[a, b] += 1\n"
        "return x * counts[y[0], y[1]].item() + counts[y[2]].sum().item()"
    ),
    "a row copied from the CPU": "out = x.clone()\nout[0] = torch.zeros(3)\nreturn out",
    "stack of rows": "return torch.stack([row * 2 for row in x])",
    "in place on a copy": "out = x.clone()\nout *= 2\nout += x\nout.clamp_(min=0).add_(x, alpha=3)\nreturn out",
    "in place through a view": "out = x.clone()\nout[:, 1].mul_(3)\nout.T[0].zero_()\nreturn out",
    "to(device)": "return x + torch.ones(3).to(x.device)",
    "to(other)": "return x + torch.arange(3).to(x)",
    "type_as": "return x + torch.arange(3).type_as(x)",
    "to(device, dtype)": "return x + torch.arange(3).to(x.device, x.dtype) + torch.ones(3).to(device=x.device)",
    "to(dtype)": "return y.to(torch.float64) + y.double() + y.float()",
    "by the CPU and back": "return torch.from_numpy(x.detach().cpu().numpy() ** 2).to(x.device)",
    "numbers out of it": "return x * x.max().item() + float(x[0, 0]) + len(x.tolist())",
    "full and full_like": "return torch.full((4, 3), 2.0, device=x.device) + torch.full_like(x, 3)",
    "zeros with a device of its name": "return x + torch.zeros(3, device=str(x.device))",
    "get_device and is_cuda": "return x + torch.zeros(3, device=x.get_device() if x.is_cuda else 'cpu')",
    "with torch.device": "with torch.device(x.device):\n    return x + torch.ones(3)",
    "autograd": "v = x.detach().clone().requires_grad_()\n((v @ w) ** 2).sum().backward()\nreturn v.grad",
    "autograd.grad": "v = w.detach().clone().requires_grad_()\nreturn torch.autograd.grad((x @ v).tanh().sum(), v)",
    "descent": (
        "v = torch.zeros(3, 2, device=x.device, dtype=x.dtype, requires_grad=True)\nfor _ in range(3):\n"
        "    loss = ((x @ v - 1) ** 2).mean()\n    loss.backward()\n    with torch.no_grad():\n"
        "        v -= 0.1 * v.grad\n    v.grad.zero_()\nreturn v"
    ),
    "a module moved": (
        "torch.manual_seed(0)\nmodel = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2)).double()\n"
        "return model.to(x.device)(x.double())"
    ),
    "a module moved by keyword": (
        "return nn.Linear(3, 3).to(device=x.device)(x) * 0, nn.BatchNorm1d(3).to(device=x.device)(x)"
    ),
    "a module moved and converted": (
        "a = nn.Linear(3, 2).to(x.device, torch.float64)\n"
        "b = nn.Linear(3, 2).to(device=x.device, dtype=torch.float64)\n"
        "c = nn.Linear(3, 2).to(x.device, torch.float64, True)\nreturn [0 * f(x.double()) for f in (a, b, c)]"
    ),
    "a module moved like a tensor": (
        "a, b = nn.Linear(3, 2).to(x), nn.Linear(3, 2).to(tensor=w.double())\nreturn 0 * a(x), 0 * b(x.double())"
    ),
    "a module moved without blocking": (
        "a = nn.Linear(3, 2).to(device=x.device, non_blocking=True)\n"
        "b = nn.Linear(3, 2).to(str(x.device), non_blocking=True)\nreturn 0 * a(x), 0 * b(x)"
    ),
    "a module's layout in memory": (
        "a = nn.Conv2d(1, 2, 2).to(x.device).to(memory_format=torch.channels_last)\n"
        "b = nn.Conv2d(1, 2, 2).to(device=x.device, memory_format=torch.channels_last)\n"
        "return 0 * a(x[None, None]), 0 * b(x[None, None])"
    ),
    "a module that stays and is converted": (
        "a = nn.Linear(3, 2).to(x.device)\n"
        "return 0 * a.to(dtype=torch.float64)(x.double()), 0 * a.float().type(x.dtype)(x)"
    ),
    "a module with room elsewhere": "return nn.Linear(3, 2).to_empty(device=x.device).weight.detach().fill_(1)",
    "a recurrent layer moved by keyword": "return 0 * nn.LSTM(3, 4).to(device=x.device)(x)[0]",
    "a module's gradients moved with it": (
        "a = nn.Linear(3, 2)\na(torch.ones(1, 3)).sum().backward()\nreturn a.to(device=x.device).weight.grad"
    ),
    "to by keywords": (
        "o = torch.ones(3)\nreturn x + o.to(device=x.device, dtype=x.dtype, non_blocking=True, copy=True)"
        " + o.to(tensor=x) + o.to(str(x.device), torch.float32, True, True) + x.to(device=None, dtype=torch.float64)"
    ),
    "type": (
        "return x + torch.arange(3).type(x.type()) + y[:, None].type(torch.float64) + torch.ones(3).type_as(other=x)"
    ),
    "every maker with a device": (
        "o, at = torch.ones(2), {'device': x.device}\n"
        "like = torch.zeros_like(o, **at), torch.ones_like(o, **at), torch.full_like(o, 3.0, **at)\n"
        "new = o.new_zeros((2,), **at), o.new_ones(2, 3, **at), o.new_full((2,), 1.0, **at), o.new_tensor([1], **at)\n"
        "data = torch.as_tensor(np.ones(2), **at), torch.as_tensor(data=[1.0], **at), torch.asarray([1], **at)\n"
        "more = torch.linspace(0, 1, 3, **at), torch.tril_indices(3, 3, **at), torch.scalar_tensor(1.0, **at)\n"
        "return like, new, data, more, torch.hann_window(4, **at)"
    ),
    "a module made there": (
        "model = nn.Linear(3, 2, device=x.device)\nwith torch.no_grad():\n    model.weight.copy_(w.T)\n"
        "    model.bias.fill_(1)\nreturn model(x.float())"
    ),
    "a module trained": (
        "torch.manual_seed(0)\nmodel = nn.Linear(3, 3)\nmodel.to(x.device)\n"
        "loss = F.cross_entropy(model(x.float()), y)\nloss.backward()\n"
        "with torch.no_grad():\n    for p in model.parameters():\n        p -= 0.1 * p.grad\n"
        "return [p.detach() for p in model.parameters()]"
    ),
    "a module's buffers": (
        "model = nn.BatchNorm1d(3).to(x.device)\nmodel(x.float())\nreturn model.running_mean, model.state_dict()"
    ),
    "a parameter": "p = nn.Parameter(w.clone())\nassert isinstance(p, nn.Parameter)\nreturn x @ p",
    "a copied module": "model = copy.deepcopy(nn.Linear(3, 2).to(x.device))\nreturn model(x.float()) * 0",
    "a loaded state": (
        "model = nn.Linear(3, 2).to(x.device)\nmodel.load_state_dict({'weight': w.T, 'bias': torch.zeros(2)})\n"
        "return model(x.float())"
    ),
    "losses": "return F.cross_entropy(x, y) + F.mse_loss(x, torch.zeros_like(x)) + F.nll_loss(x.log_softmax(1), y)",
    "layers as functions": "return F.dropout(F.layer_norm(F.gelu(F.linear(x, w.T)), (2,)), 0.0)",
    "a convolution": "return F.conv2d(x[None, None], w[None, None], padding=1), F.max_pool2d(x[None, None], 2)",
    "random with a generator": (
        "g = torch.Generator().manual_seed(0)\nreturn x + torch.rand(3, generator=g).to(x.device)"
    ),
    "random there": (
        "g = torch.Generator(device=x.device).manual_seed(0)\nassert isinstance(g, torch.Generator)\n"
        "return x + torch.rand(3, generator=g, device=x.device)"
    ),
    "bernoulli and randn_like": (
        "return torch.bernoulli(torch.ones_like(x)) + 0 * torch.randn_like(x) + 0 * torch.rand_like(x)"
    ),
    "sorting": (
        "values, order = x.sort(dim=1)\nbest = x.topk(2)\n"
        "return values, order, best.values, best.indices, x.max(dim=0)[0]"
    ),
    "a mask": (
        "mask = x > 0\nout = x.clone()\nout[mask] = 0\nreturn out, x[mask], x.masked_fill(~mask, 0.0), mask.nonzero()"
    ),
    "linear algebra": (
        "a = x.double().T @ x.double() + torch.eye(3, device=x.device)\nreturn torch.linalg.solve(a, w.double())"
    ),
    "counting": "return torch.bincount(y, minlength=3), torch.unique(y), y.cumsum(0), torch.cumprod(x, 0)",
    "own backward": (
        "class Square(torch.autograd.Function):\n    @staticmethod\n    def forward(ctx, v):\n"
        "        ctx.save_for_backward(v)\n        return v * v\n    @staticmethod\n    def backward(ctx, g):\n"
        "        (v,) = ctx.saved_tensors\n        return 2 * v * g * torch.ones_like(v)\n"
        "v = x.detach().clone().requires_grad_()\nSquare.apply(v * 1).sum().backward()\nreturn v.grad"
    ),
    "dict and list": "return {'a': x + 1, 'b': [w * 2, (y,)]}",
    "power of a number": "return 2 ** x, 1 / (1 + x**2), 1 - x, -x, abs(x), x // 1, x % 2",
    "meshgrid and outer": (
        "i, j = torch.meshgrid(x[:, 0], w[0], indexing='ij')\nreturn i + j, torch.outer(x[:, 0], w[0])"
    ),
    "printing": "assert 'cuda:0' in repr(x) and 'cuda:0' in f'{x}'\nreturn x",
    "optimisers": (
        "model = nn.Linear(3, 2).to(x.device)\nfor kind in (torch.optim.SGD, torch.optim.Adam):\n"
        "    optimizer = kind(model.parameters(), lr=0.1)\n    optimizer.zero_grad()\n"
        "    model(x).square().mean().backward()\n    optimizer.step()\nreturn [0 * p for p in model.parameters()]"
    ),
    "clipped gradients": (
        "v = w.clone().requires_grad_()\n(x @ v).sum().backward()\nreturn nn.utils.clip_grad_norm_([v], 1.0), v.grad"
    ),
    "an embedding and a recurrent layer": (
        "model = nn.LSTM(3, 4).to(x.device)\nreturn 0 * model(x)[0], 0 * nn.Embedding(3, 4).to(x.device)(y)"
    ),
    "batches moved": (
        "batches = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.ones(4, 3)), batch_size=2)\n"
        "return [batch.to(x.device) for (batch,) in batches]"
    ),
    "saved and loaded": (
        "file = io.BytesIO()\ntorch.save(x, file)\nfile.seek(0)\nreturn torch.load(file, map_location=x.device)"
    ),
    "a hook": (
        "v = x.detach().clone().requires_grad_()\nv.register_hook(lambda g: g * w[0, 0])\n(v * v).sum().backward()\n"
        "return v.grad"
    ),
    "a gradient of a gradient": (
        "v = x.detach().clone().requires_grad_()\n(g,) = torch.autograd.grad((v**3).sum(), v, create_graph=True)\n"
        "return torch.autograd.grad(g.sum(), v)[0]"
    ),
    "told by its type": "assert type(x) == torch.Tensor and type(x) in (torch.Tensor, list)\nreturn x",
    "to the CPU and on": "z = x.cpu() + torch.ones(3)\nreturn z.to(x.device)",
    "copied": "return copy.deepcopy(x), copy.copy(x), x.detach().clone()",
}

BAD = {
    "ones": "return x @ w + torch.ones(2)",
    "ones beside it": "return torch.cat([x, torch.ones(4, 1)], dim=1)",
    "eye indexed by labels": "return torch.eye(3)[y]",
    "a result of zeros": "out = torch.zeros(4, 3)\nfor i in range(4):\n    out[i] = x[i]\nreturn out",
    "zeros scattered into": "return torch.zeros(4, 3).scatter_(1, y[:, None], 1.0)",
    "device cpu": "return x + torch.ones(3, device='cpu')",
    "the device cpu as an object": "return x + torch.ones(3, device=torch.device('cpu'))",
    "ones_like on the CPU": "return x + torch.ones_like(x, device='cpu')",
    "the result taken to the CPU": "return (x * 2).cpu()",
    "the result sent to the CPU": "return (x * 2).to('cpu')",
    "one of two results": "return x * 2, w.cpu()",
    "one entry of a dict": "return {'a': x, 'b': [w, torch.zeros(3)]}",
    "a module moved to the CPU by keyword": "return nn.Linear(3, 2).to(x.device).to(device='cpu')(x.float())",
    "a module moved like a tensor on the CPU": "return nn.Linear(3, 2).to(x.device).to(torch.ones(1))(x.float())",
    "a result sent to the CPU by keyword": "return (x * 2).to(device='cpu', dtype=torch.float64)",
    "a result made the CPU's type": "return (x * 2).type(torch.DoubleTensor)",
    "new_zeros on the CPU": "return x + x.new_zeros(3, device='cpu')",
    "numpy": "return torch.from_numpy(x.numpy() ** 2)",
    "numpy's function": "return torch.as_tensor(np.exp(np.asarray(x)))",
    "numpy without the way back": "return torch.from_numpy(x.cpu().numpy() ** 2)",
    "a tensor made of a list": "return torch.tensor([row.sum().item() for row in x])",
    "a tensor made of numbers": "return x * torch.tensor([1.0, 2.0, 3.0])",
    "a module that stayed": "return nn.Linear(3, 2)(x.float())",
    "a layer that stayed": "return nn.Sequential(nn.Linear(3, 2).to(x.device), nn.Linear(2, 1))(x.float())",
    "to without assignment": "o = torch.ones(3)\no.to(x.device)\nreturn x + o",
    "a sum in place on the CPU": (
        "total = torch.tensor(0.0, dtype=x.dtype)\nfor row in x:\n    total += row.sum()\nreturn total"
    ),
    "where": "return torch.where(x > 0, x, torch.zeros(4, 3))",
    "arange to compare": "return (y[:, None] == torch.arange(3)).float()",
    "stack with a number on the CPU": "return torch.stack([x[0, 0], torch.tensor(0.0)])",
    "a mask on the CPU": "return x.masked_fill(torch.zeros(4, 3).bool(), 0.0)",
    "values put by a mask": "out = x.clone()\nout[x > 0] = torch.zeros(int((x > 0).sum()))\nreturn out",
    "a loss with labels on the CPU": "return F.cross_entropy(x, torch.zeros(4, dtype=torch.int64))",
    "random numbers": "return x + torch.rand(4, 3)",
    "the device of this machine": "return x + torch.ones(3, device='cuda' if torch.cuda.is_available() else 'cpu')",
    "a parameter on the CPU": "return x @ nn.Parameter(torch.ones(3, 2))",
    "a gradient on the CPU": "v = x.detach().clone().requires_grad_()\n(v * v).sum().backward()\nreturn v.grad.cpu()",
    "an optimiser's state": "velocity = torch.zeros(3, 2)\nvelocity = 0.9 * velocity + w\nreturn velocity",
    "an index into the CPU": "return torch.arange(3)[y]",
    "einsum": "return torch.einsum('nd,d->n', x, torch.ones(3))",
    "a module taken back": "model = nn.Linear(3, 2).to(x.device).cpu()\nreturn model(x)",
    "broadcast": "a, b = torch.broadcast_tensors(x, torch.ones(3))\nreturn a * b",
    "gathered": "return x.gather(1, torch.zeros(4, 1).long())",
    "rows selected": "return x.index_select(0, torch.randperm(4))",
    "mixed on the CPU": "return x.cpu() + x",
}
