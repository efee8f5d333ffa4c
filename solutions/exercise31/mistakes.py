"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- to_xyxy

BOTH = "torch.cat([center - half, center + half], dim=1)"

xyxy_whole_size = edit("to_xyxy", {"b[:, 2:] / 2": "b[:, 2:]"}).says(
    "the corners are a whole width and height away from the center, so that the boxes are twice as large as they are"
)
xyxy_center_as_corner = edit("to_xyxy", {BOTH: "torch.cat([center, center + b[:, 2:]], dim=1)"}).says(
    "cx, cy is taken for the first corner; it is the center"
)
xyxy_first_corner_and_size = edit("to_xyxy", {BOTH: "torch.cat([center - half, b[:, 2:]], dim=1)"}).says(
    "the last two columns are still width and height; they are to be the second corner"
)
xyxy_center_halved = edit("to_xyxy", {BOTH: "torch.cat([center / 2 - half, center / 2 + half], dim=1)"}).says(
    "the center is halved as well, as by (cx − w) / 2; only the size is: cx − w / 2"
)
xyxy_x_before_y = edit("to_xyxy", {"dim=1)": "dim=1)[:, [0, 2, 1, 3]]"}).says(
    "the columns are x1, x2, y1, y2; they are to be x1, y1, x2, y2"
)
xyxy_y_before_x = edit("to_xyxy", {"dim=1)": "dim=1)[:, [1, 0, 3, 2]]"}).says(
    "the columns are y1, x1, y2, x2; they are to be x1, y1, x2, y2"
)
xyxy_y_exchanged = edit("to_xyxy", {"dim=1)": "dim=1)[:, [0, 3, 2, 1]]"}).says(
    "y1 and y2 are exchanged, as if y pointed upwards; y1 is the smaller one"
)
xyxy_corners_exchanged = edit("to_xyxy", {"center - half, center + half": "center + half, center - half"}).says(
    "the corner with the larger coordinates comes first; it comes last"
)
xyxy_size_exchanged = edit("to_xyxy", {"b[:, 2:] / 2": "b[:, [3, 2]] / 2"}).says(
    "width and height are exchanged: the third column of b is the width, the fourth the height"
)
xyxy_whole_halves = edit("to_xyxy", {" / 2": " // 2"}).says("half of a size is rounded down to a whole number")
xyxy_rounded = edit("to_xyxy", {"dim=1)": "dim=1).round()"}).says("the corners are rounded to whole numbers")
xyxy_last_pixel = edit("to_xyxy", {"center + half": "center + half - 1"}).says(
    "1 is subtracted from the second corner, as if it were the last pixel; coordinates are lengths here"
)
xyxy_not_negative = edit("to_xyxy", {"dim=1)": "dim=1).clamp(min=0)"}).says(
    "negative corners become 0; a box may lie anywhere"
)
xyxy_in_the_unit_square = edit("to_xyxy", {"dim=1)": "dim=1).clamp(0, 1)"}).says(
    "the corners are cut to 0 … 1; a box may lie anywhere"
)
xyxy_backwards = edit(
    "to_xyxy", "low, high = b[:, :2], b[:, 2:]\nreturn torch.cat([(low + high) / 2, high - low], dim=1)"
).says("this is the way back: it reads the rows as corners, and makes center and size of them")
xyxy_second_at_center = edit("to_xyxy", {"center + half": "center"}).says(
    "x2, y2 is the center: half a size is missing, as where it is added to a first corner that has moved already"
)
xyxy_in_place = edit("to_xyxy", "b[:, :2] -= b[:, 2:] / 2\nb[:, 2:] += b[:, :2]\nreturn b").says(
    "the tensor b itself is changed; make a new one"
)
xyxy_columns = edit("to_xyxy", {"dim=1)": "dim=1).T"}).says("each box is a column, [4, N]; each is to be a row")

# --- iou

UNION = "union = area_a[:, None] + area_b - overlap"
RATIO = "torch.where(union == 0, 0, overlap / union)"
CLAMPED = "(high - low).clamp(min=0).prod(dim=2)"

iou_negative_sides = edit("iou", {".clamp(min=0)": ""}).says(
    "boxes that are apart have an overlap: the sides of the overlap are negative there. Each must be at least 0 before "
    "the two are multiplied"
)
iou_negative_sides_kept_out = edit("iou", {".clamp(min=0)": "", "union == 0": "union <= 0"}).says(
    "boxes that are apart have an overlap: the sides of the overlap are negative there. Each must be at least 0 before "
    "the two are multiplied"
)
iou_product_clamped = edit("iou", {CLAMPED: "(high - low).prod(dim=2).clamp(min=0)"}).says(
    "boxes that are apart along both axes have an overlap: the product of two negative sides is positive. Each side "
    "must be at least 0 before the two are multiplied"
)
iou_product_clamped_kept_out = edit(
    "iou", {CLAMPED: "(high - low).prod(dim=2).clamp(min=0)", "union == 0": "union <= 0"}
).says(
    "boxes that are apart along both axes have an overlap: the product of two negative sides is positive. Each side "
    "must be at least 0 before the two are multiplied"
)
iou_absolute_sides = edit("iou", {CLAMPED: "(high - low).abs().prod(dim=2)"}).says(
    "the gap between boxes that are apart counts as an overlap: the sides lose their signs. A negative one counts as 0"
)
iou_absolute_sides_kept_out = edit("iou", {CLAMPED: "(high - low).abs().prod(dim=2)", "union == 0": "union <= 0"}).says(
    "the gap between boxes that are apart counts as an overlap: the sides lose their signs. A negative one counts as 0"
)
iou_height_negative = edit("iou", {CLAMPED: "((high - low)[:, :, 0].clamp(min=0) * (high - low)[:, :, 1])"}).says(
    "boxes that are apart along y have an overlap: only the width of the overlap is made at least 0, and its height is "
    "negative there"
)
iou_plus_one = edit(
    "iou",
    {
        CLAMPED: "(high - low + 1).clamp(min=0).prod(dim=2)",
        "(a[:, 2:] - a[:, :2])": "(a[:, 2:] - a[:, :2] + 1)",
        "(b[:, 2:] - b[:, :2])": "(b[:, 2:] - b[:, :2] + 1)",
    },
).says("1 is added to each side, as if coordinates counted pixels; a side is x2 − x1")
iou_overlap_plus_one = edit("iou", {CLAMPED: "(high - low + 1).clamp(min=0).prod(dim=2)"}).says(
    "1 is added to the sides of the overlap, as if coordinates counted pixels; a side is x2 − x1"
)
iou_areas_plus_one = edit(
    "iou", {"(a[:, 2:] - a[:, :2])": "(a[:, 2:] - a[:, :2] + 1)", "(b[:, 2:] - b[:, :2])": "(b[:, 2:] - b[:, :2] + 1)"}
).says("1 is added to the sides of the boxes in their areas, as if coordinates counted pixels; a side is x2 − x1")
iou_overlap_counted_twice = edit("iou", {" + area_b - overlap": " + area_b"}).says(
    "the two areas are added, so that the overlap counts twice; the union has it once"
)
iou_dice = edit("iou", {RATIO: "torch.where(union > 0, 2 * overlap / (union + overlap), 0)"}).says(
    "this is twice the overlap by the sum of the two areas, the Dice coefficient; divide the overlap by the union"
)
iou_by_smaller = edit("iou", {UNION: "union = torch.minimum(area_a[:, None], area_b)"}).says(
    "the overlap is divided by the smaller of the two areas; divide by the union"
)
iou_by_larger = edit("iou", {UNION: "union = torch.maximum(area_a[:, None], area_b)"}).says(
    "the overlap is divided by the larger of the two areas; divide by the union"
)
iou_by_first = edit("iou", {UNION: "union = area_a[:, None].expand(-1, len(b))"}).says(
    "the overlap is divided by the area of the box of a; divide by the union"
)
iou_by_second = edit("iou", {UNION: "union = area_b.expand(len(a), -1)"}).says(
    "the overlap is divided by the area of the box of b; divide by the union"
)
iou_by_hull = edit(
    "iou",
    {UNION: "union = (torch.maximum(a[:, None, 2:], b[:, 2:]) - torch.minimum(a[:, None, :2], b[:, :2])).prod(dim=2)"},
).says("the overlap is divided by the area of the smallest box around both; divide by the union")
iou_not_divided = edit("iou", {RATIO: "overlap"}).says(
    "this is the area of the overlap; divide it by that of the union"
)
iou_distance = edit("iou", {RATIO: f"1 - {RATIO}"}).says("this is 1 minus the IoU")
iou_ends_exchanged = edit(
    "iou", {"torch.maximum": "torch.minimum", "high = torch.minimum": "high = torch.maximum"}
).says(
    "this takes the smallest box around both for the overlap: that begins at the larger x1 and ends at the smaller x2"
)
iou_along_x = edit(
    "iou",
    {
        CLAMPED: "(high - low).clamp(min=0)[:, :, 0]",
        "(a[:, 2:] - a[:, :2]).prod(dim=1)": "a[:, 2] - a[:, 0]",
        "(b[:, 2:] - b[:, :2]).prod(dim=1)": "b[:, 2] - b[:, 0]",
    },
).says("only x counts: these are ratios of lengths along x, not of areas")
iou_sides_added = edit("iou", {CLAMPED: "(high - low).clamp(min=0).sum(dim=2)"}).says(
    "the sides of the overlap are added; its area is their product"
)
iou_centers = edit(
    "iou",
    {
        "low = torch.maximum": "a, b = (torch.cat([c[:, :2] - c[:, 2:] / 2, c[:, :2] + c[:, 2:] / 2], 1) "
        "for c in (a, b))\nlow = torch.maximum"
    },
).says("the rows are read as center and size; they are two corners")
iou_corner_and_size = edit(
    "iou",
    {
        "low = torch.maximum": "a, b = (torch.cat([c[:, :2], c[:, :2] + c[:, 2:]], 1) for c in (a, b))\n"
        "low = torch.maximum"
    },
).says("the last two columns are read as width and height; they are the second corner")
iou_nan = edit("iou", {RATIO: "overlap / union"}).says("0/0 gives NaN where the union has no area; it counts as 0")
iou_one = edit("iou", {RATIO: "torch.where(union > 0, overlap / union, 1)"}).says(
    "where the union has no area, this is 1; 0/0 counts as 0"
)
iou_epsilon_6 = edit("iou", {RATIO: "overlap / (union + 1e-6)"}).says(
    "10⁻⁶ is added to the union, which makes the IoU of small boxes too small; treat a union of 0 by itself"
)
iou_epsilon_7 = edit("iou", {RATIO: "overlap / (union + 1e-7)"}).says(
    "10⁻⁷ is added to the union, which makes the IoU of small boxes too small; treat a union of 0 by itself"
)
iou_epsilon_8 = edit("iou", {RATIO: "overlap / (union + 1e-8)"}).says(
    "10⁻⁸ is added to the union, which makes the IoU of small boxes too small; treat a union of 0 by itself"
)
iou_epsilon_9 = edit("iou", {RATIO: "overlap / (union + 1e-9)"}).says(
    "10⁻⁹ is added to the union, which makes the IoU of small boxes too small; treat a union of 0 by itself"
)
iou_smoothed = edit("iou", {RATIO: "(overlap + 1e-6) / (union + 1e-6)"}).says(
    "10⁻⁶ is added to overlap and union, so that boxes without area have the IoU 1; treat a union of 0 by itself"
)
iou_union_at_least_one = edit("iou", {RATIO: "overlap / union.clamp(min=1)"}).says(
    "a union smaller than 1 counts as 1, as by clamp(min=1); areas are no counts, and may be small"
)
iou_union_clamped = edit("iou", {RATIO: "overlap / union.clamp(min=1e-6)"}).says(
    "a union smaller than 10⁻⁶ counts as 10⁻⁶; boxes may be smaller than that"
)
iou_small_union = edit("iou", {"union == 0": "union < 1e-9"}).says(
    "small boxes have the IoU 0, as if their union had no area; only a union of 0 is treated so"
)
iou_transposed = edit("iou", {RATIO: f"{RATIO}.T"}).says(
    "rows and columns are exchanged: a row belongs to a box of a, a column to a box of b"
)
iou_first_area_twice = edit("iou", {"area_a[:, None] + area_b": "area_a[:, None] + area_a[:, None]"}).says(
    "the union has the area of the box of a twice, and that of the box of b not at all"
)
iou_areas_of_columns = edit("iou", {"area_a[:, None] + area_b": "area_a + area_b"}).says(
    "each column has one sum of areas for all its rows: the areas of a belong to the rows, as by area_a[:, None]"
)
iou_generalised = edit(
    "iou",
    {
        RATIO: "torch.where(union > 0, overlap / union, 0)\n"
        "hull = (torch.maximum(a[:, None, 2:], b[:, 2:]) - torch.minimum(a[:, None, :2], b[:, :2])).prod(dim=2)\n"
        "return ratio - torch.where(hull > 0, (hull - union) / hull, 0)",
        "return ": "ratio = ",
    },
).says("this is the generalised IoU, which may be negative; the plain IoU is asked for")

# --- nms

KEPT = "torch.tensor(kept, dtype=torch.int64, device=boxes.device)"
SORTED = "scores.argsort(descending=True).tolist()"
LOOP = f"for i in {SORTED}:\n    if all(overlap[i, j] <= threshold for j in kept):\n        kept.append(i)"

nms_rising = edit("nms", {"descending=True": "descending=False"}).says(
    "the box with the lowest score comes first, and drops the better ones; begin with the highest"
)
nms_unsorted = edit("nms", {SORTED: "range(len(scores))"}).says(
    "the boxes are gone through as they come; the one with the highest score goes first"
)
nms_at_threshold = edit("nms", {"<=": "<"}).says(
    "a box whose IoU equals the threshold is dropped; only one above it is"
)
nms_dropped_drop = edit(
    "nms", {"for i in": "for k, i in enumerate(order := ", "tolist():": "tolist()):", "in kept)": "in order[:k])"}
).says("a box that has been dropped drops others, too; only boxes that are kept do")
nms_last_kept = edit("nms", {"for j in kept)": "for j in kept[-1:])"}).says(
    "a box is compared with the last one that was kept; compare it with all of them"
)
nms_best_alone = edit("nms", {"for j in kept)": "for j in kept[:1])"}).says(
    "only the box with the highest score drops others; each one that is kept does"
)
nms_neighbours = edit(
    "nms",
    {
        LOOP: f"order = {SORTED}\n"
        "kept = [i for k, i in enumerate(order) if k == 0 or overlap[i, order[k - 1]] <= threshold]"
    },
).says("a box is compared with the next better one alone; compare it with all that are kept")
nms_one_suffices = edit("nms", {"if all(": "if not kept or any("}).says(
    "a box stays if its IoU with one of those kept is at most the threshold; it must be so with each of them"
)
nms_stops = edit("nms", {LOOP: f"{LOOP}\n    else:\n        break"}).says(
    "nothing comes after the first box that is dropped; go on with the next one"
)
nms_rows_mixed = edit(
    "nms",
    {"overlap = iou(boxes, boxes)": "ranked = boxes[scores.argsort(descending=True)]\noverlap = iou(ranked, ranked)"},
).says("the IoUs of the sorted boxes are looked up by the row numbers of the unsorted ones")
nms_passes_over = edit(
    "nms",
    {
        LOOP: f"order = {SORTED}\nwhile order:\n    i = order.pop(0)\n    kept.append(i)\n    for j in order:\n"
        "        if overlap[i, j] > threshold:\n            order.remove(j)"
    },
).says("the box after one that is dropped is not looked at, as where a list is shortened while a loop goes through it")
nms_nothing_dropped = edit("nms", {"if all(overlap[i, j] <= threshold for j in kept)": "if True"}).says(
    "no box is dropped; these are all row numbers by falling score"
)
nms_keeps_overlapping = edit("nms", {"<=": ">"}).says(
    "boxes stay if they overlap those kept by more than the threshold; these are to be dropped"
)
nms_dropped_returned = edit(
    "nms", {KEPT: f"torch.tensor([i for i in {SORTED} if i not in kept], dtype=torch.int64)"}
).says("these are the boxes that are to be dropped; return those that stay")
nms_by_number = edit("nms", {"(kept,": "(sorted(kept),"}).says(
    "the row numbers rise; they are asked for in the order of falling scores"
)
nms_reversed = edit("nms", {"(kept,": "(kept[::-1],"}).says(
    "the box with the lowest score comes first in the result; the one with the highest does"
)
nms_places = edit("nms", {"(kept,": f"([{SORTED}.index(i) for i in kept],"}).says(
    "these are places in the order by score; return the row numbers of the boxes"
)
nms_mask = edit("nms", {KEPT: "torch.isin(torch.arange(len(boxes)), torch.tensor(kept, dtype=torch.int64))"}).says(
    "this is a mask, which says of each box whether it stays; return row numbers"
)
nms_boxes = edit("nms", {KEPT: "boxes[kept]"}).says("these are the boxes themselves; return their row numbers")
nms_scores = edit("nms", {KEPT: "scores[kept]"}).says("these are the scores of the boxes; return their row numbers")
nms_positive_scores = edit("nms", {"if all": "if scores[i] > 0 and all"}).says(
    "boxes with a score of 0 or less are left out; scores may have any sign"
)
nms_score_above = edit("nms", {"if all": "if scores[i] > threshold and all"}).says(
    "boxes with a score up to the threshold are left out; the threshold is for the IoU"
)
nms_own_area = edit(
    "nms",
    {
        "overlap = iou(boxes, boxes)": "low = torch.maximum(boxes[:, None, :2], boxes[:, :2])\n"
        "high = torch.minimum(boxes[:, None, 2:], boxes[:, 2:])\n"
        "area = (boxes[:, 2:] - boxes[:, :2]).prod(dim=1)\n"
        "overlap = (high - low).clamp(min=0).prod(dim=2) / area[:, None]"
    },
).says("the overlap is divided by the area of the box that may be dropped; the IoU decides")

# --- mean_iou

JUDGED = "judged = y != ignore"
APPEND = "ious.append(overlap.sum().item() / union.sum().item())"
IF_ANY = "if union.any():"
MEAN = 'sum(ious) / len(ious) if ious else float("nan")'

mean_of_images = edit(
    "mean_iou",
    "means = []\n"
    "for p, t in zip(pred, y, strict=True):\n"
    "    p, t = p[t != ignore], t[t != ignore]\n"
    "    pairs = [(((p == c) & (t == c)).sum().item(), ((p == c) | (t == c)).sum().item()) for c in range(C)]\n"
    "    ious = [overlap / union for overlap, union in pairs if union]\n"
    "    if ious:\n"
    "        means.append(sum(ious) / len(ious))\n"
    "return sum(means) / len(means) if means else float('nan')",
).says("this is a mean over the images of a mean IoU of each; count the pixels of all images together first")
mean_of_images_by_class = edit(
    "mean_iou",
    "means = []\n"
    "for c in range(C):\n"
    "    ious = []\n"
    "    for p, t in zip(pred, y, strict=True):\n"
    "        p, t = p[t != ignore] == c, t[t != ignore] == c\n"
    "        if (p | t).any():\n"
    "            ious.append((p & t).sum().item() / (p | t).sum().item())\n"
    "    if ious:\n"
    "        means.append(sum(ious) / len(ious))\n"
    "return sum(means) / len(means) if means else float('nan')",
).says("the IoU of a class is a mean over the images; count its pixels in all images together first")
mean_of_images_and_classes = edit(
    "mean_iou",
    "ious = []\n"
    "for p, t in zip(pred, y, strict=True):\n"
    "    p, t = p[t != ignore], t[t != ignore]\n"
    "    pairs = [(((p == c) & (t == c)).sum().item(), ((p == c) | (t == c)).sum().item()) for c in range(C)]\n"
    "    ious += [overlap / union for overlap, union in pairs if union]\n"
    "return sum(ious) / len(ious) if ious else float('nan')",
).says("this is one mean over all classes of all images; count the pixels of all images together first")
mean_of_first_image = edit("mean_iou", {JUDGED: "pred, y = pred[:1], y[:1]\njudged = y != ignore"}).says(
    "only the first image counts; count the pixels of all images together"
)
mean_accuracy = edit("mean_iou", {"ious = []": "return (pred == y).double().mean().item()"}).says(
    "this is the share of pixels that are right; the mean of the classes' IoU is asked for"
)
mean_of_all_pixels = edit(
    "mean_iou",
    {"ious = []": "right = (pred == y).sum().item()\nreturn right / (2 * len(y) - right) if len(y) else float('nan')"},
).says("overlaps and unions of all classes are added before they are divided; each class has its own ratio")
mean_dice = edit(
    "mean_iou", {APPEND: "ious.append(2 * overlap.sum().item() / (union.sum() + overlap.sum()).item())"}
).says(
    "this is the mean Dice coefficient, or F1: twice the overlap by the sum of both; divide the overlap by the union"
)
mean_overlap_counted_twice = edit(
    "mean_iou", {APPEND: "ious.append(overlap.sum().item() / (union.sum() + overlap.sum()).item())"}
).says(
    "the pixels of a class and those predicted as it are added, so that the overlap counts twice; the union has it once"
)
mean_recall = edit("mean_iou", {APPEND: "ious.append(overlap.sum().item() / max((y == c).sum().item(), 1))"}).says(
    "the overlap is divided by the pixels labelled as the class; divide by the union"
)
mean_precision = edit(
    "mean_iou", {APPEND: "ious.append(overlap.sum().item() / max((pred == c).sum().item(), 1))"}
).says("the overlap is divided by the pixels predicted as the class; divide by the union")
mean_by_size = edit(
    "mean_iou",
    {
        APPEND: "ious.append(overlap.sum().item() / union.sum().item() * (y == c).sum().item() / len(y))",
        MEAN: 'sum(ious) if ious else float("nan")',
    },
).says("the classes are weighted by their numbers of pixels; all classes count the same")
mean_not_divided = edit("mean_iou", {"sum(ious) / len(ious)": "sum(ious)"}).says(
    "this is the sum over the classes; divide it by the number of those that are there"
)
mean_without_background = edit("mean_iou", {"range(C)": "range(1, C)"}).says(
    "class 0 is left out; it is a class like any other"
)
mean_without_last = edit("mean_iou", {"range(C)": "range(C - 1)"}).says("the last class, C − 1, is left out")
mean_absent_zero = edit(
    "mean_iou", {IF_ANY: "if len(y):", "/ union.sum().item()": "/ max(union.sum().item(), 1)"}
).says("a class that is in neither of the two counts as 0; it is left out of the mean")
mean_absent_one = edit(
    "mean_iou",
    {IF_ANY: "if len(y):", APPEND: "ious.append(overlap.sum().item() / union.sum().item() if union.any() else 1.0)"},
).says("a class that is in neither of the two counts as 1; it is left out of the mean")
mean_absent_nan = edit(
    "mean_iou", {IF_ANY: "if True:", APPEND: "ious.append((overlap.sum() / union.sum()).item())"}
).says("a class that is in neither of the two makes the mean NaN; it is left out")
mean_of_labelled = edit("mean_iou", {IF_ANY: "if (y == c).any():"}).says(
    "a class that is predicted but never labelled is left out of the mean; it counts as 0"
)
mean_of_classes_up_to_y = edit("mean_iou", {"range(C)": "range(int(y.max()) + 1 if len(y) else 0)"}).says(
    "classes above the largest one in y are left out; there are C, and one that is predicted alone counts as 0"
)
mean_of_predicted = edit("mean_iou", {IF_ANY: "if (pred == c).any():"}).says(
    "a class that is labelled but never predicted is left out of the mean; it counts as 0"
)
mean_of_found = edit("mean_iou", {IF_ANY: "if overlap.any():"}).says(
    "a class whose overlap is 0 is left out of the mean; if it is labelled or predicted somewhere, it counts as 0"
)
mean_nothing_ignored = edit("mean_iou", {JUDGED: "judged = torch.ones_like(y, dtype=torch.bool)"}).says(
    "what is predicted where y is `ignore` counts in the unions; these pixels do not count at all"
)
mean_ignored_in_predictions = edit("mean_iou", {"pred, y = pred[judged], y[judged]": "y = y.where(judged, -1)"}).says(
    "what is predicted where y is `ignore` counts in the unions; these pixels do not count at all"
)
mean_ignores_255 = edit("mean_iou", {JUDGED: "judged = y != 255"}).says(
    "pixels are left out where y is 255, whatever `ignore` is"
)
mean_ignores_outside = edit("mean_iou", {JUDGED: "judged = (y >= 0) & (y < C)"}).says(
    "only pixels where y is no class are left out; `ignore` may be a class, and where y is this class, no pixel counts"
)
mean_ignored_become_zero = edit(
    "mean_iou", {"pred, y = pred[judged], y[judged]": "pred, y = pred.where(judged, 0), y.where(judged, 0)"}
).says("pixels with y = ignore count as rightly predicted pixels of class 0; they do not count at all")
mean_ignores_prediction = edit("mean_iou", {JUDGED: "judged = (y != ignore) & (pred != ignore)"}).says(
    "pixels predicted as `ignore` are left out, too; only y says which pixels do not count"
)
mean_without_ignored_class = edit("mean_iou", {IF_ANY: "if c != ignore and union.any():"}).says(
    "the class `ignore` is left out of the mean; where it is predicted, and y is another class, it is in the union"
)
mean_ignores_class_alone = edit(
    "mean_iou", {JUDGED: "judged = torch.ones_like(y, dtype=torch.bool)", IF_ANY: "if c != ignore and union.any():"}
).says("the class `ignore` is left out of the mean, but the pixels where y is `ignore` count in the unions")
mean_none_zero = edit("mean_iou", {'float("nan")': "0.0"}).says("without a class to judge this is 0; return nan")
