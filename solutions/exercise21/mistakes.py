"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- confusion_matrix

matrix_transposed = edit("confusion_matrix", {"y * C + pred": "pred * C + y"}).says(
    "rows and columns are exchanged: the row is the true class, the column the predicted one"
)
matrix_counts_once = edit(
    "confusion_matrix", "counts = torch.zeros(C, C, dtype=torch.int64)\ncounts[y, pred] += 1\nreturn counts"
).says("a pair of classes that occurs several times is counted once, as by counts[y, pred] += 1")
matrix_of_errors = edit(
    "confusion_matrix", {"return ": "counts = ", "reshape(C, C)": "reshape(C, C)\nreturn counts - counts.diag().diag()"}
).says("the diagonal is 0: samples that were predicted rightly are counted, too")
matrix_of_right = edit(
    "confusion_matrix", {"return ": "counts = ", "reshape(C, C)": "reshape(C, C)\nreturn counts.diag().diag()"}
).says("only the diagonal is there: samples that were predicted wrongly are counted, too")
matrix_of_labels_seen = edit(
    "confusion_matrix", {"return ": "C = int(torch.cat([y, pred]).max()) + 1 if len(y) else C\nreturn "}
).says("the matrix ends with the largest label that occurs; it has C rows and C columns")
matrix_of_classes_seen = edit(
    "confusion_matrix",
    {
        "return ": "seen, found = torch.cat([y, pred]).unique(return_inverse=True)\n"
        "y, pred, C = found[: len(y)], found[len(y) :], len(seen)\nreturn "
    },
).says("classes that occur nowhere have no row and no column; the matrix has C of both")

# --- precision

precision_by_row = edit("precision", {"sum(dim=0)": "sum(dim=1)"}).says(
    "divided by the number of samples of the class, which gives recall; precision divides by the number of predictions"
)
precision_of_all = edit("precision", {"counts.sum(dim=0)": "counts.diag() * 0 + len(y)"}).says(
    "the right predictions of a class are divided by the number of all samples, not by the number of its predictions"
)
precision_accuracy = edit(
    "precision",
    {
        "right, claimed = counts.diag(), counts.sum(dim=0)": (
            "right = len(y) - counts.sum(dim=0) - counts.sum(dim=1) + 2 * counts.diag()\n"
            "claimed = torch.full_like(right, len(y))"
        )
    },
).says("samples that are not of the class and not predicted as it count as right, as in accuracy; leave them out")
precision_nan = edit("precision", {".clamp(min=1)": ""}).says(
    "a class that is never predicted gives NaN; 0/0 counts as 0 here"
)
precision_one = edit(
    "precision", {"ratio = right / claimed.clamp(min=1)": "ratio = (right / claimed).nan_to_num(nan=1.0)"}
).says("0/0 gives 1; here it counts as 0")
precision_macro_without_gaps = edit("precision", {"ratio.mean()": "ratio[claimed > 0].mean()"}).says(
    "classes that are never predicted are left out of the mean, as by nanmean; they count as 0"
)
precision_macro_of_labels = edit("precision", {"ratio.mean()": "ratio[counts.sum(dim=1) > 0].mean()"}).says(
    "classes without a sample in y are left out of the mean; it is over all C classes"
)
precision_macro_of_seen = edit("precision", {"ratio.mean()": "ratio[(counts + counts.T).sum(dim=1) > 0].mean()"}).says(
    "classes that occur neither in y nor in pred are left out of the mean; it is over all C classes"
)
precision_macro_by_size = edit(
    "precision", {"ratio.mean()": "(ratio * counts.sum(dim=1)).sum() / max(len(y), 1)"}
).says("the mean weights each class by its number of samples; in the macro average all classes count the same")
precision_macro_is_micro = edit("precision", {'== "micro"': '!= "none"'}).says(
    "macro gives what micro should: the counts are pooled; macro is the mean of the classes' ratios"
)
precision_micro_is_macro = edit(
    "precision", {'average == "micro"': "False", 'average == "macro"': 'average != "none"'}
).says("micro gives what macro should: a mean of ratios; micro adds the counts of all classes before it divides")

precision_micro_by_size = edit(
    "precision",
    {
        "right, claimed = right.sum(), claimed.sum()": (
            "return (right / claimed.clamp(min=1) * counts.sum(dim=1)).sum() / max(len(y), 1)"
        )
    },
).says("micro gives a mean weighted by the classes' numbers of samples; micro adds the counts before it divides")

# --- recall

recall_by_column = edit("recall", {"sum(dim=1)": "sum(dim=0)"}).says(
    "divided by the number of predictions, which gives precision; recall divides by the number of samples of the class"
)
recall_of_all = edit(
    "recall", {"actual = counts.diag(), counts.sum(dim=1)": "actual = counts.diag(), counts.diag() * 0 + len(y)"}
).says("the right predictions of a class are divided by the number of all samples, not by the number of its own")
recall_accuracy = edit(
    "recall",
    {
        "right, actual = counts.diag(), counts.sum(dim=1)": (
            "right = len(y) - counts.sum(dim=0) - counts.sum(dim=1) + 2 * counts.diag()\n"
            "actual = torch.full_like(right, len(y))"
        )
    },
).says("samples that are not of the class and not predicted as it count as right, as in accuracy; leave them out")
recall_specificity = edit(
    "recall",
    {
        "right, actual = counts.diag(), counts.sum(dim=1)": (
            "actual = len(y) - counts.sum(dim=1)\nright = actual - counts.sum(dim=0) + counts.diag()"
        )
    },
).says("of the samples of other classes, this is the share not predicted as the class; recall is about its own samples")
recall_nan = edit("recall", {".clamp(min=1)": ""}).says("a class without a sample in y gives NaN; 0/0 counts as 0 here")
recall_one = edit(
    "recall", {"ratio = right / actual.clamp(min=1)": "ratio = (right / actual).nan_to_num(nan=1.0)"}
).says("0/0 gives 1; here it counts as 0")
recall_macro_without_gaps = edit("recall", {"ratio.mean()": "ratio[actual > 0].mean()"}).says(
    "classes without a sample in y are left out of the mean; it is over all C classes, and they count as 0"
)
recall_macro_of_predicted = edit("recall", {"ratio.mean()": "ratio[counts.sum(dim=0) > 0].mean()"}).says(
    "classes that are never predicted are left out of the mean; it is over all C classes"
)
recall_macro_of_seen = edit("recall", {"ratio.mean()": "ratio[(counts + counts.T).sum(dim=1) > 0].mean()"}).says(
    "classes that occur neither in y nor in pred are left out of the mean; it is over all C classes"
)
recall_macro_is_micro = edit("recall", {'== "micro"': '!= "none"'}).says(
    "macro gives the share of all samples that are right, as pooled counts or a mean weighted by the classes' sizes "
    "do; macro is the plain mean of the classes' ratios"
)
recall_micro_is_macro = edit("recall", {'average == "micro"': "False", 'average == "macro"': 'average != "none"'}).says(
    "micro gives what macro should: a mean of ratios; micro adds the counts of all classes before it divides"
)

# --- f1

f1_without_two = edit("f1", {"2 * right": "right"}).says("the factor 2 is missing: a harmonic mean is 2PR/(P + R)")
f1_arithmetic = edit(
    "f1",
    {
        "ratio = 2 * right / both.clamp(min=1)": (
            "columns, rows = (counts.sum(dim=axis) for axis in (0, 1))\n"
            'if average == "micro":\n    columns, rows = columns.sum(), rows.sum()\n'
            "ratio = (right / columns.clamp(min=1) + right / rows.clamp(min=1)) / 2"
        )
    },
).says("this is (P + R)/2; F1 is the harmonic mean, which is nearer to the smaller one")
f1_geometric = edit(
    "f1",
    {
        "ratio = 2 * right / both.clamp(min=1)": (
            "columns, rows = (counts.sum(dim=axis) for axis in (0, 1))\n"
            'if average == "micro":\n    columns, rows = columns.sum(), rows.sum()\n'
            "ratio = right / (columns * rows).clamp(min=1).sqrt()"
        )
    },
).says("this is the root of P·R; F1 is the harmonic mean")
f1_jaccard = edit("f1", {"2 * right / both": "right / (both - right)"}).says(
    "right predictions count once above and once below the line, which gives the intersection over the union; in F1 "
    "they count twice in both"
)
f1_clamped = edit(
    "f1",
    {
        "ratio = 2 * right / both.clamp(min=1)": (
            "columns, rows = (counts.sum(dim=axis) for axis in (0, 1))\n"
            'if average == "micro":\n    columns, rows = columns.sum(), rows.sum()\n'
            "p, r = right / columns.clamp(min=1), right / rows.clamp(min=1)\n"
            "ratio = 2 * p * r / (p + r).clamp(min=1)"
        )
    },
).says("where P + R is below 1, it is divided by 1, as by clamp(min=1); P and R are ratios, not counts")
f1_one = edit(
    "f1", {"ratio = 2 * right / both.clamp(min=1)": "ratio = torch.where(right > 0, 2 * right / both, 1.0)"}
).says("where precision and recall are both 0, this is 1; 0/0 counts as 0 here")
f1_nan = edit(
    "f1",
    {
        "ratio = 2 * right / both.clamp(min=1)": (
            "p, r = right / counts.sum(dim=0), right / counts.sum(dim=1)\n"
            'if average == "micro":\n    p = r = right / len(y)\n'
            "ratio = 2 * p * r / (p + r)"
        )
    },
).says("where precision and recall are both 0, this is NaN; 0/0 counts as 0 here")
f1_nan_without_samples = edit("f1", {".clamp(min=1)": ""}).says(
    "a class that neither occurs nor is predicted gives NaN; 0/0 counts as 0 here"
)
f1_macro_of_means = edit(
    "f1",
    {
        "ratio.mean()": (
            "2 * (p := (right / counts.sum(dim=0).clamp(min=1)).mean())"
            " * (r := (right / counts.sum(dim=1).clamp(min=1)).mean()) / (p + r)"
        )
    },
).says("this is the F1 of the mean precision and the mean recall; macro F1 is the mean of the classes' F1")
f1_macro_of_labels = edit("f1", {"ratio.mean()": "ratio[counts.sum(dim=1) > 0].mean()"}).says(
    "classes without a sample in y are left out of the mean; it is over all C classes"
)
f1_macro_of_predicted = edit("f1", {"ratio.mean()": "ratio[counts.sum(dim=0) > 0].mean()"}).says(
    "classes that are never predicted are left out of the mean; it is over all C classes"
)
f1_macro_of_seen = edit("f1", {"ratio.mean()": "ratio[both > 0].mean()"}).says(
    "classes that occur neither in y nor in pred are left out of the mean; it is over all C classes"
)
f1_macro_of_right = edit("f1", {"ratio.mean()": "ratio[right > 0].mean()"}).says(
    "classes whose F1 is 0 or 0/0 are left out of the mean, as by nanmean; they count as 0"
)
f1_macro_by_size = edit("f1", {"ratio.mean()": "(ratio * counts.sum(dim=1)).sum() / max(len(y), 1)"}).says(
    "the mean weights each class by its number of samples; in the macro average all classes count the same"
)
f1_macro_is_micro = edit("f1", {'== "micro"': '!= "none"'}).says(
    "macro gives what micro should: the counts are pooled; macro is the mean of the classes' F1"
)
f1_micro_is_macro = edit("f1", {'average == "micro"': "False", 'average == "macro"': 'average != "none"'}).says(
    "micro gives what macro should: a mean of F1; micro adds the counts of all classes before it divides"
)

f1_micro_by_size = edit(
    "f1",
    {
        "right, both = right.sum(), both.sum()": (
            "return (2 * right / both.clamp(min=1) * counts.sum(dim=1)).sum() / max(len(y), 1)"
        )
    },
).says("micro gives a mean weighted by the classes' numbers of samples; micro adds the counts before it divides")
f1_micro_of_means = edit(
    "f1",
    {
        "right, both = right.sum(), both.sum()": (
            "p, r = ((right / counts.sum(dim=axis).clamp(min=1)).mean() for axis in (0, 1))\n"
            "return (2 * p * r / (p + r)).nan_to_num()"
        )
    },
).says("micro gives the F1 of the mean precision and the mean recall; it is the F1 of the pooled ones")

# --- roc_auc

auc_ties_lost = edit("roc_auc", {" + level.double().mean() / 2": ""}).says(
    "a tie counts as a pair in the wrong order; it counts as half a right one"
)
auc_ties_won = edit("roc_auc", {"level.double().mean() / 2": "level.double().mean()"}).says(
    "a tie counts as a pair in the right order; it counts as half a right one"
)
auc_ties_by_position = edit(
    "roc_auc", {"positive, negative": "score = score.argsort(stable=True).argsort()\npositive, negative"}
).says("which of two equal scores is the higher one is decided by the order of the samples; they are level")
auc_ties_by_position_falling = edit(
    "roc_auc",
    {"positive, negative": "score = -score.argsort(descending=True, stable=True).argsort()\npositive, negative"},
).says("which of two equal scores is the higher one is decided by the order of the samples; they are level")
auc_reversed = edit("roc_auc", {"positive > negative": "positive < negative"}).says(
    "this is 1 minus the area: a pair is in the right order if the positive sample has the higher score"
)
auc_ranks_from_zero = edit("roc_auc", {".item()": ".item() - 1 / (len(negative) or float('nan'))"}).says(
    "the area is 1/N₋ too small, as where ranks begin with 0: the N₊(N₊ + 1)/2 to subtract is for ranks from 1"
)
auc_without_origin = edit(
    "roc_auc",
    {
        "return (": (
            "first = (positive == score.max()).double().mean() * (negative == score.max()).double().mean() / 2\n"
            "return (-first + "
        )
    },
).says("the piece from (0, 0) to the first point is missing below the curve, which begins at (0, 0)")
auc_folded = edit("roc_auc", {"return ": "area = ", ".item()": ".item()\nreturn max(area, 1 - area)"}).says(
    "an area below ½ is turned into 1 minus itself; scores in the wrong order are to show"
)
auc_thresholded = edit("roc_auc", {"positive, negative": "score = (score >= 0.5).double()\npositive, negative"}).says(
    "the scores are cut at ½ first, so that only two of them are left; the area is that of the scores themselves"
)
auc_thresholded_at_zero = edit(
    "roc_auc", {"positive, negative": "score = (score > 0).double()\npositive, negative"}
).says("the scores are cut at 0 first, so that only two of them are left; the area is that of the scores themselves")
auc_accuracy = edit(
    "roc_auc", "return ((score >= 0.5).long() == y).double().mean().item() if 0 < y.sum() < len(y) else float('nan')"
).says("this is the share of right answers with the threshold ½; the area asks for no threshold")
auc_of_all_pairs = edit("roc_auc", {".item()": ".item() * len(positive) * len(negative) / len(y) ** 2"}).says(
    "the pairs in the right order are divided by N²; there are as many pairs as positives times negatives"
)
auc_precision_recall = edit(
    "roc_auc",
    "if y.sum() in (0, len(y)):\n    return float('nan')\n"
    "label = y[score.argsort(descending=True, stable=True)].double()\n"
    "share = label.cumsum(0) / torch.arange(1, len(y) + 1)\nreturn ((share * label).sum() / label.sum()).item()",
).says("this is the area under the curve of precision and recall; ROC has the false-positive rate on its axis")
auc_on_a_grid = edit(
    "roc_auc",
    "positive, negative = score[y == 1], score[y == 0]\nat = torch.linspace(1, 0, 101, dtype=score.dtype)[:, None]\n"
    "return torch.trapezoid((positive >= at).double().mean(1), (negative >= at).double().mean(1)).item()",
).says(
    "only thresholds from 0 to 1 at steps of 0.01 are looked at; every score that occurs is one, however it is scaled"
)
auc_one_class_half = edit(
    "roc_auc", {"positive, negative": "if y.sum() in (0, len(y)):\n    return 0.5\npositive, negative"}
).says("a single class gives ½; where there is no pair, the answer is nan")
auc_one_class_zero = edit(
    "roc_auc", {"positive, negative": "if y.sum() in (0, len(y)):\n    return 0.0\npositive, negative"}
).says("a single class gives 0; where there is no pair, the answer is nan")
auc_one_class_one = edit(
    "roc_auc", {"positive, negative": "if y.sum() in (0, len(y)):\n    return 1.0\npositive, negative"}
).says("a single class gives 1; where there is no pair, the answer is nan")
auc_float32 = edit("roc_auc", {"positive, negative": "score = score.float()\npositive, negative"}).says(
    "scores that differ by little are level here, as in float32, or with a tolerance; compare them as they are"
)
auc_saturated = edit("roc_auc", {"positive, negative": "score = score.sigmoid()\npositive, negative"}).says(
    "large scores are level here, as after a sigmoid, which rounds to 0 or 1; compare the scores as they are"
)

# --- mse

mse_sum = edit("mse", {"mean()": "sum()"}).says("this is the sum; the mean is asked for")
mse_root = edit("mse", {"mean()": "mean().sqrt()"}).says(
    "this is the root of the mean; the mean squared error has none"
)
mse_half = edit("mse", {"item()": "item() / 2"}).says("this is half of the mean: there is no factor ½")
mse_absolute = edit("mse", {"((pred - y) ** 2)": "(pred - y).abs()"}).says(
    "this is the mean of the absolute differences: they are to be squared"
)
mse_square_of_mean = edit("mse", {"((pred - y) ** 2).mean()": "(pred - y).mean().square()"}).says(
    "the mean is taken before the square, so that differences of opposite sign cancel"
)
mse_variance = edit("mse", {"((pred - y) ** 2).mean()": "(pred - y).var(correction=0)"}).says(
    "this is the variance of the differences: their mean is subtracted before they are squared"
)

# --- ndcg

ndcg_linear_gain = edit("ndcg", {"2**relevance - 1": "relevance * 1"}).says(
    "the gain is the relevance itself; it is 2^relevance − 1"
)
ndcg_without_minus_one = edit("ndcg", {"2**relevance - 1": "2**relevance"}).says(
    "the gain is 2^relevance: what is not relevant at all gains 1; subtract 1"
)
ndcg_whole_relevance = edit("ndcg", {"2**relevance - 1": "2 ** relevance.double().floor() - 1"}).says(
    "the relevances are rounded down to whole numbers, as by long(); they may lie between"
)
ndcg_rank_from_two = edit("ndcg", {"log2(1 + rank)": "log2(2 + rank)"}).says(
    "the discount begins with log₂ 3: ranks begin with 1, so that the first one is log₂ 2"
)
ndcg_old_discount = edit("ndcg", {"log2(1 + rank)": "log2(rank).clamp(min=1)"}).says(
    "the first two ranks are discounted alike, as by log₂ rank from the second one on; the discount is log₂(1 + rank)"
)
ndcg_without_discount = edit("ndcg", {"torch.log2(1 + rank)": "torch.ones_like(rank)"}).says(
    "the gains are not discounted: the order within the first k makes no difference"
)
ndcg_ideal_uncut = edit(
    "ndcg",
    {
        ".values[:k]": ".values",
        "(ideal / discount).sum()": "(ideal / torch.log2(1 + torch.arange(1, len(ideal) + 1, dtype=gain.dtype))).sum()",
    },
).says("the ideal is summed over all N samples; it is cut at k as well")
ndcg_ideal_of_found = edit("ndcg", {"gain.sort(": "found.sort("}).says(
    "the ideal is made of the k samples found; it is the best k of all N, whether they were found or not"
)
ndcg_one_rank_short = edit("ndcg", {"k = min(k, len(score))": "k = min(k, len(score)) - 1"}).says(
    "one rank is missing at the end: the sums go from rank 1 up to rank k, which is the last"
)
ndcg_uncut = edit("ndcg", {"k = min(k, len(score))": "k = len(score)"}).says(
    "all N samples count, whatever k is; only the first k do"
)
ndcg_found_uncut = edit(
    "ndcg",
    {
        "descending=True)[:k]]": "descending=True)]",
        "return (found / discount)": "return (found / torch.arange(2, len(found) + 2, dtype=gain.dtype).log2())",
    },
).says("all N samples count in the order of the scores, and k of them in the ideal; k cuts both")
ndcg_rising = edit("ndcg", {"score.argsort(descending=True)": "score.argsort()"}).says(
    "the lowest scores come first; rank 1 is the highest"
)
ndcg_unsorted = edit("ndcg", {"gain[score.argsort(descending=True)[:k]]": "gain[:k]"}).says(
    "the gains are in the order in which they were given; rank them by score"
)
ndcg_order_as_ranks = edit(
    "ndcg",
    {
        "found = gain[score.argsort(descending=True)[:k]]": (
            "place = score.argsort(descending=True)\n"
            "found = torch.where(place < k, gain / torch.log2(2 + place.to(gain.dtype)), 0).sum() * discount / k"
        )
    },
).says("the sample at a rank and the rank of a sample are mixed up: argsort once gives the former, twice the latter")
ndcg_dcg = edit("ndcg", {".item() / best if best > 0 else 0.0": ".item()"}).says(
    "this is the discounted gain itself; divide it by the ideal one"
)
ndcg_float32 = edit("ndcg", {"k = min": "score = score.float()\nk = min"}).says(
    "scores that differ by little are level here, as in float32; sort them as they are"
)
