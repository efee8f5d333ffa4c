# %% xyxy_whole_size
# The whole size on each side of the center.
# named: xyxy_whole_size
def to_xyxy(b):
    cx, cy, w, h = b.unbind(dim=1)
    return torch.stack([cx - w, cy - h, cx + w, cy + h], dim=1)

# %% xyxy_center_taken_for_corner
# The center is taken for the first corner.
# like: one_hot_planes
# named: xyxy_center_as_corner
def to_xyxy(b):
    x, y, w, h = torch.split(b, 1, dim=1)
    return torch.hstack([x, y, x + w, y + h])

# %% xyxy_rows_unpacked
# Rows are unpacked in place of columns.
# named: -
def to_xyxy(b):
    cx, cy, w, h = b
    return torch.stack([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2])

# %% xyxy_not_transposed
# The corners are stacked as rows: [4, N].
# like: helpers_and_any
# named: xyxy_columns
def to_xyxy(b):
    cx, cy, w, h = b[:, 0], b[:, 1], b[:, 2], b[:, 3]
    return torch.stack([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2])

# %% xyxy_in_place
# Changes b.
# like: in_place_on_copies
# named: xyxy_in_place
def to_xyxy(b):
    b[:, :2] -= b[:, 2:] / 2
    b[:, 2:] += b[:, :2]
    return b

# %% xyxy_second_corner_from_the_first
# The second corner is computed from the first one that has just been written.
# like: in_place_on_copies
# named: xyxy_second_at_center
def to_xyxy(b):
    out = b.clone()
    out[:, :2] = out[:, :2] - out[:, 2:] / 2
    out[:, 2:] = out[:, :2] + out[:, 2:] / 2
    return out

# %% xyxy_floor_division
# Half of the size with //.
# named: xyxy_whole_halves
def to_xyxy(b):
    cx, cy, w, h = b.unbind(dim=1)
    return torch.stack([cx - w // 2, cy - h // 2, cx + w // 2, cy + h // 2], dim=1)

# %% xyxy_by_pairs
# x1, x2, y1, y2 in place of x1, y1, x2, y2.
# named: xyxy_x_before_y
def to_xyxy(b):
    cx, cy, w, h = b.unbind(dim=1)
    return torch.stack([cx - w / 2, cx + w / 2, cy - h / 2, cy + h / 2], dim=1)

# %% xyxy_height_and_width
# Height and width change places.
# named: xyxy_size_exchanged
def to_xyxy(b):
    cx, cy, h, w = b.unbind(dim=1)
    return torch.stack([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2], dim=1)

# %% xyxy_default_dtype
# The result is float32 at all times.
# like: plain_loops
# named: -
def to_xyxy(b):
    out = torch.zeros(len(b), 4, device=b.device)
    for n, (cx, cy, w, h) in enumerate(b.tolist()):
        out[n] = torch.tensor([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2])
    return out

# %% xyxy_y_upwards
# y goes upwards: the first corner has the larger y.
# named: xyxy_y_exchanged
def to_xyxy(b):
    cx, cy, w, h = b.unbind(dim=1)
    return torch.stack([cx - w / 2, cy + h / 2, cx + w / 2, cy - h / 2], dim=1)

# %% xyxy_backwards
# The way back: center and size from corners.
# named: xyxy_backwards
def to_xyxy(b):
    x1, y1, x2, y2 = b.unbind(dim=1)
    return torch.stack([(x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1], dim=1)

# %% xyxy_inside_the_image
# Corners below 0 are set to 0.
# named: xyxy_not_negative
def to_xyxy(b):
    cx, cy, w, h = b.unbind(dim=1)
    return torch.stack([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2], dim=1).clamp(min=0)

# %% xyxy_last_pixel
# The second corner is the last pixel: one less.
# named: xyxy_last_pixel
def to_xyxy(b):
    cx, cy, w, h = b.unbind(dim=1)
    return torch.stack([cx - w / 2, cy - h / 2, cx + w / 2 - 1, cy + h / 2 - 1], dim=1)
