"""Recurrent networks: a plain one, forward and backward through time, the LSTM, clipped gradients, and batches of
sequences of different lengths.

N samples, T times, D inputs, H hidden units. Floats are float32 or float64, and results have their dtype and device. No
function changes its inputs.
"""

from __future__ import annotations

import torch


def rnn_step(x: torch.Tensor, h: torch.Tensor, Wx: torch.Tensor, Wh: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """The next hidden state, tanh(x Wxᵀ + h Whᵀ + b).

    x: [N, D]. h: [N, H]. Wx: [H, D]. Wh: [H, H]. b: [H]. Returns: [N, H].
    """
    ### BEGIN SOLUTION
    return torch.tanh(x @ Wx.T + h @ Wh.T + b)
    ### END SOLUTION


def rnn_forward(x: torch.Tensor, h0: torch.Tensor, Wx: torch.Tensor, Wh: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """The hidden states after each step.

    x: [N, T, D], T at least 1. h0: [N, H], the state before the first step. Wx: [H, D]. Wh: [H, H]. b: [H].
    Returns: [N, T, H].
    """
    ### BEGIN SOLUTION
    h, hs = h0, []
    for t in range(x.shape[1]):
        h = rnn_step(x[:, t], h, Wx, Wh, b)
        hs.append(h)
    return torch.stack(hs, dim=1)
    ### END SOLUTION


def rnn_backward(
    dhs: torch.Tensor,
    x: torch.Tensor,
    h0: torch.Tensor,
    hs: torch.Tensor,
    Wx: torch.Tensor,
    Wh: torch.Tensor,
    b: torch.Tensor,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Backpropagation through time, by hand.

    dhs: [N, T, H], the gradient of the loss with respect to each state as it goes into the loss itself, without the way
    through later states. x, h0, Wx, Wh, b: those of `rnn_forward`. hs: [N, T, H], its result. Returns: (dx, dh0, dWx,
    dWh, db), the whole gradients, shaped like x, h0, Wx, Wh, b.
    """
    ### BEGIN SOLUTION
    dx, dWx, dWh, db = (torch.zeros_like(value) for value in (x, Wx, Wh, b))
    dh = torch.zeros_like(h0)  # what comes back from the step after
    for t in reversed(range(x.shape[1])):
        before = hs[:, t - 1] if t > 0 else h0
        dz = (dhs[:, t] + dh) * (1 - hs[:, t] ** 2)  # the slope of tanh, from its value
        dx[:, t] = dz @ Wx
        dWx += dz.T @ x[:, t]
        dWh += dz.T @ before
        db += dz.sum(dim=0)
        dh = dz @ Wh
    return dx, dh, dWx, dWh, db
    ### END SOLUTION


def lstm_cell(
    x: torch.Tensor, h: torch.Tensor, c: torch.Tensor, Wx: torch.Tensor, Wh: torch.Tensor, b: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """One step of an LSTM. The rows of Wx, Wh and b are H each for the input gate i, the forget gate f, the candidate g
    and the output gate o.

    x: [N, D]. h, c: [N, H], the hidden state and the memory cell. Wx: [4H, D]. Wh: [4H, H]. b: [4H]. Returns: the next
    (h, c).
    """
    ### BEGIN SOLUTION
    i, f, g, o = (x @ Wx.T + h @ Wh.T + b).chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c
    ### END SOLUTION


def clip_by_norm(grads: list[torch.Tensor], max_norm: float) -> tuple[list[torch.Tensor], float]:
    """All gradients times one factor, such that their common norm is max_norm at most.

    grads: tensors of any shapes, at least one. max_norm: above 0. Returns: the list of gradients; the norm of all
    numbers together as it was before, a Python float.
    """
    ### BEGIN SOLUTION
    norm = torch.cat([grad.flatten() for grad in grads]).norm().item()
    factor = max_norm / max(norm, max_norm)  # 1 below the limit
    return [grad * factor for grad in grads], norm
    ### END SOLUTION


def pad_batch(seqs: list[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """One block of sequences of different lengths: zeros follow the shorter ones.

    seqs: N tensors [Tᵢ, D], N and all Tᵢ at least 1. Returns: [N, T, D], T the largest of the Tᵢ; the lengths Tᵢ, [N],
    int64, on the device of the sequences.
    """
    ### BEGIN SOLUTION
    lengths = torch.tensor([len(seq) for seq in seqs], device=seqs[0].device)
    x = seqs[0].new_zeros(len(seqs), max(map(len, seqs)), seqs[0].shape[1])
    for n, seq in enumerate(seqs):
        x[n, : len(seq)] = seq
    return x, lengths
    ### END SOLUTION


def last_state(hs: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """The state of each sequence after its own last step.

    hs: [N, T, H]; anything, NaN too, beyond a sequence's length. lengths: [N], int64, 1 … T. Returns: [N, H].
    """
    ### BEGIN SOLUTION
    return hs[torch.arange(len(hs)), lengths - 1]  # row n with the place of row n
    ### END SOLUTION


def masked_mean(loss: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """The mean of the losses of all valid steps together: their sum, divided by the sum of the lengths.

    loss: [N, T]; anything, NaN too, beyond a sequence's length. lengths: [N], int64, 1 … T. Returns: [], and autograd
    goes through it: the gradient is 0 in the padding.
    """
    ### BEGIN SOLUTION
    valid = torch.arange(loss.shape[1], device=loss.device) < lengths[:, None]
    return torch.where(valid, loss, 0).sum() / lengths.sum()
    ### END SOLUTION
