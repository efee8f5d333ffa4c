# %% step_without_tanh
# The argument alone.
# named: step_without_tanh
def rnn_step(x, h, Wx, Wh, b):
    return x @ Wx.T + h @ Wh.T + b

# %% step_sigmoid
# Sigmoid in place of tanh.
# like: functional
# named: step_sigmoid
def rnn_step(x, h, Wx, Wh, b):
    return torch.sigmoid(F.linear(x, Wx) + F.linear(h, Wh, b))

# %% step_relu
# ReLU in place of tanh.
# like: einsum
# named: step_relu
def rnn_step(x, h, Wx, Wh, b):
    return (torch.einsum("nd,hd->nh", x, Wx) + torch.einsum("nk,hk->nh", h, Wh) + b).relu()

# %% step_Wh_untransposed
# h Wh in place of h Wh^T.
# named: step_state_untransposed
def rnn_step(x, h, Wx, Wh, b):
    return torch.tanh(x @ Wx.T + h @ Wh + b)

# %% step_without_bias
# b is forgotten.
# like: classes
# named: step_without_bias
def rnn_step(x, h, Wx, Wh, b):
    return torch.tanh(x.matmul(Wx.t()) + h.matmul(Wh.t()))

# %% step_without_state
# The state before plays no part.
# named: step_without_state
def rnn_step(x, h, Wx, Wh, b):
    return torch.tanh(torch.addmm(b, x, Wx.T))

# %% step_tanh_by_exp
# tanh as (e^z - e^-z) / (e^z + e^-z): inf / inf.
# like: stable_by_hand
# named: step_overflow
def tanh(z):
    up, down = torch.exp(z), torch.exp(-z)
    return (up - down) / (up + down)

# %% step_tanh_twice
# tanh of the state's part, too.
# named: -
def rnn_step(x, h, Wx, Wh, b):
    return torch.tanh(x @ Wx.T + torch.tanh(h @ Wh.T) + b)

# %% step_adds_to_the_state
# The old state is added, as in a residual network.
# like: in_place
# named: step_state_kept
def rnn_step(x, h, Wx, Wh, b):
    return h.detach() + torch.tanh(x.detach() @ Wx.detach().T + h.detach() @ Wh.detach().T + b.detach())

# %% step_bias_for_both
# As PyTorch's cells with b_ih and b_hh: b is added twice.
# like: functional
# named: step_bias_twice
def rnn_step(x, h, Wx, Wh, b):
    return nn.Tanh()(F.linear(x, Wx, b) + F.linear(h, Wh, b))

# %% forward_h0_first
# h0 stands first, the last state is missing.
# named: forward_before_each_step
def rnn_forward(x, h0, Wx, Wh, b):
    hs = [h0]
    for t in range(x.shape[1] - 1):
        hs.append(rnn_step(x[:, t], hs[-1], Wx, Wh, b))
    return torch.stack(hs, dim=1)

# %% forward_h0_too
# T + 1 states, h0 among them.
# like: einsum
# named: -
def rnn_forward(x, h0, Wx, Wh, b):
    states = [h0]
    for t in range(x.shape[1]):
        states.append(rnn_step(x[:, t], states[-1], Wx, Wh, b))
    return torch.stack(states, dim=1)

# %% forward_time_first
# Stacked along the first axis.
# named: forward_time_first
def rnn_forward(x, h0, Wx, Wh, b):
    h, hs = h0, []
    for t in range(x.shape[1]):
        h = rnn_step(x[:, t], h, Wx, Wh, b)
        hs.append(h)
    return torch.stack(hs)

# %% forward_always_from_h0
# Every step begins with h0.
# like: functional
# named: forward_state_not_kept
def rnn_forward(x, h0, Wx, Wh, b):
    return torch.stack([rnn_step(p, h0, Wx, Wh, b) for p in x.unbind(1)], dim=1)

# %% forward_from_zeros
# h0 is not used, the first state is zeros.
# like: in_place
# named: forward_ignores_start
def rnn_forward(x, h0, Wx, Wh, b):
    N, T, _ = x.shape
    h = torch.zeros_like(h0)
    hs = torch.zeros(N, T, h0.shape[1]).to(x)
    for t in range(T):
        h = rnn_step(x[:, t], h, Wx, Wh, b)
        hs[:, t] = h.detach()
    return hs

# %% forward_last_state_only
# Only the last state.
# like: recursion
# named: -
def rnn_forward(x, h0, Wx, Wh, b):
    h = h0
    for t in range(x.shape[1]):
        h = rnn_step(x[:, t], h, Wx, Wh, b)
    return h

# %% forward_backwards
# Reads the sequence from its end.
# like: float64_inside
# named: forward_backwards
def rnn_forward(x, h0, Wx, Wh, b):
    h = h0.double()
    hs = []
    for t in reversed(range(x.shape[1])):
        h = torch.tanh(x[:, t].double() @ Wx.double().T + h @ Wh.double().T + b.double())
        hs.insert(0, h)
    return torch.stack(hs, 1).to(x.dtype)

# %% forward_state_from_sample_before
# One state for all: it goes on from sample to sample.
# like: sample_by_sample
# named: -
def rnn_forward(x, h0, Wx, Wh, b):
    N, T, _ = x.shape
    hs = torch.empty(N, T, h0.shape[1], dtype=x.dtype, device=x.device)
    h = h0[0]
    for n in range(N):
        for t in range(T):
            h = torch.tanh(Wx @ x[n, t] + Wh @ h + b)
            hs[n, t] = h
    return hs

# %% forward_float32_result
# The block of results has the default dtype.
# named: -
def rnn_forward(x, h0, Wx, Wh, b):
    hs = torch.zeros(x.shape[0], x.shape[1], h0.shape[1], device=x.device)
    h = h0
    for t in range(x.shape[1]):
        h = rnn_step(x[:, t], h, Wx, Wh, b)
        hs[:, t] = h
    return hs

# %% forward_writes_into_h0
# The state is updated in place, and that is the caller's h0.
# named: -
def rnn_forward(x, h0, Wx, Wh, b):
    hs = x.new_empty(x.shape[0], x.shape[1], h0.shape[1])
    h = h0
    for t in range(x.shape[1]):
        h[:] = rnn_step(x[:, t], h, Wx, Wh, b)
        hs[:, t] = h
    return hs
