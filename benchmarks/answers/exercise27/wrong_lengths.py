# %% pad_in_front
# Zeros come first.
# named: pad_in_front
def pad_batch(seqs):
    lengths = [len(s) for s in seqs]
    x = seqs[0].new_zeros(len(seqs), max(lengths), seqs[0].shape[1])
    for n, s in enumerate(seqs):
        x[n, max(lengths) - len(s):] = s
    return x, torch.tensor(lengths, device=x.device)

# %% pad_cut
# All are cut to the shortest.
# named: pad_to_shortest
def pad_batch(seqs):
    lengths = [len(s) for s in seqs]
    T = min(lengths)
    x = torch.stack([s[:T] for s in seqs])
    return x, torch.tensor(lengths, device=x.device)

# %% pad_sorted
# Longest first.
# like: in_place
# named: pad_sorted
def pad_batch(seqs):
    seqs = sorted(seqs, key=len, reverse=True)
    x = torch.zeros(len(seqs), len(seqs[0]), seqs[0].shape[1]).to(seqs[0])
    for n, s in enumerate(seqs):
        x[n, :len(s)] = s
    return x, torch.tensor([len(s) for s in seqs], device=x.device)

# %% pad_repeats_the_last
# Padding by the last row.
# like: sample_by_sample
# named: pad_with_last
def pad_batch(seqs):
    T = max(s.shape[0] for s in seqs)
    rows = [torch.cat([s, s[-1:].expand(T - s.shape[0], -1)]) for s in seqs]
    return torch.stack(rows), torch.tensor([s.shape[0] for s in seqs], device=seqs[0].device)

# %% pad_lengths_without_zero_rows
# Lengths counted from rows that are not zero.
# like: einsum
# named: pad_lengths_by_zeros
def pad_batch(seqs):
    T = max(s.size(0) for s in seqs)
    x = torch.stack([torch.nn.functional.pad(s, (0, 0, 0, T - s.size(0))) for s in seqs])
    return x, (x != 0).any(dim=2).sum(dim=1)

# %% pad_lengths_float
# The lengths have the dtype of the sequences.
# named: -
def pad_batch(seqs):
    lengths = seqs[0].new_tensor([len(s) for s in seqs])
    x = seqs[0].new_zeros(len(seqs), int(lengths.max()), seqs[0].shape[1])
    for n, s in enumerate(seqs):
        x[n, :len(s)] = s
    return x, lengths

# %% pad_lengths_list
# The lengths are a list.
# named: -
def pad_batch(seqs):
    lengths = [len(s) for s in seqs]
    x = seqs[0].new_zeros(len(seqs), max(lengths), seqs[0].shape[1])
    for n, s in enumerate(seqs):
        x[n, :len(s)] = s
    return x, lengths

# %% pad_default_dtype
# The block is float32.
# named: -
def pad_batch(seqs):
    lengths = [len(s) for s in seqs]
    x = torch.zeros(len(seqs), max(lengths), seqs[0].shape[1], device=seqs[0].device)
    for n, s in enumerate(seqs):
        x[n, :len(s)] = s
    return x, torch.tensor(lengths, device=x.device)

# %% pad_time_first
# [T, N, D], as PyTorch's pad_sequence by default.
# like: functional
# named: pad_time_first
def pad_batch(seqs):
    lengths = torch.tensor([s.shape[0] for s in seqs], dtype=torch.long, device=seqs[0].device)
    block = seqs[0].new_zeros(int(lengths.max()), len(seqs), seqs[0].shape[1])
    for n, s in enumerate(seqs):
        block[:len(s), n] = s
    return block, lengths

# %% pad_last_indices
# Lengths less one.
# named: pad_lengths_less_one
def pad_batch(seqs):
    lengths = [len(s) for s in seqs]
    x = seqs[0].new_zeros(len(seqs), max(lengths), seqs[0].shape[1])
    for n, s in enumerate(seqs):
        x[n, :len(s)] = s
    return x, torch.tensor(lengths, device=x.device) - 1

# %% pad_one_row_more
# The block is one step longer than the longest sequence.
# like: numpy
# named: -
def pad_batch(seqs):
    lengths = np.array([len(s) for s in seqs], dtype=np.int64)
    x = np.zeros((len(seqs), lengths.max() + 1, seqs[0].shape[1]))
    for n, s in enumerate(seqs):
        x[n, :lengths[n]] = a(s)
    return back(x, seqs[0]), torch.from_numpy(lengths).to(seqs[0].device)

# %% pad_nan
# NaN in place of zeros.
# named: -
def pad_batch(seqs):
    lengths = [len(s) for s in seqs]
    x = seqs[0].new_full((len(seqs), max(lengths), seqs[0].shape[1]), float("nan"))
    for n, s in enumerate(seqs):
        x[n, :len(s)] = s
    return x, torch.tensor(lengths, device=x.device)

# %% last_of_the_block
# The last state of the block.
# named: last_of_all
def last_state(hs, lengths):
    return hs[:, -1].clone()

# %% last_one_too_far
# hs[n, lengths[n]].
# named: last_one_later_at_most, last_one_later
def last_state(hs, lengths):
    return hs[torch.arange(len(hs), device=hs.device), lengths.clamp(max=hs.shape[1] - 1)]

# %% last_index_error
# hs[n, lengths[n]], beyond the end for the longest.
# like: sample_by_sample
# named: last_one_later
def last_state(hs, lengths):
    return torch.stack([hs[n, int(lengths[n])] for n in range(hs.shape[0])])

# %% last_one_too_early
# Two is subtracted.
# like: recursion
# named: last_one_earlier
def last_state(hs, lengths):
    rows = [h[:L - 1][-1] if L > 1 else h[0] for h, L in zip(hs, lengths.tolist())]
    return torch.stack(rows)

# %% last_all_pairs
# hs[:, lengths - 1]: each sample at all lengths.
# named: last_of_every_pair
def last_state(hs, lengths):
    return hs[:, lengths - 1]

# %% last_by_mask
# Multiplies by a mask and sums: NaN * 0.
# like: gate_by_gate
# named: last_by_product
def last_state(hs, lengths):
    here = torch.arange(hs.shape[1], device=hs.device) == (lengths - 1)[:, None]
    return (hs * here[..., None].to(hs.dtype)).sum(dim=1)

# %% last_of_the_longest
# The time of the longest sequence for all.
# like: functional
# named: last_of_longest
def last_state(hs, lengths):
    return hs[:, int(lengths.max()) - 1] + 0

# %% last_not_nan
# The last row that holds no NaN.
# named: last_not_nan
def last_state(hs, lengths):
    rows = []
    for h in hs:
        rows.append(h[~torch.isnan(h).any(dim=1)][-1])
    return torch.stack(rows)

# %% last_not_zero
# The last row that is not zero, as if padding were always zeros.
# like: in_place
# named: last_not_zero
def last_state(hs, lengths):
    steps = torch.arange(hs.shape[1], device=hs.device)
    at = torch.where((hs != 0).any(dim=2), steps, 0).amax(dim=1)
    return hs[torch.arange(len(hs), device=hs.device), at]

# %% last_keeps_the_axis
# [N, 1, H].
# like: einsum
# named: -
def last_state(hs, lengths):
    index = (lengths - 1).view(-1, 1, 1).expand(-1, 1, hs.size(2))
    return hs.gather(1, index)

# %% mean_of_means
# A mean of each sequence, then their mean.
# named: mean_of_means
def masked_mean(loss, lengths):
    valid = torch.arange(loss.shape[1], device=loss.device) < lengths[:, None]
    return (torch.where(valid, loss, 0.0).sum(1) / lengths).mean()

# %% mean_times_mask
# NaN * 0.
# named: mean_by_product
def masked_mean(loss, lengths):
    valid = torch.arange(loss.shape[1], device=loss.device) < lengths[:, None]
    return (loss * valid).sum() / lengths.sum()

# %% mean_over_all
# The padding's numbers count, too.
# named: mean_of_block
def masked_mean(loss, lengths):
    return loss.mean()

# %% mean_nanmean
# What is not NaN counts.
# like: recursion
# named: mean_skips_nan
def masked_mean(loss, lengths):
    return torch.nanmean(loss)

# %% mean_divided_by_all
# The padding's places count in the divisor.
# like: functional
# named: mean_over_block
def masked_mean(loss, lengths):
    padding = torch.arange(loss.shape[1], device=loss.device)[None] >= lengths[:, None]
    return loss.masked_fill(padding, 0).mean()

# %% mean_divided_by_N
# The sum, divided by the number of sequences.
# like: sample_by_sample
# named: mean_over_samples
def masked_mean(loss, lengths):
    total = 0
    for n, L in enumerate(lengths.tolist()):
        total = total + loss[n, :L].sum()
    return total / len(loss)

# %% mean_sum
# Not divided.
# like: einsum
# named: mean_sum
def masked_mean(loss, lengths):
    mask = torch.arange(loss.size(1), device=loss.device).unsqueeze(0) < lengths.unsqueeze(1)
    return loss[mask].sum()

# %% mean_one_step_more
# t <= lengths.
# named: mean_one_more
def masked_mean(loss, lengths):
    valid = torch.arange(loss.shape[1], device=loss.device) <= lengths[:, None]
    return torch.where(valid, loss, 0.0).sum() / lengths.sum()

# %% mean_one_step_less
# The last valid step is left out of the sum.
# like: gate_by_gate
# named: mean_one_less
def masked_mean(loss, lengths):
    total = torch.zeros((), dtype=loss.dtype, device=loss.device)
    for t in range(loss.shape[1]):
        total = total + loss[t < lengths - 1, t].sum()
    return total / torch.sum(lengths)

# %% mean_detached
# A Python number made a tensor: no gradient.
# like: in_place
# named: mean_detached
def masked_mean(loss, lengths):
    total = 0.0
    for n in range(loss.shape[0]):
        for t in range(int(lengths[n])):
            total += loss[n, t].item()
    return torch.tensor(total / lengths.sum().item(), dtype=loss.dtype, device=loss.device)

# %% mean_per_sequence
# [N], a mean for each sequence.
# like: one_matrix
# named: -
def masked_mean(loss, lengths):
    return torch.stack([row[:L].mean() for row, L in zip(loss, lengths.tolist())])

# %% mean_zeroes_the_padding
# Sets the caller's padding to 0.
# named: -
def masked_mean(loss, lengths):
    with torch.no_grad():
        for n in range(loss.shape[0]):
            loss[n, lengths[n]:] = 0.0
    return loss.sum() / lengths.sum()

# %% mean_where_of_product
# where after the product with a NaN: forward right, the gradient is NaN.
# named: mean_gradient_is_nan
def masked_mean(loss, lengths):
    mask = (torch.arange(loss.shape[1], device=loss.device) < lengths[:, None]).to(loss.dtype)
    scaled = loss * (mask / mask)
    return torch.where(mask > 0, scaled, torch.zeros_like(loss)).sum() / mask.sum()
