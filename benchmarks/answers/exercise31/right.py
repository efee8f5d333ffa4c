# %% base
# Plain formulas on tensors; the best of what is left, again and again.
import torch


def to_xyxy(b):
    cx, cy, w, h = b.unbind(dim=1)
    return torch.stack([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2], dim=1)


def area(boxes):
    return (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])


def iou(a, b):
    top_left = torch.maximum(a[:, None, :2], b[None, :, :2])
    bottom_right = torch.minimum(a[:, None, 2:], b[None, :, 2:])
    size = (bottom_right - top_left).clamp(min=0)
    overlap = size[..., 0] * size[..., 1]
    union = area(a)[:, None] + area(b)[None, :] - overlap
    return torch.where(union > 0, overlap / union, torch.zeros_like(overlap))


def nms(boxes, scores, threshold):
    order = scores.argsort(descending=True)
    kept = []
    while len(order) > 0:
        best, order = order[0], order[1:]
        kept.append(best)
        order = order[iou(boxes[best][None], boxes[order])[0] <= threshold]
    return torch.stack(kept) if kept else torch.empty(0, dtype=torch.int64, device=boxes.device)


def mean_iou(pred, y, C, ignore=255):
    counts = y != ignore
    pred, y = pred[counts], y[counts]
    ratios = []
    for c in range(C):
        overlap = ((pred == c) & (y == c)).sum().item()
        union = ((pred == c) | (y == c)).sum().item()
        if union > 0:
            ratios.append(overlap / union)
    return sum(ratios) / len(ratios) if ratios else float("nan")

# %% plain_loops
# Python numbers and loops over boxes and pixels.
import math
import torch


def to_xyxy(b):
    corners = [[cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2] for cx, cy, w, h in b.tolist()]
    return torch.tensor(corners, dtype=b.dtype, device=b.device).reshape(len(b), 4)


def one_iou(p, q):
    w = max(0.0, min(p[2], q[2]) - max(p[0], q[0]))
    h = max(0.0, min(p[3], q[3]) - max(p[1], q[1]))
    union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - w * h
    return w * h / union if union > 0 else 0.0


def iou(a, b):
    result = torch.zeros(len(a), len(b), dtype=a.dtype, device=a.device)
    for i, p in enumerate(a.tolist()):
        for j, q in enumerate(b.tolist()):
            result[i, j] = one_iou(p, q)
    return result


def nms(boxes, scores, threshold):
    rows, marks = boxes.tolist(), scores.tolist()
    kept = []
    for i in sorted(range(len(rows)), key=lambda i: -marks[i]):
        if all(one_iou(rows[i], rows[k]) <= threshold for k in kept):
            kept.append(i)
    return torch.tensor(kept, dtype=torch.long, device=boxes.device)


def mean_iou(pred, y, C, ignore=255):
    both, either = [0] * C, [0] * C
    for p, t in zip(pred.reshape(-1).tolist(), y.reshape(-1).tolist()):
        if t == ignore:
            continue
        if p == t:
            both[p] += 1
            either[p] += 1
        else:
            either[p] += 1
            either[t] += 1
    ratios = [m / n for m, n in zip(both, either) if n]
    return math.fsum(ratios) / len(ratios) if ratios else math.nan

# %% numpy_all_through
# NumPy, and back to the dtype and the device.
import numpy as np
import torch


def to_xyxy(b):
    x = b.cpu().numpy()
    half = x[:, 2:] / 2
    return torch.from_numpy(np.concatenate([x[:, :2] - half, x[:, :2] + half], axis=1)).to(b.device)


def np_iou(a, b):
    lo = np.maximum(a[:, None, :2], b[:, :2])
    hi = np.minimum(a[:, None, 2:], b[:, 2:])
    inter = np.prod(np.clip(hi - lo, 0, None), axis=2)
    union = np.prod(a[:, 2:] - a[:, :2], axis=1)[:, None] + np.prod(b[:, 2:] - b[:, :2], axis=1) - inter
    out = np.zeros_like(inter)
    np.divide(inter, union, out=out, where=union > 0)
    return out


def iou(a, b):
    return torch.from_numpy(np_iou(a.cpu().numpy(), b.cpu().numpy())).to(a)


def nms(boxes, scores, threshold):
    x, s = boxes.cpu().numpy(), scores.cpu().numpy()
    overlaps = np_iou(x, x)
    suppressed = np.zeros(len(x), dtype=bool)
    keep = []
    for i in np.argsort(-s):
        if suppressed[i]:
            continue
        keep.append(i)
        suppressed |= overlaps[i] > threshold
    return torch.as_tensor(np.array(keep, dtype=np.int64)).to(boxes.device)


def mean_iou(pred, y, C, ignore=255):
    p, t = pred.cpu().numpy().ravel(), y.cpu().numpy().ravel()
    p, t = p[t != ignore], t[t != ignore]
    cm = np.zeros((C, C))
    np.add.at(cm, (t, p), 1)
    inter = np.diag(cm)
    union = cm.sum(0) + cm.sum(1) - inter
    seen = union > 0
    return float(np.mean(inter[seen] / union[seen])) if seen.any() else float("nan")

# %% double_inside
# float64 inside, a confusion matrix by bincount, nanmean.
import torch


def to_xyxy(b):
    d = b.double()
    T = torch.tensor([[1, 0, 1, 0], [0, 1, 0, 1], [-0.5, 0, 0.5, 0], [0, -0.5, 0, 0.5]], dtype=d.dtype, device=d.device)
    return (d @ T).to(b.dtype)


def iou(a, b):
    p, q = a.double(), b.double()
    w = (torch.min(p[:, 2:3], q[:, 2]) - torch.max(p[:, 0:1], q[:, 0])).relu()
    h = (torch.min(p[:, 3:4], q[:, 3]) - torch.max(p[:, 1:2], q[:, 1])).relu()
    inter = w * h
    areas = [(r[:, 2] - r[:, 0]) * (r[:, 3] - r[:, 1]) for r in (p, q)]
    union = areas[0].unsqueeze(1) + areas[1].unsqueeze(0) - inter
    return (inter / union).nan_to_num(nan=0.0).to(a.dtype)


def nms(boxes, scores, threshold):
    if len(boxes) == 0:
        return torch.zeros(0, dtype=torch.int64, device=boxes.device)
    _, order = torch.sort(scores, descending=True)
    clash = iou(boxes[order], boxes[order]) > threshold
    alive = torch.ones(len(order), dtype=torch.bool, device=boxes.device)
    for i in range(len(order)):
        if alive[i]:
            alive[i + 1 :] &= ~clash[i, i + 1 :]
    return order[alive]


def mean_iou(pred, y, C, ignore=255):
    valid = y != ignore
    code = y[valid] * C + pred[valid]
    confusion = torch.bincount(code, minlength=C * C).reshape(C, C).double()
    inter = confusion.diagonal()
    union = confusion.sum(0) + confusion.sum(1) - inter
    return (inter / union).nanmean().item()

# %% in_place_on_copies
# Copies that are changed in place; scores that are set to minus infinity.
import torch


def to_xyxy(b):
    out = b.clone()
    out[:, :2] -= b[:, 2:] / 2
    out[:, 2:] /= 2
    out[:, 2:] += b[:, :2]
    return out


def iou(a, b):
    out = a.new_zeros(a.shape[0], b.shape[0])
    for j in range(b.shape[0]):
        w = torch.clamp(torch.minimum(a[:, 2], b[j, 2]) - torch.maximum(a[:, 0], b[j, 0]), min=0)
        h = torch.clamp(torch.minimum(a[:, 3], b[j, 3]) - torch.maximum(a[:, 1], b[j, 1]), min=0)
        inter = w * h
        union = (a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1]) + (b[j, 2] - b[j, 0]) * (b[j, 3] - b[j, 1]) - inter
        union[union == 0] = 1
        out[:, j] = inter / union
    return out


def nms(boxes, scores, threshold):
    left = scores.clone()
    kept = []
    while kept is not None and left.numel() and left.max() > float("-inf"):
        i = int(left.argmax())
        kept.append(i)
        left[iou(boxes[i : i + 1], boxes)[0] > threshold] = float("-inf")
        left[i] = float("-inf")
    return torch.tensor(kept, dtype=torch.int64, device=boxes.device)


def mean_iou(pred, y, C, ignore=255):
    p, t = pred.clone(), y.clone()
    p[y == ignore] = C
    t[y == ignore] = C
    total, n = 0.0, 0
    for c in range(C):
        tp = int(torch.logical_and(p == c, t == c).sum())
        fp = int(torch.logical_and(p == c, t != c).sum())
        fn = int(torch.logical_and(p != c, t == c).sum())
        if tp + fp + fn == 0:
            continue
        total += tp / (tp + fp + fn)
        n += 1
    return total / n if n else float("nan")

# %% with_classes
# A class for a box, a class that counts.
from collections import Counter
from dataclasses import dataclass
import torch


@dataclass(frozen=True)
class Box:
    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def area(self):
        return (self.x2 - self.x1) * (self.y2 - self.y1)

    def overlap(self, other):
        w = min(self.x2, other.x2) - max(self.x1, other.x1)
        h = min(self.y2, other.y2) - max(self.y1, other.y1)
        return w * h if w > 0 and h > 0 else 0.0

    def iou(self, other):
        inter = self.overlap(other)
        if inter == 0:
            return 0.0
        return inter / (self.area + other.area - inter)


def to_xyxy(b):
    center, half = b[:, :2], 0.5 * b[:, 2:]
    return torch.cat((center - half, center + half), dim=-1)


def iou(a, b):
    values = [Box(*p).iou(Box(*q)) for p in a.tolist() for q in b.tolist()]
    return torch.tensor(values, dtype=a.dtype, device=a.device).view(len(a), len(b))


def nms(boxes, scores, threshold):
    ranked = sorted(zip(scores.tolist(), range(len(scores)), [Box(*row) for row in boxes.tolist()]), key=lambda t: t[0])
    kept = []
    while ranked:
        _, row, box = ranked.pop()
        kept.append(row)
        ranked = [entry for entry in ranked if not box.iou(entry[2]) > threshold]
    return torch.as_tensor(kept, dtype=torch.int64, device=boxes.device)


class Confusion:
    def __init__(self):
        self.cells = Counter()

    def add(self, pred, y, ignore):
        self.cells.update((t, p) for p, t in zip(pred.flatten().tolist(), y.flatten().tolist()) if t != ignore)

    def ratio(self, c):
        union = sum(n for (t, p), n in self.cells.items() if c in (t, p))
        return self.cells[c, c] / union if union else None


def mean_iou(pred, y, C, ignore=255):
    confusion = Confusion()
    for p, t in zip(pred, y):
        confusion.add(p, t, ignore)
    ratios = [r for r in map(confusion.ratio, range(C)) if r is not None]
    return float(torch.tensor(ratios, dtype=torch.float64).mean())

# %% one_hot_planes
# One-hot planes of the classes; NMS as a rule applied until nothing changes.
import torch
import torch.nn.functional as F


def to_xyxy(b):
    cx, cy, w, h = torch.split(b, 1, dim=1)
    return torch.hstack([cx - 0.5 * w, cy - 0.5 * h, cx + 0.5 * w, cy + 0.5 * h])


def iou(a, b):
    A, B = a.unsqueeze(1), b.unsqueeze(0)
    ax1, ay1, ax2, ay2 = A.unbind(-1)
    bx1, by1, bx2, by2 = B.unbind(-1)
    w = F.relu(torch.minimum(ax2, bx2) - torch.maximum(ax1, bx1))
    h = F.relu(torch.minimum(ay2, by2) - torch.maximum(ay1, by1))
    inter = w * h
    union = (ax2 - ax1) * (ay2 - ay1) + (bx2 - bx1) * (by2 - by1) - inter
    safe = union.masked_fill(union <= 0, 1)
    return inter / safe


def nms(boxes, scores, threshold):
    order = torch.argsort(-scores)
    above = (iou(boxes[order], boxes[order]) > threshold).triu(diagonal=1)
    keep = torch.ones(len(order), dtype=torch.bool, device=boxes.device)
    while True:
        new = ~(above & keep[:, None]).any(dim=0)
        if torch.equal(new, keep):
            return order[keep]
        keep = new


def mean_iou(pred, y, C, ignore=255):
    valid = (y != ignore).flatten()
    P = F.one_hot(pred.flatten()[valid], C).bool()
    Y = F.one_hot(y.flatten()[valid], C).bool()
    inter = (P & Y).sum(0)
    union = (P | Y).sum(0)
    there = union > 0
    if not there.any():
        return float("nan")
    return (inter[there].double() / union[there].double()).mean().item()
