"""NumPy for all that is not differentiated; states with a further one in front, h0."""

import numpy as np
import torch


def array(tensor):
    return tensor.detach().cpu().numpy()


def tensor(values, like):
    return torch.from_numpy(np.array(values)).to(dtype=like.dtype, device=like.device)


def rnn_step(x, h, Wx, Wh, b):
    z = np.concatenate([array(x), array(h)], axis=1) @ np.concatenate([array(Wx), array(Wh)], axis=1).T + array(b)
    return tensor(np.tanh(z), x)


def rnn_forward(x, h0, Wx, Wh, b):
    inputs, states = array(x), [array(h0)]
    for t in range(inputs.shape[1]):
        states.append(np.tanh(inputs[:, t] @ array(Wx).T + states[-1] @ array(Wh).T + array(b)))
    return tensor(np.stack(states[1:], axis=1), x)


def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    all_states = np.concatenate([array(h0)[:, None], array(hs)], axis=1)
    upstream = array(dhs)
    T = upstream.shape[1]
    inside = np.zeros_like(upstream)
    back = np.zeros_like(array(h0))
    for t in range(T)[::-1]:
        inside[:, t] = (upstream[:, t] + back) * (1 - np.square(all_states[:, t + 1]))
        back = inside[:, t] @ array(Wh)
    dWx = np.tensordot(inside, array(x), axes=([0, 1], [0, 1]))
    dWh = np.tensordot(inside, all_states[:, :-1], axes=([0, 1], [0, 1]))
    results = inside @ array(Wx), back, dWx, dWh, inside.sum(axis=(0, 1))
    return tuple(tensor(result, x) for result in results)


def lstm_cell(x, h, c, Wx, Wh, b):
    z = array(x) @ array(Wx).T + array(h) @ array(Wh).T + array(b)
    i, f, g, o = np.split(z, 4, axis=1)

    def sigmoid(v):
        return 0.5 * (1 + np.tanh(v / 2))

    new_c = sigmoid(f) * array(c) + sigmoid(i) * np.tanh(g)
    return tensor(sigmoid(o) * np.tanh(new_c), x), tensor(new_c, x)


def clip_by_norm(grads, max_norm):
    norm = float(np.linalg.norm([np.linalg.norm(array(grad)) for grad in grads]))
    scale = min(1.0, max_norm / (norm + 1e-6))
    return [tensor(array(grad) * scale, grad) for grad in grads], norm


def pad_batch(seqs):
    T = max(seq.shape[0] for seq in seqs)
    padded = [np.pad(array(seq), ((0, T - seq.shape[0]), (0, 0))) for seq in seqs]
    lengths = torch.LongTensor([seq.shape[0] for seq in seqs]).to(seqs[0].device)
    return tensor(np.stack(padded), seqs[0]), lengths


def last_state(hs, lengths):
    rows = array(hs)
    return tensor(rows[np.arange(rows.shape[0]), array(lengths) - 1], hs)


def masked_mean(loss, lengths):
    steps = torch.from_numpy(np.arange(loss.shape[1])).to(loss.device)
    return loss[steps[None, :] < lengths.unsqueeze(1)].mean()
