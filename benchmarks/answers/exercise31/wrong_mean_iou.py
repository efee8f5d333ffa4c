# %% miou_absent_as_zero
# A class that does not occur counts as 0.
# named: mean_absent_zero
def mean_iou(pred, y, C, ignore=255):
    counts = y != ignore
    pred, y = pred[counts], y[counts]
    if len(y) == 0:
        return float("nan")
    ratios = []
    for c in range(C):
        overlap = ((pred == c) & (y == c)).sum().item()
        union = ((pred == c) | (y == c)).sum().item()
        ratios.append(overlap / union if union > 0 else 0.0)
    return sum(ratios) / len(ratios)

# %% miou_absent_as_one
# A class that does not occur counts as 1.
# named: mean_absent_one
def mean_iou(pred, y, C, ignore=255):
    counts = y != ignore
    pred, y = pred[counts], y[counts]
    if len(y) == 0:
        return float("nan")
    total = 0.0
    for c in range(C):
        union = ((pred == c) | (y == c)).sum().item()
        total += ((pred == c) & (y == c)).sum().item() / union if union > 0 else 1.0
    return total / C

# %% miou_epsilon
# A small number above and below: a class that does not occur counts as 1.
# like: double_inside
# named: mean_absent_one
def mean_iou(pred, y, C, ignore=255):
    valid = y != ignore
    if not valid.any():
        return float("nan")
    confusion = torch.bincount(y[valid] * C + pred[valid], minlength=C * C).reshape(C, C).double()
    inter = confusion.diagonal()
    union = confusion.sum(0) + confusion.sum(1) - inter
    return ((inter + 1e-10) / (union + 1e-10)).mean().item()

# %% miou_per_image
# The mean of the images' own values.
# named: mean_of_images
def mean_iou(pred, y, C, ignore=255):
    values = []
    for p, t in zip(pred, y):
        counts = t != ignore
        p, t = p[counts], t[counts]
        unions = [((p == c) | (t == c)).sum().item() for c in range(C)]
        ratios = [((p == c) & (t == c)).sum().item() / u for c, u in enumerate(unions) if u]
        if ratios:
            values.append(sum(ratios) / len(ratios))
    return sum(values) / len(values) if values else float("nan")

# %% miou_ignore_forgotten
# Pixels to ignore are not left out of what is predicted.
# named: mean_nothing_ignored, mean_ignored_in_predictions
def mean_iou(pred, y, C, ignore=255):
    ratios = []
    for c in range(C):
        overlap = ((pred == c) & (y == c) & (y != ignore)).sum().item()
        union = ((pred == c) | ((y == c) & (y != ignore))).sum().item()
        if union > 0:
            ratios.append(overlap / union)
    return sum(ratios) / len(ratios) if ratios else float("nan")

# %% miou_predicted_ignore
# Pixels that are predicted as `ignore` are left out too.
# named: mean_ignores_prediction
def mean_iou(pred, y, C, ignore=255):
    counts = (y != ignore) & (pred != ignore)
    pred, y = pred[counts], y[counts]
    ratios = []
    for c in range(C):
        overlap = ((pred == c) & (y == c)).sum().item()
        union = ((pred == c) | (y == c)).sum().item()
        if union > 0:
            ratios.append(overlap / union)
    return sum(ratios) / len(ratios) if ratios else float("nan")

# %% miou_class_ignored
# The class `ignore` is left out of the mean, whatever is predicted.
# named: mean_without_ignored_class
def mean_iou(pred, y, C, ignore=255):
    counts = y != ignore
    pred, y = pred[counts], y[counts]
    ratios = []
    for c in range(C):
        if c == ignore:
            continue
        overlap = ((pred == c) & (y == c)).sum().item()
        union = ((pred == c) | (y == c)).sum().item()
        if union > 0:
            ratios.append(overlap / union)
    return sum(ratios) / len(ratios) if ratios else float("nan")

# %% miou_accuracy
# The share of the pixels that are right.
# named: mean_accuracy
def mean_iou(pred, y, C, ignore=255):
    counts = y != ignore
    return (pred[counts] == y[counts]).double().mean().item()

# %% miou_dice
# Twice the overlap over the sum.
# named: mean_dice
def mean_iou(pred, y, C, ignore=255):
    counts = y != ignore
    pred, y = pred[counts], y[counts]
    ratios = []
    for c in range(C):
        overlap = ((pred == c) & (y == c)).sum().item()
        total = (pred == c).sum().item() + (y == c).sum().item()
        if total > 0:
            ratios.append(2 * overlap / total)
    return sum(ratios) / len(ratios) if ratios else float("nan")

# %% miou_of_all_classes_together
# One ratio: the overlaps of all classes over the unions of all.
# like: one_hot_planes
# named: mean_of_all_pixels
def mean_iou(pred, y, C, ignore=255):
    valid = (y != ignore).flatten()
    P = F.one_hot(pred.flatten()[valid], C).bool()
    Y = F.one_hot(y.flatten()[valid], C).bool()
    if not valid.any():
        return float("nan")
    return (P & Y).sum().item() / (P | Y).sum().item()

# %% miou_classes_of_y
# Only the classes of y: one that is predicted alone is left out.
# named: mean_of_labelled
def mean_iou(pred, y, C, ignore=255):
    counts = y != ignore
    pred, y = pred[counts], y[counts]
    ratios = []
    for c in y.unique().tolist():
        overlap = ((pred == c) & (y == c)).sum().item()
        union = ((pred == c) | (y == c)).sum().item()
        ratios.append(overlap / union)
    return sum(ratios) / len(ratios) if ratios else float("nan")

# %% miou_classes_hit
# Only classes with an overlap.
# named: mean_of_found
def mean_iou(pred, y, C, ignore=255):
    counts = y != ignore
    pred, y = pred[counts], y[counts]
    ratios = []
    for c in range(C):
        overlap = ((pred == c) & (y == c)).sum().item()
        union = ((pred == c) | (y == c)).sum().item()
        if overlap > 0:
            ratios.append(overlap / union)
    return sum(ratios) / len(ratios) if ratios else float("nan")

# %% miou_by_frequency
# Weighted by the share of the pixels of each class.
# like: double_inside
# named: mean_by_size
def mean_iou(pred, y, C, ignore=255):
    valid = y != ignore
    confusion = torch.bincount(y[valid] * C + pred[valid], minlength=C * C).reshape(C, C).double()
    inter = confusion.diagonal()
    union = confusion.sum(0) + confusion.sum(1) - inter
    if confusion.sum() == 0:
        return float("nan")
    return ((inter / union).nan_to_num(nan=0.0) * confusion.sum(1) / confusion.sum()).sum().item()

# %% miou_nothing_is_zero
# 0 where no pixel counts.
# named: mean_none_zero
def mean_iou(pred, y, C, ignore=255):
    counts = y != ignore
    pred, y = pred[counts], y[counts]
    ratios = []
    for c in range(C):
        overlap = ((pred == c) & (y == c)).sum().item()
        union = ((pred == c) | (y == c)).sum().item()
        if union > 0:
            ratios.append(overlap / union)
    return sum(ratios) / max(1, len(ratios))

# %% miou_nothing_fails
# Division by zero where no pixel counts.
# named: -
def mean_iou(pred, y, C, ignore=255):
    counts = y != ignore
    pred, y = pred[counts], y[counts]
    ratios = []
    for c in range(C):
        overlap = ((pred == c) & (y == c)).sum().item()
        union = ((pred == c) | (y == c)).sum().item()
        if union > 0:
            ratios.append(overlap / union)
    return sum(ratios) / len(ratios)

# %% miou_always_255
# 255 is left out, whatever `ignore` is.
# named: mean_ignores_255
def mean_iou(pred, y, C, ignore=255):
    counts = y != 255
    pred, y = pred[counts], y[counts]
    ratios = []
    for c in range(C):
        overlap = ((pred == c) & (y == c)).sum().item()
        union = ((pred == c) | (y == c)).sum().item()
        if union > 0:
            ratios.append(overlap / union)
    return sum(ratios) / len(ratios) if ratios else float("nan")
