# %% iou_no_clamp
# Sides are not made at least 0.
# named: iou_negative_sides, iou_negative_sides_kept_out
def iou(a, b):
    top_left = torch.maximum(a[:, None, :2], b[None, :, :2])
    bottom_right = torch.minimum(a[:, None, 2:], b[None, :, 2:])
    size = bottom_right - top_left
    overlap = size[..., 0] * size[..., 1]
    union = area(a)[:, None] + area(b)[None, :] - overlap
    return torch.where(union > 0, overlap / union, torch.zeros_like(overlap))

# %% iou_clamped_late
# The product is made at least 0, not the sides.
# like: double_inside
# named: iou_product_clamped, iou_product_clamped_kept_out
def iou(a, b):
    p, q = a.double(), b.double()
    w = torch.min(p[:, 2:3], q[:, 2]) - torch.max(p[:, 0:1], q[:, 0])
    h = torch.min(p[:, 3:4], q[:, 3]) - torch.max(p[:, 1:2], q[:, 1])
    inter = (w * h).relu()
    areas = [(r[:, 2] - r[:, 0]) * (r[:, 3] - r[:, 1]) for r in (p, q)]
    union = areas[0].unsqueeze(1) + areas[1].unsqueeze(0) - inter
    return (inter / union).nan_to_num(nan=0.0).to(a.dtype)

# %% iou_plus_one
# Sides as numbers of pixels, +1.
# like: helpers_and_any
# named: iou_plus_one
def _sides(x):
    return x[..., 2] - x[..., 0] + 1, x[..., 3] - x[..., 1] + 1

# %% iou_plus_one_areas
# +1 in the areas only.
# named: iou_areas_plus_one
def area(boxes):
    return (boxes[:, 2] - boxes[:, 0] + 1) * (boxes[:, 3] - boxes[:, 1] + 1)

# %% iou_epsilon
# A small number in the union.
# named: iou_epsilon_9
def iou(a, b):
    top_left = torch.maximum(a[:, None, :2], b[None, :, :2])
    bottom_right = torch.minimum(a[:, None, 2:], b[None, :, 2:])
    size = (bottom_right - top_left).clamp(min=0)
    overlap = size[..., 0] * size[..., 1]
    return overlap / (area(a)[:, None] + area(b)[None, :] - overlap + 1e-9)

# %% iou_union_at_least
# The union is at least a small number.
# named: iou_union_clamped
def iou(a, b):
    top_left = torch.maximum(a[:, None, :2], b[None, :, :2])
    bottom_right = torch.minimum(a[:, None, 2:], b[None, :, 2:])
    size = (bottom_right - top_left).clamp(min=0)
    overlap = size[..., 0] * size[..., 1]
    return overlap / (area(a)[:, None] + area(b)[None, :] - overlap).clamp(min=1e-6)

# %% iou_overlap_counted_twice
# The overlap is not taken off the union.
# like: in_place_on_copies
# named: iou_overlap_counted_twice
def iou(a, b):
    out = a.new_zeros(a.shape[0], b.shape[0])
    for j in range(b.shape[0]):
        w = torch.clamp(torch.minimum(a[:, 2], b[j, 2]) - torch.maximum(a[:, 0], b[j, 0]), min=0)
        h = torch.clamp(torch.minimum(a[:, 3], b[j, 3]) - torch.maximum(a[:, 1], b[j, 1]), min=0)
        union = (a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1]) + (b[j, 2] - b[j, 0]) * (b[j, 3] - b[j, 1])
        union[union == 0] = 1
        out[:, j] = w * h / union
    return out

# %% iou_nan
# 0/0 stays nan.
# named: iou_nan
def iou(a, b):
    top_left = torch.maximum(a[:, None, :2], b[None, :, :2])
    bottom_right = torch.minimum(a[:, None, 2:], b[None, :, 2:])
    size = (bottom_right - top_left).clamp(min=0)
    overlap = size[..., 0] * size[..., 1]
    return overlap / (area(a)[:, None] + area(b)[None, :] - overlap)

# %% iou_row_by_row
# Box i of a with box i of b.
# named: missing
def iou(a, b):
    lo = torch.maximum(a[:, :2], b[:, :2])
    hi = torch.minimum(a[:, 2:], b[:, 2:])
    overlap = (hi - lo).clamp(min=0).prod(1)
    union = area(a) + area(b) - overlap
    return torch.where(union > 0, overlap / union, 0)

# %% iou_transposed
# [M, N].
# named: iou_transposed
def iou(a, b):
    top_left = torch.maximum(a[:, :2], b[:, None, :2])
    bottom_right = torch.minimum(a[:, 2:], b[:, None, 2:])
    size = (bottom_right - top_left).clamp(min=0)
    overlap = size[..., 0] * size[..., 1]
    union = area(b)[:, None] + area(a) - overlap
    return torch.where(union > 0, overlap / union, torch.zeros_like(overlap))

# %% iou_one_side_clamped
# Only the width is made at least 0.
# like: deleted_rows
# named: iou_height_negative
def iou(a, b):
    w = torch.clamp_min(torch.min(a[:, None, 2], b[None, :, 2]) - torch.max(a[:, None, 0], b[None, :, 0]), 0.0)
    h = torch.min(a[:, None, 3], b[None, :, 3]) - torch.max(a[:, None, 1], b[None, :, 1])
    overlap = w * h
    union = ((a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1]))[:, None] + (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]) - overlap
    result = overlap / union
    result[torch.isnan(result)] = 0
    return result

# %% iou_enclosing_box
# Over the box around both, in place of the union.
# named: iou_by_hull
def iou(a, b):
    size = (torch.minimum(a[:, None, 2:], b[None, :, 2:]) - torch.maximum(a[:, None, :2], b[None, :, :2])).clamp(min=0)
    hull = torch.maximum(a[:, None, 2:], b[None, :, 2:]) - torch.minimum(a[:, None, :2], b[None, :, :2])
    overlap, whole = size.prod(-1), hull.prod(-1)
    return torch.where(whole > 0, overlap / whole, torch.zeros_like(overlap))

# %% iou_dice
# Twice the overlap over the sum of the areas.
# named: iou_dice
def iou(a, b):
    size = (torch.minimum(a[:, None, 2:], b[None, :, 2:]) - torch.maximum(a[:, None, :2], b[None, :, :2])).clamp(min=0)
    overlap = size.prod(-1)
    total = area(a)[:, None] + area(b)[None, :]
    return torch.where(total > 0, 2 * overlap / total, torch.zeros_like(overlap))

# %% iou_over_the_smaller_area
# Overlap over the smaller area.
# named: iou_by_smaller
def iou(a, b):
    size = (torch.minimum(a[:, None, 2:], b[None, :, 2:]) - torch.maximum(a[:, None, :2], b[None, :, :2])).clamp(min=0)
    overlap = size.prod(-1)
    least = torch.minimum(area(a)[:, None], area(b)[None, :])
    return torch.where(least > 0, overlap / least, torch.zeros_like(overlap))

# %% iou_over_the_area_of_a
# Overlap over the area of the box of a.
# named: iou_by_first
def iou(a, b):
    size = (torch.minimum(a[:, None, 2:], b[None, :, 2:]) - torch.maximum(a[:, None, :2], b[None, :, :2])).clamp(min=0)
    overlap = size.prod(-1)
    return torch.where(area(a)[:, None] > 0, overlap / area(a)[:, None], torch.zeros_like(overlap))

# %% iou_overlap_only
# The area that both cover, not divided.
# named: iou_not_divided
def iou(a, b):
    size = (torch.minimum(a[:, None, 2:], b[None, :, 2:]) - torch.maximum(a[:, None, :2], b[None, :, :2])).clamp(min=0)
    return size[..., 0] * size[..., 1]

# %% iou_sides_multiplied_wrongly
# The sides are added in place of multiplied.
# named: missing
def area(boxes):
    return (boxes[:, 2] - boxes[:, 0]) + (boxes[:, 3] - boxes[:, 1])

# %% iou_sides_without_sign
# abs in place of clamp.
# named: iou_absolute_sides, iou_absolute_sides_kept_out
def iou(a, b):
    top_left = torch.maximum(a[:, None, :2], b[None, :, :2])
    bottom_right = torch.minimum(a[:, None, 2:], b[None, :, 2:])
    size = (bottom_right - top_left).abs()
    overlap = size[..., 0] * size[..., 1]
    union = area(a)[:, None] + area(b)[None, :] - overlap
    return torch.where(union > 0, overlap / union, torch.zeros_like(overlap))

# %% iou_no_area_is_one
# 0/0 gives 1.
# like: plain_loops
# named: iou_one
def one_iou(p, q):
    w = max(0.0, min(p[2], q[2]) - max(p[0], q[0]))
    h = max(0.0, min(p[3], q[3]) - max(p[1], q[1]))
    union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - w * h
    return w * h / union if union > 0 else 1.0

# %% iou_division_by_zero
# Python division without a test.
# like: plain_loops
# named: -
def one_iou(p, q):
    w = max(0.0, min(p[2], q[2]) - max(p[0], q[0]))
    h = max(0.0, min(p[3], q[3]) - max(p[1], q[1]))
    return w * h / ((p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - w * h)

# %% iou_square
# The result has as many columns as rows.
# like: plain_loops
# named: -
def iou(a, b):
    result = torch.zeros(len(a), len(a), dtype=a.dtype, device=a.device)
    for i, p in enumerate(a.tolist()):
        for j, q in enumerate(b.tolist()):
            result[i, j] = one_iou(p, q)
    return result

# %% iou_float32
# Computed in float32, then in the dtype of the boxes.
# named: -
def iou(a, b):
    p, q = a.float(), b.float()
    size = (torch.minimum(p[:, None, 2:], q[None, :, 2:]) - torch.maximum(p[:, None, :2], q[None, :, :2])).clamp(min=0)
    overlap = size.prod(-1)
    union = area(p)[:, None] + area(q)[None, :] - overlap
    return torch.where(union > 0, overlap / union, torch.zeros_like(overlap)).to(a.dtype)

# %% iou_center_and_size
# Takes the boxes for centers and sizes.
# named: iou_centers
def iou(a, b):
    a, b = to_xyxy(a), to_xyxy(b)
    size = (torch.minimum(a[:, None, 2:], b[None, :, 2:]) - torch.maximum(a[:, None, :2], b[None, :, :2])).clamp(min=0)
    overlap = size.prod(-1)
    union = area(a)[:, None] + area(b)[None, :] - overlap
    return torch.where(union > 0, overlap / union, torch.zeros_like(overlap))

# %% iou_tiny_is_nothing
# A union below 1e-8 is taken for none.
# named: iou_small_union
def iou(a, b):
    size = (torch.minimum(a[:, None, 2:], b[None, :, 2:]) - torch.maximum(a[:, None, :2], b[None, :, :2])).clamp(min=0)
    overlap = size.prod(-1)
    union = area(a)[:, None] + area(b)[None, :] - overlap
    return torch.where(union > 1e-8, overlap / union, torch.zeros_like(overlap))

# %% iou_left_on_the_cpu
# The result is not on the boxes' device.
# like: plain_loops
# named: -
def iou(a, b):
    rows = [[one_iou(p, q) for q in b.tolist()] for p in a.tolist()]
    return torch.tensor(rows, dtype=a.dtype).reshape(len(a), len(b))
