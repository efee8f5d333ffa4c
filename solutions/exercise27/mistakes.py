"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

#: What several of the edits below replace.
INSIDE = "x @ Wx.T + h @ Wh.T + b"
STEP = "h = rnn_step(x[:, t], h, Wx, Wh, b)"
LOOP = "for t in range(x.shape[1]):"
SLOPE = "(1 - hs[:, t] ** 2)"
BACK = "(dhs[:, t] + dh) * (1 - hs[:, t] ** 2)"
BEFORE = "hs[:, t - 1] if t > 0 else h0"
GRADIENTS = "return dx, dh, dWx, dWh, db"
CELL = "c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)"
CUT = "i, f, g, o ="
ALL = "torch.cat([grad.flatten() for grad in grads])"
NORM = "torch.cat([grad.flatten() for grad in grads]).norm().item()"
FACTOR = "max_norm / max(norm, max_norm)"
ROW = "x[n, : len(seq)] = seq"
COUNT = "len(seq) for seq in seqs"
LAST = "hs[torch.arange(len(hs)), lengths - 1]"
VALID = "torch.where(valid, loss, 0).sum()"
MEAN = "torch.where(valid, loss, 0).sum() / lengths.sum()"

# --- rnn_step

step_without_tanh = edit("rnn_step", {f"torch.tanh({INSIDE})": INSIDE}).says("tanh is missing: this is its argument")
step_sigmoid = edit("rnn_step", {"torch.tanh": "torch.sigmoid"}).says("this is the sigmoid; a state is a tanh")
step_relu = edit("rnn_step", {"torch.tanh": "torch.relu"}).says("this is the ReLU; a state is a tanh")
step_without_bias = edit("rnn_step", {" + b": ""}).says("the bias b is missing")
step_bias_twice = edit("rnn_step", {" + b": " + 2 * b"}).says(
    "b is added twice; there is one bias, for x and h together"
)
step_without_state = edit("rnn_step", {" + h @ Wh.T": ""}).says("the old state h is missing: nothing is remembered")
step_without_input = edit("rnn_step", {"x @ Wx.T + ": ""}).says("the input x is missing")
step_state_untransposed = edit("rnn_step", {"Wh.T": "Wh"}).says(
    "Wh is not transposed: unit j of the new state has the weights in row j of Wh"
)
step_input_untransposed = edit("rnn_step", {"Wx.T": "Wx"}).says(
    "Wx is not transposed: unit j of the new state has the weights in row j of Wx"
)
step_bias_outside = edit("rnn_step", {INSIDE + ")": "x @ Wx.T + h @ Wh.T) + b"}).says(
    "b is added after the tanh; it belongs inside"
)
step_state_outside = edit("rnn_step", {INSIDE + ")": "x @ Wx.T + b) + h @ Wh.T"}).says(
    "h Whᵀ is added after the tanh; it belongs inside"
)
step_state_kept = edit("rnn_step", {"torch.tanh": "h + torch.tanh"}).says(
    "the old state is added to the tanh; the new state is the tanh alone"
)
step_overflow = edit(
    "rnn_step", f"z = {INSIDE}\nreturn (torch.exp(z) - torch.exp(-z)) / (torch.exp(z) + torch.exp(-z))"
).says("tanh of large numbers is NaN: the exponentials overflow, and ∞/∞ is NaN")

# --- rnn_forward

forward_ignores_start = edit("rnn_forward", {"h, hs = h0, []": "h, hs = torch.zeros_like(h0), []"}).says(
    "the network starts from zeros; h0 is the state before the first step"
)
forward_state_not_kept = edit("rnn_forward", {STEP: "h = rnn_step(x[:, t], h0, Wx, Wh, b)"}).says(
    "every step starts from h0; it starts from the state after the step before"
)
forward_backwards = edit(
    "rnn_forward", {LOOP: "for t in reversed(range(x.shape[1])):", "hs.append(h)": "hs.insert(0, h)"}
).says("the steps go from the last time to the first")
forward_backwards_in_order = edit("rnn_forward", {LOOP: "for t in reversed(range(x.shape[1])):"}).says(
    "the steps go from the last time to the first"
)
forward_last_repeated = edit("rnn_forward", {"torch.stack(hs, dim=1)": "torch.stack([h] * len(hs), dim=1)"}).says(
    "the last state stands at every time: is one tensor changed in place and put into the list again and again?"
)
forward_before_each_step = edit("rnn_forward", {f"{STEP}\nhs.append(h)": f"hs.append(h)\n{STEP}"}).says(
    "these are the states before each step, h0 first; those after each step are asked for"
)
forward_start_as_first = edit(
    "rnn_forward", {"h, hs = h0, []": "h, hs = h0, [h0]", LOOP: "for t in range(1, x.shape[1]):"}
).says("the first state is h0, and the first input is not used; the first state is the one after the first step")
forward_time_first = edit("rnn_forward", {"torch.stack(hs, dim=1)": "torch.stack(hs)"}).says(
    "time is the first axis of the result; the samples are to be the first, and time the second"
)
forward_reshaped = edit("rnn_forward", {"torch.stack(hs, dim=1)": "torch.stack(hs).reshape(len(x), -1, len(b))"}).says(
    "samples and times are mixed up: a reshape from [T, N, H] to [N, T, H] does not exchange the axes"
)
forward_times_for_samples = edit(
    "rnn_forward", {LOOP: "for t in range(len(x)):", "x[:, t]": "x[t]", "torch.stack(hs, dim=1)": "torch.stack(hs)"}
).says("the first axis of x is taken for time; it counts the samples, and the second one is time")

# --- rnn_backward

back_not_carried = edit("rnn_backward", {"(dhs[:, t] + dh)": "dhs[:, t]"}).says(
    "what a state does to the states after it is missing: beside dhs[:, t] there is a gradient that comes back from "
    "step t + 1"
)
back_last_only = edit("rnn_backward", {"(dhs[:, t] + dh)": "(dh if t < x.shape[1] - 1 else dhs[:, t])"}).says(
    "only the upstream gradient of the last time counts; each state has one of its own, dhs[:, t]"
)
back_carried_outside = edit("rnn_backward", {BACK: f"dhs[:, t] * {SLOPE} + dh"}).says(
    "what comes back from step t + 1 is added after the slope of tanh; it goes through the tanh of step t as well"
)
back_carry_without_slope = edit("rnn_backward", {"dh = dz @ Wh": "dh = (dhs[:, t] + dh) @ Wh"}).says(
    "on the way from one state back to the one before, the slope of tanh is missing"
)
back_carry_without_slope_but_to_start = edit(
    "rnn_backward", {"dh = dz @ Wh": "dh = (dhs[:, t] + dh) @ Wh", GRADIENTS: "return dx, dz @ Wh, dWx, dWh, db"}
).says("on the way from one state back to the one before, the slope of tanh is missing")
back_carry_untransposed = edit("rnn_backward", {"dh = dz @ Wh": "dh = dz @ Wh.T"}).says(
    "the way back from state to state goes through Whᵀ; forward it is h Whᵀ, so back it is dz Wh"
)
back_carry_without_weights = edit("rnn_backward", {"dh = dz @ Wh": "dh = dz"}).says(
    "on the way from one state back to the one before, Wh is missing"
)
back_state_added_up = edit("rnn_backward", {"dh = dz @ Wh": "dh = dhs[:, t] + dh + dz @ Wh"}).says(
    "the gradient of a state is handed on to the state before, besides what goes through the step; dz Wh is all that "
    "goes back"
)
back_without_slope = edit("rnn_backward", {f" * {SLOPE}": ""}).says("the slope of tanh is missing, in all gradients")
back_slope_of_sigmoid = edit("rnn_backward", {SLOPE: "(hs[:, t] * (1 - hs[:, t]))"}).says(
    "h(1 − h) is the slope of the sigmoid, not of tanh"
)
back_slope_not_squared = edit("rnn_backward", {SLOPE: "(1 - hs[:, t])"}).says(
    "the slope of tanh lacks a square: this is 1 − h"
)
back_slope_of_tanh_twice = edit("rnn_backward", {SLOPE: "(1 - torch.tanh(hs[:, t]) ** 2)"}).says(
    "this is the slope of tanh at hs; hs is a tanh already, and the slope is wanted where that was taken"
)
back_slope_at_preactivation = edit("rnn_backward", {SLOPE: "(1 - (x[:, t] @ Wx.T + before @ Wh.T + b) ** 2)"}).says(
    "1 − z² with the pre-activation z; the slope of tanh at z is 1 − h², and h is its value"
)
back_slope_of_before = edit("rnn_backward", {SLOPE: "(1 - before**2)"}).says(
    "the slope of tanh is made from the state before the step; it follows from the state after it"
)
back_state_after = edit("rnn_backward", {"dz.T @ before": "dz.T @ hs[:, t]"}).says(
    "dWh is made with the state after each step; Wh was multiplied by the state before it"
)
back_start_as_zeros = edit("rnn_backward", {BEFORE: "hs[:, t - 1] if t > 0 else torch.zeros_like(h0)"}).says(
    "dWh lacks the first step: the state before it is h0"
)
back_start_wraps = edit("rnn_backward", {BEFORE: "hs[:, t - 1]"}).says(
    "in dWh the first step has the last state in place of h0: index −1 counts from the end"
)
back_dh0_zero = edit("rnn_backward", {GRADIENTS: "return dx, torch.zeros_like(h0), dWx, dWh, db"}).says(
    "dh0 is 0; h0 goes into the first step, and through it into all the others"
)
back_dh0_without_weights = edit("rnn_backward", {GRADIENTS: "return dx, dz, dWx, dWh, db"}).says(
    "dh0 is the gradient inside the tanh of the first step; the way through Wh to h0 is missing"
)
back_dh0_of_first_state = edit(
    "rnn_backward",
    {f"dz = {BACK}": f"first = dhs[:, t] + dh\ndz = first * {SLOPE}", GRADIENTS: "return dx, first, dWx, dWh, db"},
).says("dh0 is the gradient of the state after the first step; h0 is the one before it")
back_overwritten = edit(
    "rnn_backward", {"dWx += dz.T": "dWx = dz.T", "dWh += dz.T": "dWh = dz.T", "db += dz": "db = dz"}
).says("dWx, dWh and db are those of the first step alone: all steps use the same parameters, so their parts add up")
back_return_in_loop = edit("rnn_backward", {GRADIENTS: f"    {GRADIENTS}"}).says(
    "only the last step is gone back: does the return stand inside the loop?"
)
back_mean_over_samples = edit(
    "rnn_backward", {GRADIENTS: "return dx, dh, dWx / len(x), dWh / len(x), db / len(x)"}
).says("dWx, dWh and db are divided by N; a mean over samples, if there is one, is in dhs already")
back_mean_over_times = edit(
    "rnn_backward", {GRADIENTS: "return dx, dh, dWx / x.shape[1], dWh / x.shape[1], db / x.shape[1]"}
).says("dWx, dWh and db are divided by T; the parts of the steps add up")
back_bias_mean = edit("rnn_backward", {"dz.sum(dim=0)": "dz.mean(dim=0)"}).says(
    "db is a mean over the samples; it is a sum, as dWx and dWh are"
)
back_dx_without_slope = edit("rnn_backward", {"dx[:, t] = dz @ Wx": "dx[:, t] = (dhs[:, t] + dh) @ Wx"}).says(
    "in dx the slope of tanh is missing"
)
back_dWx_overwritten = edit("rnn_backward", {"dWx += dz.T": "dWx = dz.T"}).says(
    "dWx is that of the first step alone: all steps use the same Wx, so their parts add up"
)
back_dWh_overwritten = edit("rnn_backward", {"dWh += dz.T": "dWh = dz.T"}).says(
    "dWh is that of the first step alone: all steps use the same Wh, so their parts add up"
)
back_bias_overwritten = edit("rnn_backward", {"db += dz": "db = dz"}).says(
    "db is that of the first step alone: all steps use the same b, so their parts add up"
)
back_dWh_transposed = edit("rnn_backward", {"dz.T @ before": "before.T @ dz"}).says(
    "dWh is transposed: row j belongs to unit j of the new state"
)
back_forwards = edit("rnn_backward", {"reversed(range(x.shape[1]))": "range(x.shape[1])"}).says(
    "the steps are gone through from the first to the last; the gradient of a state needs that of the state after it"
)
back_dx_reversed = edit("rnn_backward", {"dx[:, t]": "dx[:, -1 - t]"}).says(
    "dx is in the wrong order of time: was the last step, with which the way back begins, put first?"
)
back_changes_upstream = edit("rnn_backward", {f"dz = {BACK}": f"dhs[:, t] += dh\ndz = dhs[:, t] * {SLOPE}"}).says(
    "dhs itself is changed: what comes back from later steps is added to it in place"
)

# --- clip_by_norm

clip_each = edit(
    "clip_by_norm", {"grad * factor for": "grad * (max_norm / max(float(grad.norm()), max_norm)) for"}
).says("each tensor is cut down by its own norm; there is one norm, and one factor, for all tensors together")
clip_entries = edit("clip_by_norm", {"grad * factor": "grad.clamp(-max_norm, max_norm)"}).says(
    "each number is kept within ±max_norm, which turns the gradient to another direction; all are multiplied by one "
    "factor"
)
clip_always = edit("clip_by_norm", {FACTOR: "max_norm / norm"}).says(
    "a norm below the limit is raised to it; below the limit the gradients stay as they are"
)
clip_always_with_epsilon = edit("clip_by_norm", {FACTOR: "max_norm / (norm + 1e-6)"}).says(
    "a norm below the limit is raised to it; below the limit the gradients stay as they are"
)
clip_small_only = edit("clip_by_norm", {FACTOR: "max_norm / min(norm, max_norm)"}).says(
    "gradients below the limit are enlarged, and those above it stay as they are; it is to be the other way round"
)
clip_upside_down = edit("clip_by_norm", {FACTOR: "max(norm, max_norm) / max_norm"}).says(
    "the factor is upside down: large gradients become larger"
)
clip_to_one = edit("clip_by_norm", {FACTOR: "1 / norm if norm > max_norm else 1.0"}).says(
    "above the limit the norm becomes 1; it is to become max_norm"
)
clip_without_root = edit("clip_by_norm", {f"{ALL}.norm()": f"{ALL}.square().sum()"}).says(
    "the norm lacks its root: this is the sum of the squares"
)
clip_sum_of_norms = edit("clip_by_norm", {NORM: "sum(float(grad.norm()) for grad in grads)"}).says(
    "the norms of the tensors are added up; the common norm is the root of the sum of all squares"
)
clip_of_absolutes = edit("clip_by_norm", {f"{ALL}.norm()": f"{ALL}.abs().sum()"}).says(
    "this is the sum of the absolute values; the norm is the root of the sum of the squares"
)
clip_of_largest = edit("clip_by_norm", {f"{ALL}.norm()": f"{ALL}.abs().max()"}).says(
    "the largest number stands for the norm; that is the root of the sum of all squares"
)
clip_largest_norm = edit("clip_by_norm", {NORM: "max(float(grad.norm()) for grad in grads)"}).says(
    "the largest of the tensors' norms stands for the common one; that is the root of the sum of all squares"
)
clip_root_mean_square = edit("clip_by_norm", {f"{ALL}.norm()": f"{ALL}.square().mean().sqrt()"}).says(
    "the squares are averaged; in the norm they are added up"
)
clip_norm_after = edit("clip_by_norm", {"], norm": "], min(norm, max_norm)"}).says(
    "the norm that is returned is the one after clipping; that before it is asked for"
)
clip_factor_returned = edit("clip_by_norm", {"], norm": "], factor"}).says(
    "the factor is returned in place of the norm"
)
clip_in_place = edit("clip_by_norm", {"grad * factor": "grad.mul_(factor)"}).says(
    "the gradients that were handed in are changed; make new ones"
)

# --- lstm_cell

lstm_ifog = edit("lstm_cell", {CUT: "i, f, o, g ="}).says(
    "the rows are read in the order i, f, o, g; here it is i, f, g, o, as in PyTorch"
)
lstm_figo = edit("lstm_cell", {CUT: "f, i, g, o ="}).says(
    "the first H rows serve as the forget gate, and the next H as the input gate; it is the other way round: i comes "
    "first, and it is f that the old cell is multiplied by"
)
lstm_fiog = edit("lstm_cell", {CUT: "f, i, o, g ="}).says(
    "the rows are read in the order f, i, o, g; here it is i, f, g, o"
)
lstm_igfo = edit("lstm_cell", {CUT: "i, g, f, o ="}).says(
    "the rows are read in the order i, g, f, o; here it is i, f, g, o"
)
lstm_rows_interleaved = edit("lstm_cell", {".chunk(4, dim=1)": ".reshape(len(x), -1, 4).unbind(dim=2)"}).says(
    "the four rows of a unit are looked for side by side; the first H rows are all those of i, the next H those of f"
)
lstm_sigmoid_of_candidate = edit("lstm_cell", {"torch.tanh(g)": "torch.sigmoid(g)"}).says(
    "the candidate g has a sigmoid; it has a tanh, so that the cell can also fall"
)
lstm_candidate_without_tanh = edit("lstm_cell", {"torch.tanh(g)": "g"}).says("the tanh of the candidate g is missing")
lstm_gates_without_sigmoid = edit("lstm_cell", {CELL: "c = f * c + i * torch.tanh(g)", "torch.sigmoid(o)": "o"}).says(
    "the gates have no sigmoid, so that they are not between 0 and 1"
)
lstm_without_forget = edit("lstm_cell", {"torch.sigmoid(f) * c": "c"}).says(
    "the forget gate is missing: the old cell is kept whole"
)
lstm_forget_upside_down = edit("lstm_cell", {"torch.sigmoid(f) * c": "(1 - torch.sigmoid(f)) * c"}).says(
    "the old cell is multiplied by 1 − f; the forget gate says how much of it stays, not how much goes"
)
lstm_without_old_cell = edit("lstm_cell", {"torch.sigmoid(f) * c + ": ""}).says(
    "the old cell is missing: nothing is remembered"
)
lstm_without_input_gate = edit("lstm_cell", {"torch.sigmoid(i) * ": ""}).says(
    "the input gate is missing: the candidate goes into the cell whole"
)
lstm_without_output_gate = edit("lstm_cell", {"torch.sigmoid(o) * ": ""}).says(
    "the output gate is missing: h is tanh(c)"
)
lstm_coupled = edit("lstm_cell", {"torch.sigmoid(i)": "(1 - torch.sigmoid(f))"}).says(
    "1 − f stands for the input gate; it has rows of its own, the first H"
)
lstm_forget_bias = edit("lstm_cell", {"torch.sigmoid(f)": "torch.sigmoid(f + 1)"}).says(
    "1 is added to the forget gate's pre-activation; b holds whatever is to be added"
)
lstm_h_without_tanh = edit("lstm_cell", {"torch.tanh(c), c": "c, c"}).says(
    "h is the output gate times the cell; it is times tanh of the cell"
)
lstm_tanh_of_both = edit("lstm_cell", {"torch.sigmoid(o) * torch.tanh(c)": "torch.tanh(torch.sigmoid(o) * c)"}).says(
    "the tanh is taken of the output gate times the cell; it is taken of the cell alone"
)
lstm_h_of_old_cell = edit(
    "lstm_cell", {"c = torch": "old = c\nc = torch", "torch.tanh(c), c": "torch.tanh(old), c"}
).says("h is made from the old cell; it is made from the new one")
lstm_state_for_cell = edit("lstm_cell", {"torch.sigmoid(f) * c": "torch.sigmoid(f) * h"}).says(
    "the forget gate is multiplied by the old h; it is multiplied by the old cell"
)
lstm_exchanged = edit(
    "lstm_cell", {"return torch.sigmoid(o) * torch.tanh(c), c": "return c, torch.sigmoid(o) * torch.tanh(c)"}
).says("the two results are exchanged: h comes first, then c")
lstm_cell_after_tanh = edit("lstm_cell", {"torch.tanh(c), c": "torch.tanh(c), torch.tanh(c)"}).says(
    "the tanh of the new cell is returned as the cell; that is only for h"
)
lstm_old_cell_returned = edit(
    "lstm_cell", {"c = torch": "old = c\nc = torch", "torch.tanh(c), c": "torch.tanh(c), old"}
).says("the old cell is returned in place of the new one")
lstm_without_bias = edit("lstm_cell", {" + b)": ")"}).says("the bias b is missing")
lstm_bias_twice = edit("lstm_cell", {" + b)": " + 2 * b)"}).says(
    "b is added twice; there is one bias, for x and h together"
)
lstm_without_state = edit("lstm_cell", {" + h @ Wh.T": ""}).says("the old state h is missing from the gates")
lstm_overflow = edit(
    "lstm_cell",
    {
        CELL: "def sigmoid(z):\n    return torch.exp(z) / (1 + torch.exp(z))\n"
        + CELL.replace("torch.sigmoid", "sigmoid"),
        "torch.sigmoid(o)": "sigmoid(o)",
    },
).says("the sigmoid of large numbers is NaN: the exponential overflows, and ∞/∞ is NaN")
lstm_changes_cell = edit("lstm_cell", {CELL: "c.mul_(torch.sigmoid(f)).add_(torch.sigmoid(i) * torch.tanh(g))"}).says(
    "the cell that was handed in is changed; make a new one"
)

# --- pad_batch

pad_in_front = edit("pad_batch", {ROW: "x[n, x.shape[1] - len(seq) :] = seq"}).says(
    "the zeros stand before the shorter sequences; they are to follow them"
)
pad_to_shortest = edit(
    "pad_batch", {"max(map(len, seqs))": "min(map(len, seqs))", ROW: "x[n] = seq[: x.shape[1]]"}
).says("the longer sequences are cut off; the shorter ones are to be filled up")
pad_with_last = edit("pad_batch", {ROW: f"{ROW}\nx[n, len(seq) :] = seq[-1]"}).says(
    "the last row of a sequence is repeated; zeros are to follow it"
)
pad_with_ones = edit("pad_batch", {"new_zeros": "new_ones"}).says("the padding is 1; it is to be 0")
pad_sorted = edit("pad_batch", {"lengths =": "seqs = sorted(seqs, key=len, reverse=True)\nlengths ="}).says(
    "the sequences are sorted by length; they are to stay in their order"
)
pad_time_first = edit("pad_batch", {"return x, lengths": "return x.transpose(0, 1).clone(), lengths"}).says(
    "time is the first axis of the block; the sequences are to be the first, and time the second"
)
pad_all_of_one_length = edit("pad_batch", {COUNT: "max(map(len, seqs)) for _ in seqs"}).says(
    "the lengths are all T; each sequence has its own"
)
pad_lengths_less_one = edit("pad_batch", {COUNT: "len(seq) - 1 for seq in seqs"}).says(
    "the lengths are one too small: those are the indices of the last rows"
)
pad_lengths_of_padding = edit("pad_batch", {COUNT: "max(map(len, seqs)) - len(seq) for seq in seqs"}).says(
    "these are the numbers of rows of padding; the sequences' own lengths are asked for"
)
pad_lengths_by_entries = edit("pad_batch", {COUNT: "seq.numel() for seq in seqs"}).says(
    "all numbers of a sequence are counted; its length is the number of its rows"
)
pad_lengths_by_zeros = edit("pad_batch", {"return x, lengths": "return x, (x != 0).any(dim=2).sum(dim=1)"}).says(
    "rows of zeros are not counted, though they are part of a sequence"
)

# --- last_state

last_of_all = edit("last_state", {LAST: "hs[:, -1].clone()"}).says(
    "this is the state at the last time of the block, which may be padding; each sequence has its own last step"
)
last_of_longest = edit("last_state", {LAST: "hs[:, lengths.max() - 1].clone()"}).says(
    "this is the state after the last step of the longest sequence; each sequence has its own last step"
)
last_of_shortest = edit("last_state", {LAST: "hs[:, lengths.min() - 1].clone()"}).says(
    "this is the state after the last step of the shortest sequence; each sequence has its own last step"
)
last_first = edit("last_state", {"lengths - 1": "0 * lengths"}).says("this is the state after the first step")
last_one_later = edit("last_state", {"lengths - 1": "lengths"}).says(
    "this is one step too late, in the padding: of a sequence of length 3, the last step has the index 2"
)
last_one_later_at_most = edit("last_state", {"lengths - 1": "lengths.clamp(max=hs.shape[1] - 1)"}).says(
    "this is one step too late, in the padding: of a sequence of length 3, the last step has the index 2"
)
last_one_earlier = edit("last_state", {"lengths - 1": "lengths - 2"}).says("this is one step too early")
last_of_every_pair = edit("last_state", {LAST: "hs[:, lengths - 1]"}).says(
    "each sequence is given the last steps of all sequences; it has only its own"
)
last_by_product = edit(
    "last_state",
    "here = torch.arange(hs.shape[1], device=hs.device) == lengths[:, None] - 1\n"
    "return (hs * here[:, :, None]).sum(dim=1)",
).says("the states are multiplied by 0 where they don't count: NaN · 0 is NaN, so that NaN in the padding gets through")
last_not_nan = edit("last_state", "return torch.stack([rows[~rows.isnan().any(dim=1)][-1] for rows in hs])").says(
    "this is the last row without NaN, but the padding may also hold numbers; the lengths say what is padding"
)
last_not_zero = edit(
    "last_state", "return torch.stack([rows[(rows != 0).any(dim=1).nonzero()[-1, 0]] for rows in hs])"
).says("this is the last row that is not 0, but the padding may hold anything; the lengths say what is padding")
last_mean = edit(
    "last_state",
    "valid = torch.arange(hs.shape[1], device=hs.device) < lengths[:, None]\n"
    "return torch.where(valid[:, :, None], hs, 0).sum(dim=1) / lengths[:, None]",
).says("this is the mean of all valid states; the last one is asked for")

# --- masked_mean

mean_of_block = edit("masked_mean", {MEAN: "loss.mean()"}).says("the padding counts as well: this is the plain mean")
mean_over_block = edit("masked_mean", {"lengths.sum()": "loss.numel()"}).says(
    "the sum of the valid losses is divided by N·T; divide by the number of valid ones"
)
mean_of_means = edit("masked_mean", {MEAN: "(torch.where(valid, loss, 0).sum(dim=1) / lengths).mean()"}).says(
    "each sequence is averaged first, then the means: so a step of a short sequence counts more. All valid steps count "
    "alike"
)
mean_of_means_by_time = edit(
    "masked_mean", {MEAN: "(torch.where(valid, loss, 0).sum(dim=0) / valid.sum(dim=0).clamp(min=1)).mean()"}
).says("each time is averaged first, then the means: so late steps count more. All valid steps count alike")
mean_over_samples = edit("masked_mean", {"lengths.sum()": "len(loss)"}).says(
    "the sum of the valid losses is divided by N; divide by the number of valid ones"
)
mean_sum = edit("masked_mean", {" / lengths.sum()": ""}).says(
    "this is the sum of the valid losses; divide by their number"
)
mean_of_all_losses = edit("masked_mean", {VALID: "loss.sum()"}).says(
    "the losses in the padding are in the sum, though only valid steps are in the number that it is divided by"
)
mean_by_product = edit("masked_mean", {VALID: "(loss * valid).sum()"}).says(
    "the losses are multiplied by 0 in the padding: NaN · 0 is NaN, so that NaN gets through"
)
mean_skips_nan = edit("masked_mean", {MEAN: "loss.nanmean()"}).says(
    "NaN is left out, but padding that holds numbers counts; the lengths say what is padding"
)
mean_one_more = edit("masked_mean", {"< lengths": "<= lengths"}).says(
    "the mask reaches one step too far: of a sequence of length 3, the steps 0, 1, 2 are valid"
)
mean_one_more_of_more = edit("masked_mean", {"< lengths": "<= lengths", "lengths.sum()": "valid.sum()"}).says(
    "the mask reaches one step too far: of a sequence of length 3, the steps 0, 1, 2 are valid"
)
mean_one_less = edit("masked_mean", {"< lengths[:, None]": "< lengths[:, None] - 1"}).says(
    "the mask leaves out the last step of each sequence"
)
mean_one_less_of_less = edit(
    "masked_mean", {"< lengths[:, None]": "< lengths[:, None] - 1", "lengths.sum()": "valid.sum()"}
).says("the mask leaves out the last step of each sequence")
mean_of_padding = edit("masked_mean", {"torch.where(valid, loss, 0)": "torch.where(valid, 0, loss)"}).says(
    "the mask is the wrong way round: the losses in the padding are added up"
)
mean_detached = edit("masked_mean", {VALID: "torch.where(valid, loss, 0).sum().detach()"}).says(
    "no gradient reaches the losses: their history is lost on the way"
)
mean_gradient_is_nan = edit("masked_mean", {VALID: "torch.where(valid, loss / valid, 0).sum()"}).says(
    "the gradient is NaN in the padding, though the value is right: on the way back 0 is multiplied by NaN or ∞. "
    "Replace the padding before anything else is computed with it"
)
