# %% lstm_order_ifog
# i, f, o, g.
# named: lstm_ifog
def lstm_cell(x, h, c, Wx, Wh, b):
    i, f, o, g = (x @ Wx.T + h @ Wh.T + b).chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c

# %% lstm_order_figo
# Forget gate first.
# like: functional
# named: lstm_figo
def lstm_cell(x, h, c, Wx, Wh, b):
    z = F.linear(torch.cat([x, h], 1), torch.cat([Wx, Wh], 1), b)
    zf, zi, zg, zo = torch.split(z, h.shape[1], dim=1)
    c2 = F.sigmoid(zf) * c + F.sigmoid(zi) * F.tanh(zg)
    return F.sigmoid(zo) * F.tanh(c2), c2

# %% lstm_order_igfo
# g before f.
# like: numpy
# named: lstm_igfo
def lstm_cell(x, h, c, Wx, Wh, b):
    z = a(x) @ a(Wx).T + a(h) @ a(Wh).T + a(b)
    i, g, f, o = np.split(z, 4, axis=1)
    new = sigma(f) * a(c) + sigma(i) * np.tanh(g)
    return back(sigma(o) * np.tanh(new), x), back(new, x)

# %% lstm_interleaved
# Four rows per unit in place of H rows per gate.
# like: einsum
# named: lstm_rows_interleaved
def lstm_cell(x, h, c, Wx, Wh, b):
    N, H = h.shape
    z = (torch.einsum("nd,hd->nh", x, Wx) + torch.einsum("nk,hk->nh", h, Wh) + b).view(N, H, 4)
    i, f, o = z[..., 0].sigmoid(), z[..., 1].sigmoid(), z[..., 3].sigmoid()
    c_new = torch.addcmul(f * c, i, z[..., 2].tanh())
    return o * c_new.tanh(), c_new

# %% lstm_c_without_tanh
# h' = o c'.
# named: lstm_h_without_tanh
def lstm_cell(x, h, c, Wx, Wh, b):
    i, f, g, o = (x @ Wx.T + h @ Wh.T + b).chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * c, c

# %% lstm_old_cell_shown
# h' = o tanh(c) with the old cell.
# like: in_place
# named: lstm_h_of_old_cell
def lstm_cell(x, h, c, Wx, Wh, b):
    i, f, g, o = (x @ Wx.T + h @ Wh.T + b).chunk(4, dim=1)
    new = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), new

# %% lstm_candidate_sigmoid
# The candidate through a sigmoid.
# like: one_matrix
# named: lstm_sigmoid_of_candidate
def lstm_cell(x, h, c, Wx, Wh, b):
    W = torch.hstack([Wx, Wh, b[:, None]])
    z = torch.sigmoid((joined(x, h) @ W.T).unflatten(1, (4, -1)))
    i, f, g, o = z.unbind(1)
    c_next = f * c + i * g
    return o * torch.tanh(c_next), c_next

# %% lstm_candidate_plain
# The candidate without tanh.
# like: sample_by_sample
# named: lstm_candidate_without_tanh
def lstm_cell(x, h, c, Wx, Wh, b):
    i, f, g, o = torch.tensor_split(x @ Wx.T + h @ Wh.T + b, 4, dim=1)
    new_c = torch.sigmoid(f) * c + torch.sigmoid(i) * g
    return torch.sigmoid(o) * torch.tanh(new_c), new_c

# %% lstm_gates_swapped
# i keeps, f adds.
# like: gate_by_gate
# named: lstm_figo
def lstm_cell(x, h, c, Wx, Wh, b):
    i = torch.sigmoid(part(0, x, h, Wx, Wh, b))
    f = torch.sigmoid(part(1, x, h, Wx, Wh, b))
    g = torch.tanh(part(2, x, h, Wx, Wh, b))
    o = torch.sigmoid(part(3, x, h, Wx, Wh, b))
    c_new = i * c + f * g
    return o * torch.tanh(c_new), c_new

# %% lstm_coupled_gates
# 1 - f in place of i.
# named: lstm_coupled
def lstm_cell(x, h, c, Wx, Wh, b):
    _, f, g, o = (x @ Wx.T + h @ Wh.T + b).chunk(4, dim=1)
    f = torch.sigmoid(f)
    c = f * c + (1 - f) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c

# %% lstm_forget_inverted
# f says how much is forgotten.
# like: float64_inside
# named: lstm_forget_upside_down
def lstm_cell(x, h, c, Wx, Wh, b):
    H = c.shape[1]
    z = torch.addmm(b.double(), x.double(), Wx.double().T).addmm(h.double(), Wh.double().T)
    gates = torch.sigmoid(z)
    new = (1 - gates[:, H:2 * H]) * c.double() + gates[:, :H] * z[:, 2 * H:3 * H].tanh()
    return (gates[:, 3 * H:] * new.tanh()).to(x.dtype), new.to(x.dtype)

# %% lstm_no_forget_gate
# The old cell stays whole.
# named: lstm_without_forget
def lstm_cell(x, h, c, Wx, Wh, b):
    i, _, g, o = (x @ Wx.T + h @ Wh.T + b).chunk(4, dim=1)
    c = c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c

# %% lstm_no_input_gate
# The candidate is added whole.
# named: lstm_without_input_gate
def lstm_cell(x, h, c, Wx, Wh, b):
    _, f, g, o = (x @ Wx.T + h @ Wh.T + b).chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c

# %% lstm_forget_bias
# 1 is added to the forget gate's argument, as in some libraries.
# like: functional
# named: lstm_forget_bias
def lstm_cell(x, h, c, Wx, Wh, b):
    z = F.linear(torch.cat([x, h], 1), torch.cat([Wx, Wh], 1), b)
    zi, zf, zg, zo = torch.split(z, h.shape[1], dim=1)
    c2 = F.sigmoid(zf + 1.0) * c + F.sigmoid(zi) * F.tanh(zg)
    return F.sigmoid(zo) * F.tanh(c2), c2

# %% lstm_results_swapped
# (c, h).
# named: lstm_exchanged
def lstm_cell(x, h, c, Wx, Wh, b):
    i, f, g, o = (x @ Wx.T + h @ Wh.T + b).chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return c, torch.sigmoid(o) * torch.tanh(c)

# %% lstm_sigmoid_by_exp
# e^z / (1 + e^z): inf / inf for large z.
# like: stable_by_hand
# named: lstm_overflow
def sigmoid(z):
    e = torch.exp(z)
    return e / (1 + e)

# %% lstm_without_bias
# b is forgotten.
# named: lstm_without_bias
def lstm_cell(x, h, c, Wx, Wh, b):
    i, f, g, o = (x @ Wx.T + h @ Wh.T).chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c

# %% lstm_changes_c
# The caller's cell is changed.
# named: lstm_changes_cell
def lstm_cell(x, h, c, Wx, Wh, b):
    i, f, g, o = (x @ Wx.T + h @ Wh.T + b).chunk(4, dim=1)
    c *= torch.sigmoid(f)
    c += torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c.clone()

# %% lstm_without_state
# The gates look at x alone.
# like: classes
# named: lstm_without_state
def lstm_cell(x, h, c, Wx, Wh, b):
    i, f, g, o = torch.tensor_split(x @ Wx.T + b, 4, dim=1)
    cell = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(cell), cell

# %% lstm_output_gate_into_cell
# The new cell is taken through tanh before it is kept.
# named: lstm_cell_after_tanh
def lstm_cell(x, h, c, Wx, Wh, b):
    i, f, g, o = (x @ Wx.T + h @ Wh.T + b).chunk(4, dim=1)
    c = torch.tanh(torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g))
    return torch.sigmoid(o) * c, c
