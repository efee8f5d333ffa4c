# %% backward_without_carry
# Nothing comes from later steps.
# named: back_not_carried
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    dx = torch.zeros_like(x)
    dWx, dWh, db = torch.zeros_like(Wx), torch.zeros_like(Wh), torch.zeros_like(b)
    for t in range(x.shape[1] - 1, -1, -1):
        eps = dhs[:, t] * (1 - hs[:, t] ** 2)
        before = hs[:, t - 1] if t > 0 else h0
        dx[:, t] = eps @ Wx
        dWx = dWx + eps.T @ x[:, t]
        dWh = dWh + eps.T @ before
        db = db + eps.sum(0)
        dh0 = eps @ Wh
    return dx, dh0, dWx, dWh, db

# %% backward_from_the_front
# The loop runs from the first step to the last.
# named: back_forwards
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    dx = torch.zeros_like(x)
    dWx, dWh, db = torch.zeros_like(Wx), torch.zeros_like(Wh), torch.zeros_like(b)
    carry = torch.zeros_like(h0)
    for t in range(x.shape[1]):
        eps = (dhs[:, t] + carry) * (1 - hs[:, t] ** 2)
        before = hs[:, t - 1] if t > 0 else h0
        dx[:, t] = eps @ Wx
        dWx = dWx + eps.T @ x[:, t]
        dWh = dWh + eps.T @ before
        db = db + eps.sum(0)
        carry = eps @ Wh
    return dx, carry, dWx, dWh, db

# %% backward_carry_transposed
# The carry goes through Wh^T.
# like: in_place
# named: back_carry_untransposed
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    with torch.no_grad():
        e = dhs.clone()
        slope = 1 - hs * hs
        for t in range(x.shape[1] - 1, 0, -1):
            e[:, t] *= slope[:, t]
            e[:, t - 1] += e[:, t] @ Wh.T
        e[:, 0] *= slope[:, 0]
        earlier = hs.clone().roll(1, dims=1)
        earlier[:, 0] = h0
        flat = e.reshape(-1, e.shape[2])
        dWx = flat.T @ x.reshape(-1, x.shape[2])
        dWh = flat.T @ earlier.reshape(-1, e.shape[2])
        return e @ Wx, e[:, 0] @ Wh.T, dWx, dWh, flat.sum(0)

# %% backward_without_slope
# No derivative of tanh.
# named: back_without_slope
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    dx = torch.zeros_like(x)
    dWx, dWh, db = torch.zeros_like(Wx), torch.zeros_like(Wh), torch.zeros_like(b)
    carry = torch.zeros_like(h0)
    for t in range(x.shape[1] - 1, -1, -1):
        eps = dhs[:, t] + carry
        before = hs[:, t - 1] if t > 0 else h0
        dx[:, t] = eps @ Wx
        dWx += eps.T @ x[:, t]
        dWh += eps.T @ before
        db += eps.sum(0)
        carry = eps @ Wh
    return dx, carry, dWx, dWh, db

# %% backward_slope_not_squared
# 1 - h in place of 1 - h^2.
# like: einsum
# named: back_slope_not_squared
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    slope = 1 - hs
    eps = [None] * x.shape[1]
    back = 0
    for t in reversed(range(x.shape[1])):
        eps[t] = (dhs[:, t] + back) * slope[:, t]
        back = torch.einsum("nh,hk->nk", eps[t], Wh)
    e = torch.stack(eps, 1)
    earlier = torch.cat([h0.unsqueeze(1), hs[:, :-1]], dim=1)
    return (
        torch.einsum("nth,hd->ntd", e, Wx),
        back,
        torch.einsum("nth,ntd->hd", e, x),
        torch.einsum("nth,ntk->hk", e, earlier),
        torch.einsum("nth->h", e),
    )

# %% backward_slope_of_sigmoid
# h (1 - h), the derivative of a sigmoid.
# like: recursion
# named: back_slope_of_sigmoid
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    rest = None
    delta = dhs[:, 0]
    if x.shape[1] > 1:
        rest = rnn_backward(dhs[:, 1:], x[:, 1:], hs[:, 0], hs[:, 1:], Wx, Wh, b)
        delta = delta + rest[1]
    e = delta * hs[:, 0] * (1 - hs[:, 0])
    dx, dWx, dWh, db = (e @ Wx)[:, None], e.T @ x[:, 0], e.T @ h0, e.sum(dim=0)
    if rest is not None:
        dx, dWx, dWh, db = torch.cat([dx, rest[0]], 1), dWx + rest[2], dWh + rest[3], db + rest[4]
    return dx, e @ Wh, dWx, dWh, db

# %% backward_slope_of_tanh_of_hs
# hs is taken for the argument: 1 - tanh(hs)^2.
# like: numpy
# named: back_slope_of_tanh_twice
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    up, X, first, S, A, B = map(a, (dhs, x, h0, hs, Wx, Wh))
    T = X.shape[1]
    E = np.zeros_like(S)
    way = np.zeros_like(first)
    for t in range(T)[::-1]:
        E[:, t] = (up[:, t] + way) * (1 - np.tanh(S[:, t]) ** 2)
        way = E[:, t] @ B
    before = np.concatenate([first[:, None], S[:, :T - 1]], axis=1)
    dWx = np.tensordot(E, X, axes=([0, 1], [0, 1]))
    dWh = np.tensordot(E, before, axes=([0, 1], [0, 1]))
    return tuple(back(v, x) for v in (E @ A, way, dWx, dWh, E.sum(axis=(0, 1))))

# %% backward_same_time_state
# dWh with h_t in place of h_{t-1}.
# named: back_state_after
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    dx = torch.zeros_like(x)
    dWx, dWh, db = torch.zeros_like(Wx), torch.zeros_like(Wh), torch.zeros_like(b)
    carry = torch.zeros_like(h0)
    for t in range(x.shape[1] - 1, -1, -1):
        eps = (dhs[:, t] + carry) * (1 - hs[:, t] ** 2)
        dx[:, t] = eps @ Wx
        dWx = dWx + eps.T @ x[:, t]
        dWh = dWh + eps.T @ hs[:, t]
        db = db + eps.sum(0)
        carry = eps @ Wh
    return dx, carry, dWx, dWh, db

# %% backward_hs_minus_one
# Without a case for the first step: hs[:, -1] is the last state.
# like: classes
# named: back_start_wraps
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    out = Gradients(x, Wx, Wh, b)
    dh = torch.zeros_like(h0)
    times = list(range(x.size(1)))
    for t in times[::-1]:
        e = (dh + dhs[:, t]) * (1.0 - hs[:, t].pow(2))
        out.add(t, e, x[:, t], hs[:, t - 1], Wx)
        dh = e @ Wh
    return out.dx, dh, out.dWx, out.dWh, out.db

# %% backward_first_step_skipped_in_dWh
# h0 plays no part in dWh.
# like: float64_inside
# named: back_start_as_zeros
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    dtype = x.dtype
    dhs, x, h0, hs, Wx, Wh, b = [v.double() for v in (dhs, x, h0, hs, Wx, Wh, b)]
    dx, dWx, dWh, db = [torch.zeros_like(v) for v in (x, Wx, Wh, b)]
    d = torch.zeros_like(h0)
    for t in range(x.shape[1] - 1, -1, -1):
        e = (dhs[:, t] + d) * (1 - hs[:, t].square())
        dx[:, t] = e @ Wx
        dWx += e.mT @ x[:, t]
        if t > 0:
            dWh += e.mT @ hs[:, t - 1]
        db += e.sum(0)
        d = e @ Wh
    return tuple(g.to(dtype) for g in (dx, d, dWx, dWh, db))

# %% backward_last_parts_only
# The parameters' gradients are overwritten in each step.
# named: back_overwritten, back_dWx_overwritten, back_dWh_overwritten, back_bias_overwritten
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    dx = torch.zeros_like(x)
    carry = torch.zeros_like(h0)
    for t in range(x.shape[1] - 1, -1, -1):
        eps = (dhs[:, t] + carry) * (1 - hs[:, t] ** 2)
        before = hs[:, t - 1] if t > 0 else h0
        dx[:, t] = eps @ Wx
        dWx = eps.T @ x[:, t]
        dWh = eps.T @ before
        db = eps.sum(0)
        carry = eps @ Wh
    return dx, carry, dWx, dWh, db

# %% backward_divided_by_N
# Means over the samples.
# like: functional
# named: back_mean_over_samples
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    N, T = x.shape[:2]
    previous = torch.cat((h0[:, None], hs), dim=1)
    de = torch.zeros_like(hs)
    step = torch.zeros_like(h0)
    for t in range(T - 1, -1, -1):
        de[:, t] = (dhs[:, t] + step) * (1 - hs[:, t] ** 2)
        step = torch.mm(de[:, t], Wh)
    flat = de.flatten(0, 1)
    dWx = flat.t().mm(x.flatten(0, 1)) / N
    dWh = flat.t().mm(previous[:, :T].flatten(0, 1)) / N
    return de.matmul(Wx), step, dWx, dWh, flat.sum(dim=0) / N

# %% backward_db_mean
# db is a mean over the samples.
# named: back_bias_mean
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    dx = torch.zeros_like(x)
    dWx, dWh, db = torch.zeros_like(Wx), torch.zeros_like(Wh), torch.zeros_like(b)
    carry = torch.zeros_like(h0)
    for t in range(x.shape[1] - 1, -1, -1):
        eps = (dhs[:, t] + carry) * (1 - hs[:, t] ** 2)
        before = hs[:, t - 1] if t > 0 else h0
        dx[:, t] = eps @ Wx
        dWx = dWx + eps.T @ x[:, t]
        dWh = dWh + eps.T @ before
        db = db + eps.mean(0)
        carry = eps @ Wh
    return dx, carry, dWx, dWh, db

# %% backward_divided_by_T
# The parameters' gradients are means over the steps.
# like: einsum
# named: back_mean_over_times
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    T = x.shape[1]
    slope = 1 - hs ** 2
    eps = [None] * T
    back = 0
    for t in reversed(range(T)):
        eps[t] = (dhs[:, t] + back) * slope[:, t]
        back = torch.einsum("nh,hk->nk", eps[t], Wh)
    e = torch.stack(eps, 1)
    earlier = torch.cat([h0.unsqueeze(1), hs[:, :-1]], dim=1)
    return (
        torch.einsum("nth,hd->ntd", e, Wx),
        back,
        torch.einsum("nth,ntd->hd", e, x) / T,
        torch.einsum("nth,ntk->hk", e, earlier) / T,
        torch.einsum("nth->h", e) / T,
    )

# %% backward_dh0_is_delta
# dh0 is the gradient of the first state, not of the one before.
# like: one_matrix
# named: back_dh0_of_first_state
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    N, T, D = x.shape
    dx, dWx, dWh, db = torch.zeros_like(x), 0, 0, 0
    carry = torch.zeros_like(h0)
    for t in range(T)[::-1]:
        dh = dhs[:, t] + carry
        e = dh * (1 - hs[:, t] ** 2)
        dx[:, t] = e @ Wx
        dWx = dWx + e.T @ x[:, t]
        dWh = dWh + e.T @ (hs[:, t - 1] if t else h0)
        db = db + e.sum(0)
        carry = e @ Wh
    return dx, dh, dWx, dWh, db

# %% backward_dh0_last_carry_of_one
# dh0 is eps_1, without Wh.
# named: back_dh0_without_weights
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    dx = torch.zeros_like(x)
    dWx, dWh, db = torch.zeros_like(Wx), torch.zeros_like(Wh), torch.zeros_like(b)
    carry = torch.zeros_like(h0)
    for t in range(x.shape[1] - 1, -1, -1):
        eps = (dhs[:, t] + carry) * (1 - hs[:, t] ** 2)
        before = hs[:, t - 1] if t > 0 else h0
        dx[:, t] = eps @ Wx
        dWx = dWx + eps.T @ x[:, t]
        dWh = dWh + eps.T @ before
        db = db + eps.sum(0)
        carry = eps @ Wh
    return dx, eps, dWx, dWh, db

# %% backward_one_step_back
# Truncated: the carry of a step holds only the way through one more step.
# named: -
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    slope = 1 - hs ** 2
    direct = dhs * slope
    later = torch.zeros_like(dhs)
    later[:, :-1] = direct[:, 1:] @ Wh
    e = (dhs + later) * slope
    earlier = torch.cat([h0[:, None], hs[:, :-1]], dim=1)
    dWx = torch.einsum("nth,ntd->hd", e, x)
    dWh = torch.einsum("nth,ntk->hk", e, earlier)
    return e @ Wx, e[:, 0] @ Wh, dWx, dWh, e.sum((0, 1))

# %% backward_carry_is_delta
# The carry is delta Wh, without the slope.
# like: recursion
# named: back_carry_without_slope_but_to_start
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    dx = torch.zeros_like(x)
    dWx, dWh, db = torch.zeros_like(Wx), torch.zeros_like(Wh), torch.zeros_like(b)
    carry = torch.zeros_like(h0)
    for t in range(x.shape[1] - 1, -1, -1):
        delta = dhs[:, t] + carry
        eps = delta * (1 - hs[:, t] ** 2)
        before = hs[:, t - 1] if t > 0 else h0
        dx[:, t] = eps @ Wx
        dWx = dWx + eps.T @ x[:, t]
        dWh = dWh + eps.T @ before
        db = db + eps.sum(0)
        carry = delta @ Wh
    return dx, eps @ Wh, dWx, dWh, db

# %% backward_slope_on_dhs_only
# The slope multiplies dhs alone, not the carry.
# like: classes
# named: back_carried_outside
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    out = Gradients(x, Wx, Wh, b)
    dh = torch.zeros_like(h0)
    for t in range(x.size(1))[::-1]:
        e = dhs[:, t] * (1.0 - hs[:, t].pow(2)) + dh
        out.add(t, e, x[:, t], h0 if t == 0 else hs[:, t - 1], Wx)
        dh = e @ Wh
    return out.dx, dh, out.dWx, out.dWh, out.db

# %% backward_last_dhs_only
# Only the loss of the last step.
# named: back_last_only
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    dx = torch.zeros_like(x)
    dWx, dWh, db = torch.zeros_like(Wx), torch.zeros_like(Wh), torch.zeros_like(b)
    delta = dhs[:, -1]
    for t in range(x.shape[1] - 1, -1, -1):
        eps = delta * (1 - hs[:, t] ** 2)
        before = hs[:, t - 1] if t > 0 else h0
        dx[:, t] = eps @ Wx
        dWx = dWx + eps.T @ x[:, t]
        dWh = dWh + eps.T @ before
        db = db + eps.sum(0)
        delta = eps @ Wh
    return dx, delta, dWx, dWh, db

# %% backward_dWh_transposed
# dWh = h^T eps.
# like: in_place
# named: back_dWh_transposed
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    with torch.no_grad():
        e = dhs.clone()
        slope = 1 - hs * hs
        for t in range(x.shape[1] - 1, 0, -1):
            e[:, t] *= slope[:, t]
            e[:, t - 1] += e[:, t] @ Wh
        e[:, 0] *= slope[:, 0]
        earlier = hs.clone().roll(1, dims=1)
        earlier[:, 0] = h0
        flat = e.reshape(-1, e.shape[2])
        dWx = flat.T @ x.reshape(-1, x.shape[2])
        dWh = earlier.reshape(-1, e.shape[2]).T @ flat
        return e @ Wx, e[:, 0] @ Wh, dWx, dWh, flat.sum(0)

# %% backward_changes_dhs
# The carry is added to the caller's dhs.
# named: back_changes_upstream
def rnn_backward(dhs, x, h0, hs, Wx, Wh, b):
    dx = torch.zeros_like(x)
    dWx, dWh, db = torch.zeros_like(Wx), torch.zeros_like(Wh), torch.zeros_like(b)
    for t in range(x.shape[1] - 1, -1, -1):
        eps = dhs[:, t] * (1 - hs[:, t] ** 2)
        before = hs[:, t - 1] if t > 0 else h0
        dx[:, t] = eps @ Wx
        dWx += eps.T @ x[:, t]
        dWh += eps.T @ before
        db += eps.sum(0)
        if t > 0:
            dhs[:, t - 1] += eps @ Wh
    return dx, eps @ Wh, dWx, dWh, db
