"""The checks of exercise 31.

An IoU that a threshold decides on is either far from it or exact in binary, like the threshold; no two scores are
equal. An error in iou costs its own checks only: where nms is not right by itself, a right iou stands in. Inputs on
which a typical mistake is right by luck are drawn again.
"""

from __future__ import annotations

from functools import partial

import torch

from grader.checks import check

#: A few operations keep fifteen digits in float64; what went through float32 on the way keeps seven.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}
#: The same for numbers in the thousands, and for those far below 1.
TEN_DIGITS_FAR = {"rtol": 1e-10, "atol": 1e-9}
TEN_DIGITS_NEAR = {"rtol": 1e-10, "atol": 1e-19}
#: In float32; and for a mean of ratios that may be float32.
FIVE_DIGITS = {"rtol": 1e-5, "atol": 1e-6}
FIVE_DIGITS_OF_A_MEAN = {**FIVE_DIGITS, "numpy_scalars": True}

#: The usual mark of a pixel that does not count.
IGNORE = 255


def drawn(draw, accept):
    """The first draw that is accepted."""
    for _ in range(10_000):
        values = draw()
        if accept(*values):
            return values
    raise ValueError("none of 10,000 draws tells mistakes apart")


# --- boxes


def centered(sample, n):
    """Boxes by center and size, [n, 4]; no number is whole."""
    return torch.cat([sample.normal(n, 2, std=4), sample(n, 2, low=0.5, high=5)], dim=1)


def around(sample, n, at):
    """Boxes by corners, [n, 4], that all contain the point `at`."""
    return torch.cat([at - sample(n, 2, low=0.4, high=3), at + sample(n, 2, low=0.4, high=3)], dim=1)


def scattered(sample, n, span=6, least=1, most=4):
    """Boxes by corners, [n, 4], the sides from least to most long."""
    low = sample(n, 2, low=-span, high=span - 2)
    return torch.cat([low, low + sample(n, 2, low=least, high=most)], dim=1)


def apart_and_together(sample, n, m):
    """Boxes a [n, 4] and b [m, 4]: some pairs overlap, some are apart along one axis, and some along both."""

    def accept(a, b):
        gap = torch.maximum(a[:, None, :2], b[:, :2]) > torch.minimum(a[:, None, 2:], b[:, 2:])
        return (gap.sum(dim=2).flatten().bincount(minlength=3) > 2).all()

    return drawn(lambda: (scattered(sample, n), scattered(sample, m)), accept)


def beside(boxes):
    """The same boxes, each moved until it touches itself: along x, or along y."""
    return torch.cat([boxes[:, [2, 1, 2, 3]] + _widths(boxes, 0), boxes[:, [0, 3, 2, 3]] + _widths(boxes, 1)])


def _widths(boxes, axis):
    """What moves the second corner along the axis by the size of the box, and the first one nowhere."""
    moved = torch.zeros_like(boxes)
    moved[:, 2 + axis] = boxes[:, 2 + axis] - boxes[:, axis]
    return moved


def inside(boxes):
    """Boxes in the middle of these, half as wide and half as high."""
    low, high = boxes[:, :2], boxes[:, 2:]
    return torch.cat([0.75 * low + 0.25 * high, 0.25 * low + 0.75 * high], dim=1)


def without_area(sample, at):
    """The point `at` twice and two lines through it, [4, 4]."""
    flat = torch.tensor([[1, 1], [0, 1], [1, 0], [1, 1]], dtype=torch.bool, device=sample.device).repeat(1, 2)
    return torch.where(flat, at.repeat(2), around(sample, 4, at))


# --- boxes and scores


def overlaps(boxes):
    """The IoU of each box with each, and the share that each has of itself in each, as lists."""
    sides = torch.minimum(boxes[:, None, 2:], boxes[:, 2:]) - torch.maximum(boxes[:, None, :2], boxes[:, :2])
    overlap = sides.clamp(min=0).prod(dim=2)
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(dim=1)
    return (overlap / (areas[:, None] + areas - overlap)).tolist(), (overlap / areas[:, None]).tolist()


def suppressed(table, order, threshold, by=list):
    """The boxes kept, in order. by: picks those of the kept ones that a box is compared with."""
    kept = []
    for i in order:
        if all(table[i][j] <= threshold for j in by(kept)):
            kept.append(i)
    return kept


def ranking(values):
    return sorted(range(len(values)), key=lambda i: -values[i])


def by_all(table, order, threshold):
    """What is left if boxes that are dropped drop others, too."""
    return [i for rank, i in enumerate(order) if all(table[i][j] <= threshold for j in order[:rank])]


def taken_out(table, order, threshold):
    """What is left if a box is taken out of the list while a loop goes through it, which passes over the next one."""
    left, kept = list(order), []
    while left:
        kept.append(left.pop(0))
        for j in left:
            if table[kept[-1]][j] > threshold:
                left.remove(j)
    return kept


def one_suffices(table, order, threshold):
    """What is left if a box stays that overlaps one of those kept little enough."""
    kept = order[:1]
    for i in order[1:]:
        if any(table[i][j] <= threshold for j in kept):
            kept.append(i)
    return kept


def up_to_dropped(order, right):
    """The boxes before the first one that is dropped."""
    return order[: next((rank for rank, i in enumerate(order) if i not in right), len(order))]


def other_kept(table, shares, order, scores, threshold):
    """What other rules keep."""
    right = suppressed(table, order, threshold)
    yield from (suppressed(shares, order, threshold), taken_out(table, order, threshold))
    yield suppressed(table, order[::-1], threshold)
    yield suppressed(table, range(len(order)), threshold)
    yield suppressed(table, order, threshold, lambda kept: kept[-1:])
    yield suppressed(table, order, threshold, lambda kept: kept[:1])
    yield suppressed([[table[i][j] for j in order] for i in order], order, threshold)
    yield from (one_suffices(table, order, threshold), up_to_dropped(order, right))
    yield [i for i, before in zip(order[1:], order[:-1], strict=True) if table[i][before] <= threshold]
    yield from ([i for i in right if scores[i] > least] for least in (0, threshold))
    yield sorted(right)
    yield right[::-1]
    yield [order.index(i) for i in right]
    yield order
    yield [i for i in order if i not in right]


def detected(sample, n, threshold, chained, close=False):
    """boxes [n, 4], scores [n], threshold: no IoU is near the threshold, and every other rule keeps other boxes.

    chained: whether boxes that are dropped would drop others. close: the scores differ in the tenth digit alone.
    """

    least = 3 if threshold > 0.35 else 1

    def draw():
        rising = sample.permutation(n).double() + sample(n, low=-0.3, high=0.3)
        return scattered(sample, n, 3.5, least, 6), 1 + 1e-10 * rising if close else (rising - n / 2 + 0.5) / 4

    def accept(boxes, scores):
        table, shares = overlaps(boxes)
        if any(abs(value - threshold) < 0.005 for row in table for value in row):
            return False
        order = ranking(scores.tolist())
        right = suppressed(table, order, threshold)
        if (by_all(table, order, threshold) != right) != chained or not 3 <= len(right) < n - 2:
            return False
        spread = (scores - 1) * 1e10 - n / 2 if close else scores
        return all(other != right for other in other_kept(table, shares, order, spread.tolist(), threshold))

    return *drawn(draw, accept), threshold


#: Sizes of a box along the axis that it is moved along, and how far, for which the IoU is the threshold: inter/union is
#: (width − move)/(width + move).
LEVEL = {0.5: ((3, 1), (6, 2)), 0.25: ((5, 3),), 0.75: ((7, 1), (14, 2)), 0.125: ((9, 7),)}


def level_with(sample, threshold):
    """boxes, scores and threshold, with pairs of boxes whose IoU is the threshold exactly, is above it and is below it;
    pairs are far from each other. All numbers are whole."""
    rows = []
    for width, move in LEVEL[threshold]:
        for moved in (move, move, move - 0.5, move + 0.5):
            at, height, turned = 64 * len(rows), sample.choice([1, 2, 4, 5]), sample.choice([False, True])
            for left in (at, at + moved):
                rows.append([0, left, height, left + width] if turned else [left, 0, left + width, height])
    boxes = 2 * torch.tensor(rows, dtype=torch.float64, device=sample.device)[sample.permutation(len(rows))]
    return boxes, sample.permutation(len(rows)).double() / 8 - 0.5, threshold


def judge_nms(compare, reference, student, probe, boxes, scores, threshold, **options):
    """nms by itself if that is right, else with a right iou in the place of the submission's."""
    right = reference.nms(boxes, scores, threshold).cpu().tolist()
    found = student(probe("tried"), boxes, scores, threshold).tolist()
    alone = found == right + [-1] * (len(found) - len(right))
    replace = {} if alone else {"iou": probe("right_iou")}
    compare("nms", boxes, scores, threshold, replace=replace, **options)


# --- labels of pixels


def judge_mean(compare, probe, *args, **options):
    """mean_iou in float32: a mistake is known by its number, and a learner's ratios may be float32."""
    compare(probe("mean_iou_in_float32"), *args, about="mean_iou", **FIVE_DIGITS, **options)


def ratios(pred, y, c):
    """For each class the pixels that are of it and predicted as it, those predicted as it, those of it."""
    parts = y[y == pred], pred.flatten(), y.flatten()
    return list(zip(*(part.bincount(minlength=c).tolist() for part in parts), strict=True))


def mean(values):
    return sum(values) / len(values) if values else float("nan")


def mean_of(counts):
    return mean([both / (p + t - both) for both, p, t in counts if p + t])


def other_means(pred, y, c):
    """What other rules give, all pixels being judged."""
    counts = ratios(pred, y, c)
    seen = [(both, p, t) for both, p, t in counts if p + t]
    yield mean([2 * both / (p + t) for both, p, t in seen])
    yield mean([both / (p + t) for both, p, t in seen])
    yield mean([both / max(p, 1) for both, p, t in seen])
    yield mean([both / max(t, 1) for both, p, t in seen])
    yield mean([both / min(p, t) if p and t else 0 for both, p, t in seen])
    right, size = sum(both for both, _, _ in seen), y.numel()
    yield from (right / size, right / (2 * size - right))
    yield sum(both / (p + t - both) * t for both, p, t in seen) / size
    yield from (mean_of(counts[1:]), mean_of(counts[:-1]), mean_of(counts) * len(seen))
    yield max(both / (p + t - both) for both, p, t in seen)
    if len(y) > 1:
        each = [ratios(one_pred, one_y, c) for one_pred, one_y in zip(pred, y, strict=True)]
        yield mean([b / (p + t - b) for image in each for b, p, t in image if p + t])
        yield mean([mean_of(image) for image in each])
        yield mean([mean([b / (p + t - b) for b, p, t in image if p + t]) for image in zip(*each, strict=True)])
        yield mean_of(each[0])


def differ(right, others, least=1e-3):
    return all(not abs(other - right) <= least for other in others)


def segmented(sample, shape, c, copied=0.5):
    """pred and y of this shape, all classes in both, for which each other rule gives another number. Of several images
    the first one is without a class, so that means over images in one order and in the other differ."""

    def draw():
        y, guess = (sample.integers(*shape, low=0, high=c) for _ in range(2))
        missing = sample.integer(0, c)
        if shape[0] > 1:
            y[0][y[0] == missing] = guess[0][guess[0] == missing] = (missing + 1) % c
        return torch.where(sample(*shape) < copied, y, guess), y

    def accept(pred, y):
        counts = ratios(pred, y, c)
        others = list(other_means(pred, y, c))
        if not all(p and t for _, p, t in counts) or not differ(mean_of(counts), others):
            return False
        return shape[0] == 1 or (differ(others[-2], others[-4:-2]) and differ(others[-3], others[-4:-3]))

    return drawn(draw, accept)


def with_gaps(sample, shape, beyond=False):
    """pred, y and C = 8: three classes in both, two in y alone, one in pred alone, two in neither.

    beyond: whether the class in pred alone is larger than all of y.
    """
    kinds = drawn(lambda: (sample.permutation(8),), lambda kinds: bool(kinds[5] > kinds[:5].max()) == beyond)[0]

    def draw():
        y, guess = kinds[sample.integers(*shape, low=0, high=5)], kinds[2 + sample.integers(*shape, low=0, high=4)]
        common = (y != kinds[0]) & (y != kinds[1])
        return torch.where((sample(*shape) < 0.5) & common, y, guess), y

    def accept(pred, y):
        counts = ratios(pred, y, 8)
        found = [both / (p + t - both) if p + t else 0.0 for both, p, t in counts]
        means = [(sum(found) + absent) / 8 for absent in (0, 2)] + [sum(found) / present for present in (3, 4, 5)]
        present = [sum(count > 0 for count in part) for part in zip(*counts, strict=True)]
        return present == [3, 4, 5] and differ(mean_of(counts), means)

    return *drawn(draw, accept), 8


def with_ignored(sample, shape, c, ignore):
    """pred, y and C, for which any other treatment of the pixels with y = ignore gives another number."""

    def draw():
        pred, y = segmented(sample, shape, c)
        return pred, torch.where(sample(*shape) < 0.25, ignore, y)

    def accept(pred, y):
        judged, is_class = y != ignore, 0 <= ignore < c
        counts = ratios(pred[judged], y[judged], c)
        counted = [
            (both, p, t + (is_class and k == ignore) * int((~judged).sum()))
            for k, ((both, _, t), p) in enumerate(
                zip(counts, pred.flatten().bincount(minlength=c).tolist(), strict=True)
            )
        ]
        both_judged = judged & (pred != ignore)
        others = [mean_of(counted), mean_of(ratios(pred.where(judged, 0), y.where(judged, 0), c))]
        if is_class:
            others += [mean_of(ratios(pred, y, c)), mean_of(ratios(pred[both_judged], y[both_judged], c))]
            others += [mean_of(part[:ignore] + part[ignore + 1 :]) for part in (counts, ratios(pred, y, c))]
        if not all(p if k == ignore else t for k, (_, p, t) in enumerate(counts)):
            return False
        return (~judged).sum() > 2 and differ(mean_of(counts), others)

    return *drawn(draw, accept), c


# --- the checks


@check(points=1, title="to_xyxy: corners from center and size")
def test_to_xyxy(compare, sample):
    for n, scale, digits in ((5, 1, TEN_DIGITS), (4, 1000, TEN_DIGITS_FAR), (7, 1e-7, TEN_DIGITS_NEAR)):
        compare("to_xyxy", scale * centered(sample, n), effects=n == 5, **digits)
    compare("to_xyxy", torch.cat([sample.normal(3, 2), 0 * sample(3, 2)], dim=1), **TEN_DIGITS)


@check(points=1, title="iou: boxes that overlap, every one of a with every one of b")
def test_overlapping(compare, sample):
    for n, m, scale in ((5, 3, 1), (4, 4, 1), (2, 6, 1000), (3, 5, 1e-7)):
        at = sample.normal(2, std=3)
        a, b = scale * around(sample, n, at), scale * around(sample, m, at)
        compare("iou", a, b, effects=n == 5, **TEN_DIGITS)


@check(points=1, title="iou: boxes apart along one axis or both, boxes that touch, boxes inside others")
def test_apart(compare, sample):
    for n, m in ((6, 5), (5, 5)):
        a, b = apart_and_together(sample, n, m)
        compare("iou", a / 32, b / 32, **TEN_DIGITS)
    a = scattered(sample, 3) / 32
    compare("iou", a, torch.cat([beside(a), inside(a)]), **TEN_DIGITS)


@check(points=0.5, title="iou: 0 where the union has no area, and the right number beside it")
def test_without_area(compare, sample):
    at = sample.normal(2)
    a, b = (torch.cat([around(sample, 2, at), without_area(sample, at)]) / 32 for _ in range(2))
    compare("iou", a, b, **TEN_DIGITS)
    compare("iou", a, a.clone(), **TEN_DIGITS)


@check(
    points=1,
    title="nms: the row numbers of the boxes kept, by falling score (what is wrong in your iou does not count here)",
)
def test_nms(compare, reference, student, sample, probe):
    for n, threshold in ((9, 0.3), (10, 0.5), (12, 0.15)):
        args = detected(sample, n, threshold, chained=False)
        judge_nms(compare, reference, student, probe, *args, effects=n == 9)


@check(points=1, title="nms: a box that is dropped drops no other (what is wrong in your iou does not count here)")
def test_chain(compare, reference, student, sample, probe):
    for n, threshold in ((9, 0.3), (10, 0.45), (12, 0.15)):
        judge_nms(compare, reference, student, probe, *detected(sample, n, threshold, chained=True))


@check(
    points=1, title="nms: a box whose IoU equals the threshold stays (what is wrong in your iou does not count here)"
)
def test_level(compare, reference, student, sample, probe):
    for threshold in LEVEL:
        judge_nms(compare, reference, student, probe, *level_with(sample, threshold))
    boxes, scores, _ = level_with(sample, 0.25)
    judge_nms(compare, reference, student, probe, boxes, scores, 0.0)
    judge_nms(compare, reference, student, probe, torch.cat([boxes, boxes]), torch.cat([scores, scores + 8]), 1.0)


@check(points=1, title="mean_iou: the mean of the classes' ratios, each of the pixels of all images together")
def test_pooled(compare, sample, probe):
    for shape, c in (((2, 5, 7), 4), ((3, 3, 3), 3), ((4, 3, 4), 2), ((1, 5, 6), 3)):
        pred, y = segmented(sample, shape, c)
        judge_mean(compare, probe, pred, y, c)
        if c == 4:  # all right: typical mistakes don't show, only what kind of result it is, and what happens beside it
            compare("mean_iou", y.clone(), y, c, effects=True, **FIVE_DIGITS_OF_A_MEAN)


@check(points=0.5, title="mean_iou: a class that is in neither is left out, one that is in either is not")
def test_absent(compare, sample, probe):
    images = segmented(sample, (1, 6, 8), 8), with_gaps(sample, (1, 6, 8))[:2], with_gaps(sample, (1, 6, 8))[:2]
    pred, y = (torch.cat(part) for part in zip(*images, strict=True))
    compare(probe("mean_iou_of_each"), pred, y, 8, about="mean_iou", **FIVE_DIGITS)
    for shape, beyond in (((1, 5, 7), False), ((1, 6, 6), True)):
        judge_mean(compare, probe, *with_gaps(sample, shape, beyond))


@check(points=0.5, title="mean_iou: pixels with y = ignore do not count, whatever is predicted there")
def test_ignored(compare, sample, probe):
    for shape, c in (((1, 6, 8), 4), ((1, 5, 5), 3)):
        judge_mean(compare, probe, *with_ignored(sample, shape, c, IGNORE))
    for ignore in (-1, 1000):
        judge_mean(compare, probe, *with_ignored(sample, (1, 6, 7), 4, ignore), ignore)


@check(points=0.5, hidden=True, title="mean_iou: ignore is one of the classes 0 … C−1; only y says what is ignored")
def test_ignored_class(compare, sample, probe):
    for shape, c, ignore in (((1, 6, 8), 4, 0), ((1, 6, 7), 4, 3), ((1, 6, 6), 3, 1)):
        judge_mean(compare, probe, *with_ignored(sample, shape, c, ignore), ignore)


@check(points=0.5, hidden=True, title="no box, one box; no image, no pixel that counts, one class")
def test_few(compare, reference, student, sample, probe):
    boxes = around(sample, 4, sample.normal(2)) / 32
    scores = sample.permutation(4).double() - 8
    for n in (1, 0):
        compare("to_xyxy", centered(sample, n), **TEN_DIGITS)
        compare("iou", boxes, boxes[:n].flip(0), **TEN_DIGITS)
        compare("iou", boxes[:n], boxes[1:], **TEN_DIGITS)
        judge_nms(compare, reference, student, probe, boxes[:n], scores[:n], 0.5)
    compare("iou", boxes[:0], boxes[:0], **TEN_DIGITS)
    pred, y = segmented(sample, (1, 5, 4), 3)
    judge_mean(compare, probe, pred, y, 3)
    for case in ((pred[:0], y[:0], 3), (pred, torch.full_like(y, IGNORE), 3), (0 * y, 0 * y, 1)):
        compare("mean_iou", *case, **FIVE_DIGITS_OF_A_MEAN)
    compare("mean_iou", pred, torch.full_like(y, 2), 3, 2, **FIVE_DIGITS_OF_A_MEAN)


@check(points=0.5, hidden=True, title="float32; views of larger tensors; another device; close scores, large numbers")
def test_any_tensor(compare, reference, student, sample, probe):
    judge = partial(judge_nms, compare, reference, student, probe)
    for_float32 = {"twin": True, **FIVE_DIGITS}
    compare("to_xyxy", centered(sample, 5).float().T.contiguous().T, **for_float32)
    at = sample.normal(2)
    a, b = around(sample, 6, at).float(), around(sample, 5, at).float()
    compare("iou", a.T.contiguous().T, torch.cat([b, b], dim=1)[:, :4], **for_float32)
    boxes, scores, threshold = detected(sample, 9, 0.3, chained=False)
    wide = torch.cat([boxes, boxes], dim=1).float()
    judge(wide[:, 4:], torch.stack([scores, scores], dim=1)[:, 1].float(), threshold, twin=True)
    judge(1000 * boxes.T.contiguous().T, 1000 * scores, threshold)
    judge(*detected(sample, 10, 0.5, chained=False, close=True))
    pred, y, c = with_ignored(sample, (1, 6, 8), 3, IGNORE)
    judge_mean(compare, probe, pred.mT.contiguous().mT, y, c)
    compare("mean_iou", pred, y, c, twin=True, **FIVE_DIGITS_OF_A_MEAN)
