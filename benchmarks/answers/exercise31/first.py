# %% half_forgotten_and_apart
# 1 to_xyxy with the whole size; 2 iou clamps nothing; 3 mean_iou counts an absent class as 0.
# named: xyxy_whole_size, iou_negative_sides, iou_negative_sides_kept_out, mean_absent_zero
import torch


def to_xyxy(b):
    x, y, w, h = b[:, 0], b[:, 1], b[:, 2], b[:, 3]
    return torch.stack((x - w, y - h, x + w, y + h), dim=1)


def iou(a, b):
    x1 = torch.max(a[:, None, 0], b[None, :, 0])
    y1 = torch.max(a[:, None, 1], b[None, :, 1])
    x2 = torch.min(a[:, None, 2], b[None, :, 2])
    y2 = torch.min(a[:, None, 3], b[None, :, 3])
    inter = (x2 - x1) * (y2 - y1)
    area_a = (a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1])
    area_b = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    union = area_a[:, None] + area_b - inter
    return torch.where(union > 0, inter / union, torch.zeros_like(union))


def nms(boxes, scores, threshold):
    order = torch.argsort(scores, descending=True)
    keep = []
    while order.numel() > 0:
        i = order[0].item()
        keep.append(i)
        order = order[1:]
        order = order[iou(boxes[i : i + 1], boxes[order]).flatten() <= threshold]
    return torch.tensor(keep, dtype=torch.long, device=boxes.device)


def mean_iou(pred, y, C, ignore=255):
    mask = y != ignore
    if not mask.any():
        return float("nan")
    p, t = pred[mask], y[mask]
    total = 0.0
    for c in range(C):
        inter = ((p == c) & (t == c)).sum().item()
        union = ((p == c) | (t == c)).sum().item()
        if union > 0:
            total += inter / union
    return total / C

# %% epsilon_and_matrix
# 1 iou with an epsilon in the union; 2 nms: dropped boxes drop others; 3 mean_iou returns a tensor.
# named: iou_epsilon_6, nms_dropped_drop
import torch


def to_xyxy(b):
    return torch.cat([b[:, :2] - b[:, 2:] / 2, b[:, :2] + b[:, 2:] / 2], dim=1)


def iou(a, b):
    lt = torch.max(a[:, None, :2], b[:, :2])
    rb = torch.min(a[:, None, 2:], b[:, 2:])
    wh = (rb - lt).clamp(min=0)
    inter = wh[..., 0] * wh[..., 1]
    area_a = (a[:, 2:] - a[:, :2]).prod(1)
    area_b = (b[:, 2:] - b[:, :2]).prod(1)
    return inter / (area_a[:, None] + area_b - inter + 1e-6)


def nms(boxes, scores, threshold):
    order = scores.argsort(descending=True)
    overlaps = torch.triu(iou(boxes[order], boxes[order]), diagonal=1)
    return order[(overlaps <= threshold).all(dim=0)]


def mean_iou(pred, y, C, ignore=255):
    mask = y != ignore
    hist = torch.bincount(C * y[mask] + pred[mask], minlength=C**2).reshape(C, C).float()
    inter = torch.diag(hist)
    union = hist.sum(0) + hist.sum(1) - inter
    ratios = inter / union
    return ratios[union > 0].mean()

# %% pixels_and_places
# 1 +1 in all sides; 2 nms returns places among the sorted boxes; 3 mean_iou of each image, then the mean.
# named: iou_plus_one, nms_places, mean_of_images
import numpy as np
import torch


def to_xyxy(b):
    out = torch.zeros_like(b)
    out[:, 0] = b[:, 0] - b[:, 2] / 2
    out[:, 1] = b[:, 1] - b[:, 3] / 2
    out[:, 2] = b[:, 0] + b[:, 2] / 2
    out[:, 3] = b[:, 1] + b[:, 3] / 2
    return out


def iou(a, b):
    result = torch.zeros(len(a), len(b), dtype=a.dtype, device=a.device)
    for i in range(len(a)):
        for j in range(len(b)):
            w = max(0, min(a[i, 2], b[j, 2]) - max(a[i, 0], b[j, 0]) + 1)
            h = max(0, min(a[i, 3], b[j, 3]) - max(a[i, 1], b[j, 1]) + 1)
            area_a = (a[i, 2] - a[i, 0] + 1) * (a[i, 3] - a[i, 1] + 1)
            area_b = (b[j, 2] - b[j, 0] + 1) * (b[j, 3] - b[j, 1] + 1)
            result[i, j] = w * h / (area_a + area_b - w * h)
    return result


def nms(boxes, scores, threshold):
    order = torch.argsort(scores, descending=True)
    boxes = boxes[order]
    keep = []
    for i in range(len(boxes)):
        ok = True
        for k in keep:
            if iou(boxes[i : i + 1], boxes[k : k + 1])[0, 0] > threshold:
                ok = False
        if ok:
            keep.append(i)
    return torch.tensor(keep, dtype=torch.int64, device=boxes.device)


def mean_iou(pred, y, C, ignore=255):
    means = []
    for p, t in zip(pred.cpu().numpy(), y.cpu().numpy()):
        p, t = p[t != ignore], t[t != ignore]
        ious = []
        for c in range(C):
            union = np.sum((p == c) | (t == c))
            if union > 0:
                ious.append(np.sum((p == c) & (t == c)) / union)
        if ious:
            means.append(np.mean(ious))
    return float(np.mean(means)) if means else float("nan")

# %% corner_and_threshold
# 1 to_xyxy takes the center for a corner; 2 iou is nan without area; 3 nms drops at the threshold;
# 4 mean_iou leaves classes out that are predicted only.
# named: xyxy_center_as_corner, iou_nan, nms_at_threshold, mean_of_labelled
import torch


def to_xyxy(b):
    corners = b.clone()
    corners[:, 2] = b[:, 0] + b[:, 2]
    corners[:, 3] = b[:, 1] + b[:, 3]
    return corners


def iou(a, b):
    A, B = a[:, None], b[None]
    w = (torch.minimum(A[..., 2], B[..., 2]) - torch.maximum(A[..., 0], B[..., 0])).clamp(0)
    h = (torch.minimum(A[..., 3], B[..., 3]) - torch.maximum(A[..., 1], B[..., 1])).clamp(0)
    inter = w * h
    return inter / ((A[..., 2] - A[..., 0]) * (A[..., 3] - A[..., 1]) + (B[..., 2] - B[..., 0]) * (B[..., 3] - B[..., 1]) - inter)


def nms(boxes, scores, threshold):
    ious = iou(boxes, boxes)
    keep = []
    for i in scores.argsort(descending=True).tolist():
        if any(ious[i, k] >= threshold for k in keep):
            continue
        keep.append(i)
    return torch.tensor(keep, dtype=torch.int64, device=boxes.device)


def mean_iou(pred, y, C, ignore=255):
    valid = y != ignore
    scores = []
    for c in range(C):
        true = (y == c) & valid
        guess = (pred == c) & valid
        if not true.any():
            continue
        scores.append((true & guess).sum().item() / (true | guess).sum().item())
    return sum(scores) / len(scores) if scores else float("nan")

# %% late_clamp_and_255
# 1 iou clamps the product; 2 nms in the order of the rows, as the scores are "already sorted"; 3 mean_iou knows 255 only.
# named: iou_product_clamped, iou_product_clamped_kept_out, nms_unsorted, mean_ignores_255
import torch


def to_xyxy(b):
    cx, cy, w, h = b.T
    return torch.stack([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2], dim=-1)


def area(b):
    return (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])


def iou(a, b):
    w = torch.minimum(a[:, 2].unsqueeze(1), b[:, 2]) - torch.maximum(a[:, 0].unsqueeze(1), b[:, 0])
    h = torch.minimum(a[:, 3].unsqueeze(1), b[:, 3]) - torch.maximum(a[:, 1].unsqueeze(1), b[:, 1])
    inter = torch.clamp(w * h, min=0)
    union = area(a).unsqueeze(1) + area(b) - inter
    return torch.where(union == 0, torch.zeros_like(inter), inter / union)


def nms(boxes, scores, threshold):
    keep = []
    for i in range(len(boxes)):
        if not keep or (iou(boxes[i : i + 1], boxes[keep]) <= threshold).all():
            keep.append(i)
    return torch.tensor(keep, dtype=torch.int64, device=boxes.device)


def mean_iou(pred, y, C, ignore=255):
    pred, y = pred[y != 255], y[y != 255]
    ious = []
    for c in range(C):
        union = ((pred == c) | (y == c)).sum()
        if union == 0:
            continue
        ious.append((((pred == c) & (y == c)).sum() / union).item())
    return sum(ious) / len(ious) if ious else float("nan")

# %% summed_and_sorted
# 1 iou forgets to take the overlap off; 2 nms gives the rows by number; 3 mean_iou leaves out what is predicted as ignore;
# 4 and gives 0 for nothing.
# named: iou_overlap_counted_twice, nms_by_number, mean_ignores_prediction, mean_none_zero
import torch


def to_xyxy(b):
    c, s = b[:, :2], b[:, 2:]
    return torch.cat([c - s / 2, c + s / 2], dim=1)


def iou(a, b):
    lt = torch.maximum(a[:, None, :2], b[None, :, :2])
    rb = torch.minimum(a[:, None, 2:], b[None, :, 2:])
    inter = (rb - lt).clamp(min=0).prod(dim=2)
    total = (a[:, 2:] - a[:, :2]).prod(dim=1)[:, None] + (b[:, 2:] - b[:, :2]).prod(dim=1)[None]
    return torch.where(total > 0, inter / total, torch.zeros_like(inter))


def nms(boxes, scores, threshold):
    keep = torch.ones(len(boxes), dtype=torch.bool, device=boxes.device)
    overlaps = iou(boxes, boxes)
    for i in scores.argsort(descending=True):
        if keep[i]:
            keep &= (overlaps[i] <= threshold) | (torch.arange(len(boxes), device=boxes.device) == i) | (scores > scores[i])
    return torch.where(keep)[0]


def mean_iou(pred, y, C, ignore=255):
    mask = (y != ignore) & (pred != ignore)
    p, t = pred[mask], y[mask]
    ious = []
    for c in range(C):
        union = ((p == c) | (t == c)).sum().item()
        if union:
            ious.append(((p == c) & (t == c)).sum().item() / union)
    return sum(ious) / len(ious) if ious else 0.0

# %% swapped_and_rising
# 1 to_xyxy: x1, x2, y1, y2; 2 nms by rising score; 3 mean_iou divides by the pixels of y.
# named: xyxy_x_before_y, nms_rising, mean_recall, mean_of_labelled
import torch


def to_xyxy(b):
    dx, dy = b[:, 2] / 2, b[:, 3] / 2
    return torch.stack([b[:, 0] - dx, b[:, 0] + dx, b[:, 1] - dy, b[:, 1] + dy], dim=1)


def iou(a, b):
    out = torch.zeros((len(a), len(b)), dtype=a.dtype, device=a.device)
    for i, (x1, y1, x2, y2) in enumerate(a.tolist()):
        for j, (u1, v1, u2, v2) in enumerate(b.tolist()):
            w, h = min(x2, u2) - max(x1, u1), min(y2, v2) - max(y1, v1)
            if w <= 0 or h <= 0:
                continue
            out[i, j] = w * h / ((x2 - x1) * (y2 - y1) + (u2 - u1) * (v2 - v1) - w * h)
    return out


def nms(boxes, scores, threshold):
    order = torch.sort(scores).indices.tolist()
    keep = []
    while order:
        i = order.pop(0)
        keep.append(i)
        order = [j for j in order if iou(boxes[i][None], boxes[j][None]).item() <= threshold]
    return torch.tensor(keep, dtype=torch.int64, device=boxes.device)


def mean_iou(pred, y, C, ignore=255):
    keep = y != ignore
    pred, y = pred[keep], y[keep]
    values = []
    for c in range(C):
        n = (y == c).sum().item()
        if n:
            values.append(((pred == c) & (y == c)).sum().item() / n)
    return sum(values) / len(values) if values else float("nan")
