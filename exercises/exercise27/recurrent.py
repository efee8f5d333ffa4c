# grade course: deep-learning-by-exercise
"""Recurrent networks: a plain one, forward and backward through time, the LSTM, clipped gradients, and batches of
sequences of different lengths.

N samples, T times, D inputs, H hidden units. Floats are float32 or float64, and results have their dtype and device. No
function changes its inputs.

循环网络：最简单的一种，沿时间的前向和反向传播；LSTM；梯度裁剪；由长短不一的序列组成的批量。

N 个样本，T 个时刻，D 个输入，H 个隐藏单元。浮点数是 float32 或 float64，结果的 dtype 和设备与它们相同。所有函数都不改动输入。
"""

from __future__ import annotations

import torch


def rnn_step(x: torch.Tensor, h: torch.Tensor, Wx: torch.Tensor, Wh: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """The next hidden state, tanh(x Wxᵀ + h Whᵀ + b).

    x: [N, D]. h: [N, H]. Wx: [H, D]. Wh: [H, H]. b: [H]. Returns: [N, H].

    下一个隐状态，tanh(x Wxᵀ + h Whᵀ + b)。

    x：[N, D]。h：[N, H]。Wx：[H, D]。Wh：[H, H]。b：[H]。返回：[N, H]。
    """
    raise NotImplementedError("rnn_step")


def rnn_forward(x: torch.Tensor, h0: torch.Tensor, Wx: torch.Tensor, Wh: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """The hidden states after each step.

    x: [N, T, D], T at least 1. h0: [N, H], the state before the first step. Wx: [H, D]. Wh: [H, H]. b: [H].
    Returns: [N, T, H].

    每一步之后的隐状态。

    x：[N, T, D]，T 至少是 1。h0：[N, H]，第一步之前的隐状态。Wx：[H, D]。Wh：[H, H]。b：[H]。返回：[N, T, H]。
    """
    raise NotImplementedError("rnn_forward")


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

    沿时间反向传播，手工实现。

    dhs：[N, T, H]，每个隐状态直接进入损失那条路的梯度，不含经过之后各隐状态的路。x、h0、Wx、Wh、b：传给 `rnn_forward` 的。hs：[N, T, H]，它的结果。返回：(dx, dh0, dWx, dWh, db)，完整的梯度，形状依次与 x、h0、Wx、Wh、b 相同。
    """
    raise NotImplementedError("rnn_backward")


def lstm_cell(
    x: torch.Tensor, h: torch.Tensor, c: torch.Tensor, Wx: torch.Tensor, Wh: torch.Tensor, b: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """One step of an LSTM. The rows of Wx, Wh and b are H each for the input gate i, the forget gate f, the candidate g
    and the output gate o.

    x: [N, D]. h, c: [N, H], the hidden state and the memory cell. Wx: [4H, D]. Wh: [4H, H]. b: [4H]. Returns: the next
    (h, c).

    LSTM 的一步。Wx、Wh、b 的行依次属于输入门 i、遗忘门 f、候选值 g、输出门 o，各 H 行。

    x：[N, D]。h、c：[N, H]，隐状态和记忆元。Wx：[4H, D]。Wh：[4H, H]。b：[4H]。返回：下一个 (h, c)。
    """
    raise NotImplementedError("lstm_cell")


def clip_by_norm(grads: list[torch.Tensor], max_norm: float) -> tuple[list[torch.Tensor], float]:
    """All gradients times one factor, such that their common norm is max_norm at most.

    grads: tensors of any shapes, at least one. max_norm: above 0. Returns: the list of gradients; the norm of all
    numbers together as it was before, a Python float.

    所有梯度都乘同一个系数，使它们的总范数不超过 max_norm。

    grads：任意形状的张量，至少一个。max_norm：大于 0。返回：梯度的列表；裁剪之前所有的数合在一起的范数，一个 Python float。
    """
    raise NotImplementedError("clip_by_norm")


def pad_batch(seqs: list[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """One block of sequences of different lengths: zeros follow the shorter ones.

    seqs: N tensors [Tᵢ, D], N and all Tᵢ at least 1. Returns: [N, T, D], T the largest of the Tᵢ; the lengths Tᵢ, [N],
    int64, on the device of the sequences.

    把长短不一的序列合成一块：较短的后面补 0。

    seqs：N 个张量 [Tᵢ, D]，N 和各个 Tᵢ 都至少是 1。返回：[N, T, D]，T 是最大的 Tᵢ；各个长度 Tᵢ，[N]，int64，与序列在同一设备上。
    """
    raise NotImplementedError("pad_batch")


def last_state(hs: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """The state of each sequence after its own last step.

    hs: [N, T, H]; anything, NaN too, beyond a sequence's length. lengths: [N], int64, 1 … T. Returns: [N, H].

    每个序列自己最后一步之后的隐状态。

    hs：[N, T, H]；超出序列长度的部分可以是任何东西，也可以是 NaN。lengths：[N]，int64，1 … T。返回：[N, H]。
    """
    raise NotImplementedError("last_state")


def masked_mean(loss: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """The mean of the losses of all valid steps together: their sum, divided by the sum of the lengths.

    loss: [N, T]; anything, NaN too, beyond a sequence's length. lengths: [N], int64, 1 … T. Returns: [], and autograd
    goes through it: the gradient is 0 in the padding.

    所有有效的步合在一起，求损失的平均：它们的和除以长度之和。

    loss：[N, T]；超出序列长度的部分可以是任何东西，也可以是 NaN。lengths：[N]，int64，1 … T。返回：[]，能对它自动求导：填充处的梯度是 0。
    """
    raise NotImplementedError("masked_mean")
