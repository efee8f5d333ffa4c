# %% miou_below_C
# Everything that is no class is left out, `ignore` itself isn't looked at.
# named: mean_ignores_outside
def mean_iou(pred, y, C, ignore=255):
    counts = (y >= 0) & (y < C)
    pred, y = pred[counts], y[counts]
    ratios = []
    for c in range(C):
        overlap = ((pred == c) & (y == c)).sum().item()
        union = ((pred == c) | (y == c)).sum().item()
        if union > 0:
            ratios.append(overlap / union)
    return sum(ratios) / len(ratios) if ratios else float("nan")

# %% miou_marked_in_place
# Pixels to ignore are marked in the caller's tensors.
# like: in_place_on_copies
# named: -
def mean_iou(pred, y, C, ignore=255):
    skip = y == ignore
    pred[skip] = -1
    y[skip] = -1
    ratios = []
    for c in range(C):
        union = int(((pred == c) | (y == c)).sum())
        if union:
            ratios.append(int(((pred == c) & (y == c)).sum()) / union)
    return sum(ratios) / len(ratios) if ratios else float("nan")

# %% miou_tensor
# Returns a tensor.
# like: double_inside
# named: -
def mean_iou(pred, y, C, ignore=255):
    valid = y != ignore
    confusion = torch.bincount(y[valid] * C + pred[valid], minlength=C * C).reshape(C, C).double()
    inter = confusion.diagonal()
    return (inter / (confusion.sum(0) + confusion.sum(1) - inter)).nanmean()

# %% miou_recall
# Over the pixels of the class in y.
# named: mean_recall
def mean_iou(pred, y, C, ignore=255):
    counts = y != ignore
    pred, y = pred[counts], y[counts]
    ratios = []
    for c in range(C):
        overlap = ((pred == c) & (y == c)).sum().item()
        if (y == c).any():
            ratios.append(overlap / (y == c).sum().item())
        elif (pred == c).any():
            ratios.append(0.0)
    return sum(ratios) / len(ratios) if ratios else float("nan")

# %% miou_precision
# Over the pixels that are predicted as the class.
# named: mean_precision
def mean_iou(pred, y, C, ignore=255):
    counts = y != ignore
    pred, y = pred[counts], y[counts]
    ratios = []
    for c in range(C):
        hits = ((pred == c) & (y == c)).sum().item()
        n_pred, n_y = (pred == c).sum().item(), (y == c).sum().item()
        if n_pred:
            ratios.append(hits / n_pred)
        elif n_y:
            ratios.append(0.0)
    return sum(ratios) / len(ratios) if ratios else float("nan")

# %% miou_without_background
# Class 0 is left out as the background.
# named: mean_without_background
def mean_iou(pred, y, C, ignore=255):
    counts = y != ignore
    pred, y = pred[counts], y[counts]
    ratios = []
    for c in range(1, C):
        overlap = ((pred == c) & (y == c)).sum().item()
        union = ((pred == c) | (y == c)).sum().item()
        if union > 0:
            ratios.append(overlap / union)
    return sum(ratios) / len(ratios) if ratios else float("nan")

# %% miou_overlap_counted_twice
# The overlap is not taken off the union.
# like: masks_and_scatter
# named: mean_overlap_counted_twice
def mean_iou(pred, y, C, ignore=255):
    mask = y.ne(ignore)
    p, t = pred.masked_select(mask), y.masked_select(mask)
    n_p = torch.bincount(p, minlength=C)
    n_t = torch.bincount(t, minlength=C)
    inter = torch.bincount(p[p == t], minlength=C)
    union = n_p + n_t
    return float((inter / union)[union > 0].double().mean())

# %% miou_divided_by_C
# The sum over those that occur, divided by C.
# like: plain_loops
# named: mean_absent_zero
def mean_iou(pred, y, C, ignore=255):
    both, either = [0] * C, [0] * C
    for p, t in zip(pred.reshape(-1).tolist(), y.reshape(-1).tolist()):
        if t == ignore:
            continue
        for c in {p, t}:
            either[c] += 1
        if p == t:
            both[p] += 1
    ratios = [m / n for m, n in zip(both, either) if n]
    return math.fsum(ratios) / C if ratios else math.nan

# %% miou_largest_class_of_y
# The number of classes from y, in place of C.
# named: mean_of_classes_up_to_y
def mean_iou(pred, y, C, ignore=255):
    counts = y != ignore
    pred, y = pred[counts], y[counts]
    ratios = []
    for c in range(int(y.max()) + 1 if len(y) else 0):
        overlap = ((pred == c) & (y == c)).sum().item()
        union = ((pred == c) | (y == c)).sum().item()
        if union > 0:
            ratios.append(overlap / union)
    return sum(ratios) / len(ratios) if ratios else float("nan")

# %% miou_last_class_missing
# One class too few.
# named: mean_without_last
def mean_iou(pred, y, C, ignore=255):
    counts = y != ignore
    pred, y = pred[counts], y[counts]
    ratios = []
    for c in range(C - 1):
        overlap = ((pred == c) & (y == c)).sum().item()
        union = ((pred == c) | (y == c)).sum().item()
        if union > 0:
            ratios.append(overlap / union)
    return sum(ratios) / len(ratios) if ratios else float("nan")

# %% miou_nan_of_absent
# 0/0 is nan, and so is the mean.
# like: double_inside
# named: mean_absent_nan
def mean_iou(pred, y, C, ignore=255):
    valid = y != ignore
    confusion = torch.bincount(y[valid] * C + pred[valid], minlength=C * C).reshape(C, C).double()
    inter = confusion.diagonal()
    return (inter / (confusion.sum(0) + confusion.sum(1) - inter)).mean().item()

# %% miou_classes_times_images
# The mean over classes and images at once.
# like: out_arguments
# named: mean_of_images_and_classes
def mean_iou(pred, y, C, ignore=255):
    ratios = []
    for n in range(pred.shape[0]):
        p, t = pred[n].cpu().numpy(), y[n].cpu().numpy()
        mask = t != ignore
        for c in range(C):
            union = np.count_nonzero(((p == c) | (t == c)) & mask)
            if union:
                ratios.append(np.count_nonzero((p == c) & (t == c) & mask) / union)
    return float(np.mean(ratios)) if ratios else float("nan")

# %% miou_percent
# In percent.
# like: recursion
# named: -
def mean_iou(pred, y, C, ignore=255):
    p, t = pred.flatten().tolist(), y.flatten().tolist()
    counted = [i for i, value in enumerate(t) if value != ignore]
    total = []
    for c in range(C):
        P = {i for i in counted if p[i] == c}
        T = {i for i in counted if t[i] == c}
        if P | T:
            total.append(100 * len(P & T) / len(P | T))
    return sum(total) / len(total) if total else float("nan")

# %% miou_ignored_as_class_zero
# Pixels to ignore become class 0 in y and in pred.
# named: mean_ignored_become_zero
def mean_iou(pred, y, C, ignore=255):
    pred = torch.where(y == ignore, 0, pred)
    y = torch.where(y == ignore, 0, y)
    ratios = []
    for c in range(C):
        overlap = ((pred == c) & (y == c)).sum().item()
        union = ((pred == c) | (y == c)).sum().item()
        if union > 0:
            ratios.append(overlap / union)
    return sum(ratios) / len(ratios) if ratios else float("nan")

# %% miou_one_image
# Only the first image is judged.
# named: mean_of_first_image
def mean_iou(pred, y, C, ignore=255):
    if len(y) == 0:
        return float("nan")
    counts = y[0] != ignore
    p, t = pred[0][counts], y[0][counts]
    ratios = []
    for c in range(C):
        union = ((p == c) | (t == c)).sum().item()
        if union > 0:
            ratios.append(((p == c) & (t == c)).sum().item() / union)
    return sum(ratios) / len(ratios) if ratios else float("nan")

# %% miou_counts_on_the_cpu
# The counts lie on the CPU, wherever pred and y are.
# like: masks_and_scatter
# named: -
def mean_iou(pred, y, C, ignore=255):
    mask = y.ne(ignore)
    p, t = pred.masked_select(mask), y.masked_select(mask)
    zero = torch.zeros(C, dtype=torch.int64)
    n_p = zero.index_add(0, p, torch.ones_like(p))
    n_t = zero.index_add(0, t, torch.ones_like(t))
    inter = zero.index_add(0, p[p == t], torch.ones_like(p[p == t]))
    union = n_p + n_t - inter
    return float((inter / union)[union > 0].double().mean())

# %% miou_half_precision
# One-hot planes and their sums in half precision.
# like: one_hot_planes
# named: -
def mean_iou(pred, y, C, ignore=255):
    valid = (y != ignore).flatten()
    P = F.one_hot(pred.flatten()[valid], C).half()
    Y = F.one_hot(y.flatten()[valid], C).half()
    inter = (P * Y).sum(0)
    union = P.sum(0) + Y.sum(0) - inter
    there = union > 0
    return (inter[there] / union[there]).mean().item() if there.any() else float("nan")
