# %% nms_at_the_threshold
# Drops at the threshold too.
# named: nms_at_threshold
def nms(boxes, scores, threshold):
    order = scores.argsort(descending=True)
    kept = []
    while len(order) > 0:
        best, order = order[0], order[1:]
        kept.append(best)
        order = order[iou(boxes[best][None], boxes[order])[0] < threshold]
    return torch.stack(kept) if kept else torch.empty(0, dtype=torch.int64, device=boxes.device)

# %% nms_worst_first
# By rising score.
# named: nms_rising
def nms(boxes, scores, threshold):
    order = scores.argsort()
    kept = []
    while len(order) > 0:
        best, order = order[0], order[1:]
        kept.append(best)
        order = order[iou(boxes[best][None], boxes[order])[0] <= threshold]
    return torch.stack(kept) if kept else torch.empty(0, dtype=torch.int64, device=boxes.device)

# %% nms_dropped_drop_others
# A box that has been dropped drops others.
# like: one_hot_planes
# named: nms_dropped_drop
def nms(boxes, scores, threshold):
    order = torch.argsort(-scores)
    above = (iou(boxes[order], boxes[order]) > threshold).triu(diagonal=1)
    return order[~above.any(dim=0)]

# %% nms_mask
# A mask in place of row numbers.
# like: masks_and_scatter
# named: nms_mask
def nms(boxes, scores, threshold):
    left = torch.ones(len(scores), dtype=torch.bool, device=scores.device)
    keep = torch.zeros_like(left)
    while left.any():
        rows = left.nonzero().squeeze(1)
        best = rows[scores[rows].argmax()]
        keep[best] = True
        left[best] = False
        left &= iou(boxes, boxes[best].unsqueeze(0)).squeeze(1) <= threshold
    return keep

# %% nms_places_in_the_order
# The places among the sorted boxes, not the row numbers.
# like: double_inside
# named: nms_places
def nms(boxes, scores, threshold):
    if len(boxes) == 0:
        return torch.zeros(0, dtype=torch.int64, device=boxes.device)
    order = torch.argsort(scores, descending=True)
    clash = iou(boxes[order], boxes[order]) > threshold
    alive = torch.ones(len(order), dtype=torch.bool, device=boxes.device)
    for i in range(len(order)):
        if alive[i]:
            alive[i + 1 :] &= ~clash[i, i + 1 :]
    return alive.nonzero().flatten()

# %% nms_by_row_number
# The kept rows by their number, not by score.
# named: nms_by_number
def nms(boxes, scores, threshold):
    order = scores.argsort(descending=True)
    keep = torch.zeros(len(scores), dtype=torch.bool, device=boxes.device)
    while len(order) > 0:
        best, order = order[0], order[1:]
        keep[best] = True
        order = order[iou(boxes[best][None], boxes[order])[0] <= threshold]
    return keep.nonzero().squeeze(1)

# %% nms_in_the_order_given
# The boxes are taken as sorted.
# like: helpers_and_any
# named: nms_unsorted
def nms(boxes, scores, threshold):
    table = iou(boxes, boxes)
    keep = []
    for i in range(len(boxes)):
        if not keep or not (table[i, keep] > threshold).any():
            keep.append(i)
    return torch.tensor(keep, device=boxes.device, dtype=torch.int64)

# %% nms_last_kept_only
# Compared with the box kept last only.
# like: plain_loops
# named: nms_last_kept
def nms(boxes, scores, threshold):
    rows, marks = boxes.tolist(), scores.tolist()
    kept = []
    for i in sorted(range(len(rows)), key=lambda i: -marks[i]):
        if not kept or one_iou(rows[i], rows[kept[-1]]) <= threshold:
            kept.append(i)
    return torch.tensor(kept, dtype=torch.long, device=boxes.device)

# %% nms_best_only
# Compared with the best box only.
# named: nms_best_alone
def nms(boxes, scores, threshold):
    if len(boxes) == 0:
        return torch.empty(0, dtype=torch.int64, device=boxes.device)
    order = scores.argsort(descending=True)
    rest = order[1:]
    return torch.cat([order[:1], rest[iou(boxes[order[:1]], boxes[rest])[0] <= threshold]])

# %% nms_neighbours
# Compared with the next better box, kept or not.
# named: nms_neighbours
def nms(boxes, scores, threshold):
    order = scores.argsort(descending=True)
    ranked = boxes[order]
    keep = [k for k in range(len(order)) if k == 0 or iou(ranked[k - 1][None], ranked[k][None]).item() <= threshold]
    return order[keep]

# %% nms_stops_early
# Stops at the first box that is dropped.
# like: helpers_and_any
# named: nms_stops
def nms(boxes, scores, threshold):
    table = iou(boxes, boxes)
    keep = []
    for i in torch.argsort(scores, descending=True).tolist():
        if keep and (table[i, keep] > threshold).any():
            break
        keep.append(i)
    return torch.tensor(keep, device=boxes.device, dtype=torch.int64)

# %% nms_any_for_all
# Kept if the IoU with one of those kept is at most the threshold.
# like: plain_loops
# named: nms_one_suffices
def nms(boxes, scores, threshold):
    rows, marks = boxes.tolist(), scores.tolist()
    kept = []
    for i in sorted(range(len(rows)), key=lambda i: -marks[i]):
        if not kept or any(one_iou(rows[i], rows[k]) <= threshold for k in kept):
            kept.append(i)
    return torch.tensor(kept, dtype=torch.long, device=boxes.device)

# %% nms_score_threshold
# Boxes with a score below the threshold are left out first.
# like: plain_loops
# named: nms_score_above
def nms(boxes, scores, threshold):
    rows, marks = boxes.tolist(), scores.tolist()
    kept = []
    for i in sorted(range(len(rows)), key=lambda i: -marks[i]):
        if marks[i] < threshold:
            continue
        if all(one_iou(rows[i], rows[k]) <= threshold for k in kept):
            kept.append(i)
    return torch.tensor(kept, dtype=torch.long, device=boxes.device)

# %% nms_scores_zeroed
# Done with a box, its score becomes 0; ends when none is above 0.
# like: in_place_on_copies
# named: nms_positive_scores
def nms(boxes, scores, threshold):
    left = scores.clone()
    kept = []
    while left.numel() and left.max() > 0:
        i = int(left.argmax())
        kept.append(i)
        left[iou(boxes[i : i + 1], boxes)[0] > threshold] = 0
        left[i] = 0
    return torch.tensor(kept, dtype=torch.int64, device=boxes.device)

# %% nms_marks_in_the_callers_scores
# Done with a box, its score becomes minus infinity, in the caller's tensor.
# like: in_place_on_copies
# named: -
def nms(boxes, scores, threshold):
    kept = []
    while scores.numel() and scores.max() > float("-inf"):
        i = int(scores.argmax())
        kept.append(i)
        scores[iou(boxes[i : i + 1], boxes)[0] > threshold] = float("-inf")
        scores[i] = float("-inf")
    return torch.tensor(kept, dtype=torch.int64, device=boxes.device)

# %% nms_scores_in_float32
# Sorts by the scores in float32.
# named: -
def nms(boxes, scores, threshold):
    order = scores.float().argsort(descending=True, stable=True)
    kept = []
    while len(order) > 0:
        best, order = order[0], order[1:]
        kept.append(best)
        order = order[iou(boxes[best][None], boxes[order])[0] <= threshold]
    return torch.stack(kept) if kept else torch.empty(0, dtype=torch.int64, device=boxes.device)

# %% nms_no_box
# Fails without boxes.
# named: -
def nms(boxes, scores, threshold):
    order = scores.argsort(descending=True)
    kept = []
    while len(order) > 0:
        best, order = order[0], order[1:]
        kept.append(best)
        order = order[iou(boxes[best][None], boxes[order])[0] <= threshold]
    return torch.stack(kept)

# %% nms_list
# Returns a list.
# like: present_classes_only
# named: -
def nms(boxes, scores, threshold):
    heap = [(-s, i) for i, s in enumerate(scores.tolist())]
    heapq.heapify(heap)
    kept = []
    while heap:
        _, i = heapq.heappop(heap)
        if not kept or iou(boxes[i : i + 1], boxes[kept]).max().item() <= threshold:
            kept.append(i)
    return kept

# %% nms_boxes_themselves
# Returns the boxes.
# named: nms_boxes
def nms(boxes, scores, threshold):
    order = scores.argsort(descending=True)
    kept = []
    while len(order) > 0:
        best, order = order[0], order[1:]
        kept.append(best)
        order = order[iou(boxes[best][None], boxes[order])[0] <= threshold]
    return boxes[torch.stack(kept)] if kept else boxes[:0].clone()

# %% nms_keeps_what_overlaps
# The comparison is turned round: keeps those that overlap.
# named: nms_keeps_overlapping
def nms(boxes, scores, threshold):
    order = scores.argsort(descending=True)
    kept = []
    while len(order) > 0:
        best, order = order[0], order[1:]
        kept.append(best)
        order = order[iou(boxes[best][None], boxes[order])[0] > threshold]
    return torch.stack(kept) if kept else torch.empty(0, dtype=torch.int64, device=boxes.device)

# %% nms_by_size
# By falling score times area.
# named: -
def nms(boxes, scores, threshold):
    order = (scores * area(boxes)).argsort(descending=True)
    kept = []
    while len(order) > 0:
        best, order = order[0], order[1:]
        kept.append(best)
        order = order[iou(boxes[best][None], boxes[order])[0] <= threshold]
    return torch.stack(kept) if kept else torch.empty(0, dtype=torch.int64, device=boxes.device)

# %% nms_absolute_scores
# By the absolute score.
# like: helpers_and_any
# named: -
def nms(boxes, scores, threshold):
    table = iou(boxes, boxes)
    keep = []
    for i in torch.argsort(scores.abs(), descending=True).tolist():
        if keep and (table[i, keep] > threshold).any():
            continue
        keep.append(i)
    return torch.tensor(keep, device=boxes.device, dtype=torch.int64)

# %% nms_mixed_rows
# The IoUs of the sorted boxes are looked up by the unsorted numbers.
# like: helpers_and_any
# named: nms_rows_mixed
def nms(boxes, scores, threshold):
    order = torch.argsort(scores, descending=True)
    table = iou(boxes[order], boxes[order])
    keep = []
    for i in order.tolist():
        if keep and (table[i, keep] > threshold).any():
            continue
        keep.append(i)
    return torch.tensor(keep, device=boxes.device, dtype=torch.int64)

# %% nms_left_on_the_cpu
# The result is not on the boxes' device.
# like: recursion
# named: -
def nms(boxes, scores, threshold):
    rows = scores.argsort(descending=True).tolist()
    kept = []
    for row in rows:
        if not kept or bool((iou(boxes[[row]], boxes[kept]) <= threshold).all()):
            kept.append(row)
    return torch.tensor(kept, dtype=torch.int64)

# %% nms_int32
# Row numbers in int32.
# like: helpers_and_any
# named: -
def nms(boxes, scores, threshold):
    table = iou(boxes, boxes)
    keep = []
    for i in torch.argsort(scores, descending=True).tolist():
        if not keep or table[i, keep].max() <= threshold:
            keep.append(i)
    return torch.tensor(keep, dtype=torch.int32, device=boxes.device)
