# %% recursion
# NMS by recursion; sets of pixels.
import torch


def to_xyxy(b):
    result = torch.empty(b.shape, dtype=b.dtype, device=b.device)
    for k in range(2):
        result[:, k] = b[:, k] - b[:, k + 2] / 2
        result[:, k + 2] = b[:, k] + b[:, k + 2] / 2
    return result


def iou(a, b):
    def row(p):
        left = torch.maximum(p[:2], b[:, :2])
        right = torch.minimum(p[2:], b[:, 2:])
        inter = (right - left).clamp_min(0).prod(dim=1)
        union = (p[2:] - p[:2]).prod() + (b[:, 2:] - b[:, :2]).prod(dim=1) - inter
        return torch.where(inter > 0, inter / union, inter)

    return torch.stack([row(p) for p in a]) if len(a) else a.new_empty(0, len(b))


def nms(boxes, scores, threshold):
    def pick(rows):
        if not rows:
            return []
        first, *rest = rows
        overlaps = iou(boxes[[first]], boxes[rest])[0].tolist() if rest else []
        return [first] + pick([row for row, value in zip(rest, overlaps) if value <= threshold])

    return torch.tensor(pick(scores.argsort(descending=True).tolist()), dtype=torch.int64).to(boxes.device)


def mean_iou(pred, y, C, ignore=255):
    p, t = pred.flatten().tolist(), y.flatten().tolist()
    counted = [i for i, value in enumerate(t) if value != ignore]
    total = []
    for c in range(C):
        P = {i for i in counted if p[i] == c}
        T = {i for i in counted if t[i] == c}
        if P | T:
            total.append(len(P & T) / len(P | T))
    return sum(total) / len(total) if total else float("nan")

# %% out_arguments
# NumPy floats, errstate, one loop over images.
import numpy as np
import torch


def to_xyxy(b):
    lo = torch.add(b[:, :2], b[:, 2:], alpha=-0.5)
    hi = torch.add(b[:, :2], b[:, 2:], alpha=0.5)
    return torch.cat([lo, hi], 1)


def iou(a, b):
    x = a.cpu().numpy().astype(np.float64)
    y = b.cpu().numpy().astype(np.float64)
    w = np.minimum.outer(x[:, 2], y[:, 2]) - np.maximum.outer(x[:, 0], y[:, 0])
    h = np.minimum.outer(x[:, 3], y[:, 3]) - np.maximum.outer(x[:, 1], y[:, 1])
    inter = np.where((w > 0) & (h > 0), w * h, 0.0)
    area = lambda r: (r[:, 2] - r[:, 0]) * (r[:, 3] - r[:, 1])
    union = np.add.outer(area(x), area(y)) - inter
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = inter / union
    ratio[union == 0] = 0
    return torch.tensor(ratio, dtype=a.dtype, device=a.device)


def nms(boxes, scores, threshold):
    table = iou(boxes, boxes).cpu().numpy()
    order = scores.cpu().numpy().argsort()[::-1]
    keep = np.empty(0, dtype=np.int64)
    for i in order:
        if not (table[i, keep] > threshold).any():
            keep = np.append(keep, i)
    return torch.from_numpy(keep).to(boxes.device)


def mean_iou(pred, y, C, ignore=255):
    inter = np.zeros(C, dtype=np.int64)
    union = np.zeros(C, dtype=np.int64)
    for n in range(pred.shape[0]):
        p, t = pred[n].cpu().numpy(), y[n].cpu().numpy()
        mask = t != ignore
        for c in range(C):
            inter[c] += np.count_nonzero((p == c) & (t == c) & mask)
            union[c] += np.count_nonzero(((p == c) | (t == c)) & mask)
    if union.max() == 0:
        return np.nan
    return np.mean(inter[union > 0] / union[union > 0])

# %% masks_and_scatter
# index_put with accumulate; a mask of those that are left.
import torch


def to_xyxy(b):
    sign = torch.tensor([-0.5, -0.5, 0.5, 0.5], dtype=b.dtype, device=b.device)
    return b[:, [0, 1, 0, 1]] + sign * b[:, [2, 3, 2, 3]]


def iou(a, b):
    N, M = len(a), len(b)
    A = a[:, None, :].expand(N, M, 4)
    B = b[None, :, :].expand(N, M, 4)
    lo = torch.max(A[..., :2], B[..., :2])
    hi = torch.min(A[..., 2:], B[..., 2:])
    inter = torch.where((hi > lo).all(-1), (hi - lo).prod(-1), 0)
    union = (A[..., 2:] - A[..., :2]).prod(-1) + (B[..., 2:] - B[..., :2]).prod(-1) - inter
    result = torch.zeros(N, M, dtype=a.dtype, device=a.device)
    some = union > 0
    result[some] = inter[some] / union[some]
    return result


def nms(boxes, scores, threshold):
    left = torch.ones(len(scores), dtype=torch.bool, device=scores.device)
    kept = torch.empty(0, dtype=torch.int64, device=scores.device)
    while left.any():
        rows = left.nonzero().squeeze(1)
        best = rows[scores[rows].argmax()]
        kept = torch.cat([kept, best.reshape(1)])
        left[best] = False
        left &= iou(boxes, boxes[best].unsqueeze(0)).squeeze(1) <= threshold
    return kept


def mean_iou(pred, y, C, ignore=255):
    mask = y.ne(ignore)
    p, t = pred.masked_select(mask), y.masked_select(mask)
    one = torch.ones(len(p), dtype=torch.float64, device=p.device)
    zero = torch.zeros(C, dtype=torch.float64, device=p.device)
    n_p = zero.index_add(0, p, one)
    n_t = zero.index_add(0, t, one)
    inter = zero.index_add(0, p[p == t], one[p == t])
    union = n_p + n_t - inter
    return float((inter / union)[union > 0].mean())

# %% helpers_and_any
# Small helpers; the test against the kept ones by any().
import torch


def _sides(x):
    return x[..., 2] - x[..., 0], x[..., 3] - x[..., 1]


def _area(x):
    w, h = _sides(x)
    return w * h


def to_xyxy(b):
    half = b[..., 2:].div(2)
    return torch.stack((b[..., :2] - half, b[..., :2] + half), dim=1).flatten(1)


def iou(a, b):
    meet = torch.cat([torch.maximum(a[:, None, :2], b[:, :2]), torch.minimum(a[:, None, 2:], b[:, 2:])], dim=-1)
    w, h = _sides(meet)
    inter = w.clamp(min=0) * h.clamp(min=0)
    union = _area(a)[:, None] + _area(b) - inter
    return torch.where(union == 0, 0.0, inter / union).to(a.dtype)


def nms(boxes, scores, threshold):
    table = iou(boxes, boxes)
    keep = []
    for i in torch.argsort(scores, descending=True).tolist():
        if keep and (table[i, keep] > threshold).any():
            continue
        keep.append(i)
    return torch.tensor(keep, device=boxes.device, dtype=torch.int64)


def mean_iou(pred, y, C, ignore=255):
    keep = y != ignore
    classes = torch.arange(C, device=y.device).view(C, 1, 1, 1)
    P = (pred[None] == classes) & keep
    Y = (y[None] == classes) & keep
    inter = (P & Y).flatten(1).sum(1).tolist()
    union = (P | Y).flatten(1).sum(1).tolist()
    values = torch.tensor([i / u if u else float("nan") for i, u in zip(inter, union)], dtype=torch.float64)
    return torch.nanmean(values).item()

# %% present_classes_only
# Goes through the classes that occur; Fractions; a heap of scores.
import heapq
import statistics
from fractions import Fraction
import torch


def to_xyxy(b):
    rows = []
    for row in b:
        cx, cy, w, h = row
        x1, y1 = cx - w / 2, cy - h / 2
        rows.append(torch.stack([x1, y1, x1 + w, y1 + h]))
    return torch.stack(rows) if rows else b.clone()


def iou(a, b):
    x1, y1 = torch.maximum(a[:, 0, None], b[:, 0]), torch.maximum(a[:, 1, None], b[:, 1])
    x2, y2 = torch.minimum(a[:, 2, None], b[:, 2]), torch.minimum(a[:, 3, None], b[:, 3])
    apart = (x2 < x1) | (y2 < y1)
    inter = ((x2 - x1) * (y2 - y1)).masked_fill(apart, 0)
    union = ((a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1]))[:, None] + (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]) - inter
    return torch.nan_to_num(inter / union, nan=0.0)


def nms(boxes, scores, threshold):
    heap = [(-s, i) for i, s in enumerate(scores.tolist())]
    heapq.heapify(heap)
    kept = []
    while heap:
        _, i = heapq.heappop(heap)
        if not kept or iou(boxes[i : i + 1], boxes[kept]).max().item() <= threshold:
            kept.append(i)
    return torch.tensor(kept, dtype=torch.int64, device=boxes.device)


def mean_iou(pred, y, C, ignore=255):
    counts = y != ignore
    p, t = pred[counts], y[counts]
    ratios = []
    for c in torch.unique(torch.cat([p, t])).tolist():
        tp = int(((p == c) & (t == c)).sum())
        ratios.append(Fraction(tp, int((p == c).sum()) + int((t == c).sum()) - tp))
    return float(statistics.mean(ratios)) if ratios else float("nan")

# %% deleted_rows
# Sorted boxes, from which rows are taken; pixels counted through a matrix product.
import torch


def to_xyxy(b):
    x1y1 = b[:, :2] - b[:, 2:] * 0.5
    return torch.cat([x1y1, b[:, :2] + b[:, 2:] * 0.5], dim=1).contiguous()


def iou(a, b):
    w = torch.clamp_min(torch.min(a[:, None, 2], b[None, :, 2]) - torch.max(a[:, None, 0], b[None, :, 0]), 0.0)
    h = torch.clamp_min(torch.min(a[:, None, 3], b[None, :, 3]) - torch.max(a[:, None, 1], b[None, :, 1]), 0.0)
    overlap = w * h
    sizes_a = torch.diff(a.view(-1, 2, 2) if a.is_contiguous() else a.reshape(-1, 2, 2), dim=1).squeeze(1).prod(1)
    sizes_b = torch.diff(b.reshape(-1, 2, 2), dim=1).squeeze(1).prod(1)
    union = sizes_a[:, None] + sizes_b[None] - overlap
    result = overlap / union
    result[torch.isnan(result)] = 0
    return result


def nms(boxes, scores, threshold):
    numbers = list(range(len(boxes)))
    numbers.sort(key=[-s for s in scores.tolist()].__getitem__)
    k = 0
    while k < len(numbers):
        j = k + 1
        while j < len(numbers):
            pair = iou(boxes[numbers[k]].view(1, 4) if boxes.is_contiguous() else boxes[numbers[k]].reshape(1, 4),
                       boxes[numbers[j]].reshape(1, 4))
            if pair.item() > threshold:
                del numbers[j]
            else:
                j += 1
        k += 1
    return torch.LongTensor(numbers).to(boxes.device)


def mean_iou(pred, y, C, ignore=255):
    mask = y.reshape(-1) != ignore
    eye = torch.eye(C, dtype=torch.float64, device=y.device)
    P, Y = eye[pred.reshape(-1)[mask]], eye[y.reshape(-1)[mask]]
    confusion = Y.T @ P
    hits = confusion.diag()
    union = confusion.sum(0) + confusion.sum(1) - hits
    return (hits / union)[union != 0].mean().item()
