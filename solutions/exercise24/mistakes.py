"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- assign

assign_farthest = edit("assign", {"argmin": "argmax"}).says("the label is that of the farthest center, not the nearest")
assign_last_of_equal = edit(
    "assign", {"squared.argmin(dim=1)": "squared.shape[1] - 1 - squared.flip(1).argmin(dim=1)"}
).says(
    "of equally near centers the last one is taken, as by a loop with <=; the one with the lowest number is asked for"
)
assign_from_one = edit("assign", {"argmin(dim=1)": "argmin(dim=1) + 1"}).says(
    "the labels count from 1; they count from 0"
)
assign_across = edit("assign", {"dim=1": "dim=0"}).says(
    "the minimum is taken over the rows: this is the nearest row of each center, not the nearest center of each row"
)
assign_by_absolute = edit("assign", {" ** 2)": ".abs())"}).says(
    "the nearest center by the sum of absolute differences; the Euclidean distance is asked for"
)
assign_by_largest = edit(
    "assign", {"((X[:, None] - centers) ** 2).sum(dim=2)": "(X[:, None] - centers).abs().amax(dim=2)"}
).says("the nearest center by the largest of the coordinates' differences; the Euclidean distance is asked for")
assign_without_square = edit("assign", {" ** 2)": ")"}).says(
    "the differences are added with their signs, so that they cancel; square them first"
)
assign_square_of_sum = edit("assign", {" ** 2).sum(dim=2)": ").sum(dim=2) ** 2"}).says(
    "the differences are added before they are squared, so that they cancel; square them first"
)
assign_by_product = edit("assign", {"((X[:, None] - centers) ** 2).sum(dim=2)": "-X @ centers.T"}).says(
    "the label is that of the largest dot product: a long center wins from afar. The distance decides"
)
assign_by_angle = edit(
    "assign", {"((X[:, None] - centers) ** 2).sum(dim=2)": "-X @ (centers / centers.norm(dim=1, keepdim=True)).T"}
).says("the label is that of the smallest angle; the distance decides")
assign_product_once = edit(
    "assign", {"((X[:, None] - centers) ** 2).sum(dim=2)": "(centers**2).sum(dim=1) - X @ centers.T"}
).says("‖x − c‖² is ‖x‖² − 2x·c + ‖c‖²; here the factor 2 is missing")
assign_product_added = edit(
    "assign", {"((X[:, None] - centers) ** 2).sum(dim=2)": "(centers**2).sum(dim=1) + 2 * X @ centers.T"}
).says("‖x − c‖² is ‖x‖² − 2x·c + ‖c‖²; here the product has the wrong sign")
assign_sum_over_centers = edit("assign", {"sum(dim=2)": "sum(dim=1)"}).says(
    "the squares are added over the centers; add them over the coordinates, so that each center has its own distance"
)
assign_epsilon = edit("assign", {"centers) ** 2": "centers + 1e-6) ** 2"}).says(
    "10⁻⁶ is added to each difference, as by F.pairwise_distance without eps=0: equal distances are no longer equal"
)
assign_first_column = edit("assign", {".sum(dim=2)": "[:, :, 0]"}).says(
    "only the first column decides; all coordinates belong to the distance"
)

# --- update

update_nan = edit("update", {"labels.unique()": "range(len(centers))"}).says(
    "a cluster without rows gets NaN, the mean of nothing; its center stays where it is"
)
update_zeros = edit("update", {"centers.clone()": "torch.zeros_like(centers)"}).says(
    "a cluster without rows gets zeros; its center stays where it is"
)
update_dropped = edit("update", {"return moved": "return moved[labels.unique()]"}).says(
    "clusters without rows are missing in the result, which always has K centers"
)
update_ends_early = edit("update", {"return moved": "return moved[: labels.max() + 1]"}).says(
    "the result ends with the highest label that occurs; it always has K centers"
)
update_empty_first_row = edit(
    "update", {"return moved": "moved[torch.bincount(labels, minlength=len(centers)) == 0] = X[0]\nreturn moved"}
).says("a cluster without rows is moved to the first row of X; its center stays where it is")
update_empty_mean = edit(
    "update",
    {"return moved": "moved[torch.bincount(labels, minlength=len(centers)) == 0] = X.mean(dim=0)\nreturn moved"},
).says("a cluster without rows is moved to the mean of all rows; its center stays where it is")
update_empty_farthest = edit(
    "update",
    {
        "return moved": (
            "far = ((X - centers[labels]) ** 2).sum(dim=1).argmax()\n"
            "moved[torch.bincount(labels, minlength=len(centers)) == 0] = X[far]\nreturn moved"
        )
    },
).says("a cluster without rows is moved to the row farthest from its own center; its center stays where it is")
update_sum = edit("update", {".mean(": ".sum("}).says("this is the sum of a cluster's rows; their mean is asked for")
update_mean_of_all = edit("update", {".mean(dim=0)": ".sum(dim=0) / len(X)"}).says(
    "the sum is divided by the number of all rows, N; each cluster divides by the number of its own"
)
update_by_clusters = edit("update", {".mean(dim=0)": ".sum(dim=0) / len(centers)"}).says(
    "the sum is divided by the number of clusters, K; each cluster divides by the number of its own rows"
)
update_median = edit("update", {".mean(dim=0)": ".quantile(0.5, dim=0)"}).says(
    "this is the median of a cluster's rows; their mean is asked for"
)
update_lower_median = edit("update", {".mean(dim=0)": ".median(dim=0).values"}).says(
    "this is the median of a cluster's rows; their mean is asked for"
)
update_one_number = edit("update", {".mean(dim=0)": ".mean()"}).says(
    "each center has the same number in all its columns, a mean over all of them; each column has its own mean"
)
update_nearest = edit(
    "update",
    {
        "moved = centers.clone()": (
            "labels = ((X[:, None] - centers) ** 2).sum(dim=2).argmin(dim=1)\nmoved = centers.clone()"
        )
    },
).says("the rows are assigned anew by the old centers; `labels` says which cluster each belongs to")
update_last_row = edit("update", {".mean(dim=0)": "[-1]"}).says(
    "each center is the last row of its cluster: an assignment like sums[labels] += X keeps one row for each label"
)
update_with_old = edit(
    "update", {"X[labels == k].mean(dim=0)": "(X[labels == k].sum(dim=0) + centers[k]) / ((labels == k).sum() + 1)"}
).says("the old center counts as one more row; the mean is over the rows alone")
update_halfway = edit("update", {"moved[k] = X": "moved[k] = centers[k] / 2 + 0.5 * X"}).says(
    "each center goes half of the way to the mean; it goes the whole way"
)

# --- kmeans_plus_plus

plus_first_rounded = edit(
    "kmeans_plus_plus", {"int(u[0] * len(X))": "min(round(float(u[0] * len(X))), len(X) - 1)"}
).says("u₀N is rounded to the nearest number; the first row is ⌊u₀N⌋, rounded down")
plus_first_short = edit("kmeans_plus_plus", {"len(X))": "(len(X) - 1))"}).says(
    "the first row is ⌊u₀(N − 1)⌋: so the last one is never drawn. It is ⌊u₀N⌋"
)
plus_first_rounded_short = edit("kmeans_plus_plus", {"int(u[0] * len(X))": "round(float(u[0] * (len(X) - 1)))"}).says(
    "the first row is u₀(N − 1), rounded to the nearest number; it is ⌊u₀N⌋, rounded down"
)
plus_first_is_0 = edit("kmeans_plus_plus", {"int(u[0] * len(X))": "0"}).says(
    "the first center is always row 0; it is row ⌊u₀N⌋"
)
plus_by_distance = edit("kmeans_plus_plus", {"amin(dim=1)": "amin(dim=1).sqrt()"}).says(
    "the rows are drawn by their distance; by its square is asked for"
)
plus_by_fourth_power = edit("kmeans_plus_plus", {"amin(dim=1)": "amin(dim=1) ** 2"}).says(
    "the squared distance is squared once more; rows are drawn by d², not by d⁴"
)
plus_to_last = edit("kmeans_plus_plus", {"amin(dim=1)": "select(1, -1)"}).says(
    "only the distance to the row drawn last counts; it is the one to the nearest of all rows drawn before"
)
plus_to_first = edit("kmeans_plus_plus", {"amin(dim=1)": "select(1, 0)"}).says(
    "only the distance to the first center counts; it is the one to the nearest of all rows drawn before"
)
plus_to_farthest = edit("kmeans_plus_plus", {"amin": "amax"}).says(
    "the distance is that to the farthest row drawn before; it is the one to the nearest"
)
plus_sum = edit("kmeans_plus_plus", {"amin": "sum"}).says(
    "the distances to all rows drawn before are added, or their mean is taken; only the one to the nearest counts"
)
plus_uniform = edit("kmeans_plus_plus", {"(reached > u[j] * reached[-1]).nonzero()[0]": "[int(u[j] * len(X))]"}).says(
    "every row is as likely as any other, wherever it lies: the distances play no part"
)
plus_greedy = edit("kmeans_plus_plus", {"(reached > u[j] * reached[-1]).nonzero()[0]": "[int(squared.argmax())]"}).says(
    "the farthest row is taken, whatever u is; u draws one, the far ones with a higher probability"
)
plus_not_normalised = edit("kmeans_plus_plus", {"u[j] * reached[-1]": "u[j]"}).says(
    "u is compared with the sums of d² themselves: they are to be divided by the sum of all d², or u multiplied by it"
)
plus_not_cumulative = edit(
    "kmeans_plus_plus",
    {"(reached > u[j] * reached[-1]).nonzero()[0]": "[int((squared > u[j] * reached[-1]).int().argmax())]"},
).says("each row's own d² is compared with u times the whole; it is the sum of d² up to that row that has to exceed it")
plus_shifted_u = edit("kmeans_plus_plus", {"u[j]": "u[j - 1]"}).says(
    "each u comes one row too late: u₀ is used for the second row as well; row j is drawn with uⱼ"
)
plus_one_u = edit("kmeans_plus_plus", {"u[j]": "u[0]"}).says("all rows are drawn with u₀; row j is drawn with uⱼ")
plus_from_the_end = edit("kmeans_plus_plus", {"reached > u[j]": "reached > (1 - u[j])"}).says(
    "row i is drawn with 1 − u in the place of u, as where the sums run from the last row to the first"
)
plus_row_before = edit("kmeans_plus_plus", {"nonzero()[0]": "nonzero()[0] - 1"}).says(
    "this is the row before the one whose sum first exceeds u times the whole"
)
plus_row_after = edit(
    "kmeans_plus_plus", {"nonzero()[0]": "nonzero()[0] + 1", "X[row]": "X[row.clamp(max=len(X) - 1)]"}
).says("this is the row after the one whose sum first exceeds u times the whole")
plus_different_rows = edit(
    "kmeans_plus_plus",
    {"centers = X[[int": "X = X.new_tensor([*dict.fromkeys(map(tuple, X.tolist()))])\ncenters = X[[int"},
).says("a row that occurs several times counts once in the draw; it counts as often as it occurs")
plus_sorted_rows = edit("kmeans_plus_plus", {"centers = X[[int": "X = X.unique(dim=0)\ncenters = X[[int"}).says(
    "the rows are sorted before the draw, as by unique: i is the number of a row of X as it is handed in"
)

# --- fit

fit_from_first_rows = edit("fit", {"kmeans_plus_plus(X, K, u)": "X[:K].clone()"}).says(
    "the first K rows are the starting centers; kmeans_plus_plus draws them"
)
fit_from_uniform = edit("fit", {"kmeans_plus_plus(X, K, u)": "X[(u * len(X)).long()]"}).says(
    "the starting centers are the rows ⌊uN⌋; kmeans_plus_plus draws them"
)
fit_one_update = edit("fit", {"range(max_iter)": "range(1)"}).says(
    "there is one update only: a return within the loop, or an end as soon as any label repeats, has this effect"
)
fit_one_less = edit("fit", {"range(max_iter)": "range(max_iter - 1)"}).says(
    "max_iter gives one update too few: there are max_iter of them, unless the labels repeat"
)
fit_one_more = edit("fit", {"range(max_iter)": "range(max_iter + 1)"}).says(
    "max_iter gives one update too many: there are max_iter of them, unless the labels repeat"
)
fit_without_limit = edit("fit", {"range(max_iter)": "range(1000)"}).says(
    "max_iter has no effect: the updates go on until the labels repeat"
)
fit_from_zero_labels = edit(
    "fit", {", None": ", torch.zeros(len(X), dtype=torch.int64)", "before is not None and ": ""}
).says("it ends before the first update if all rows have the label 0: labels that begin as zeros seem to repeat")
fit_by_tolerance = edit(
    "fit",
    {
        "centers = update(X, labels, centers)": "old, centers = centers, update(X, labels, centers)\n"
        "if (centers - old).norm() < 1e-4:\n    break"
    },
).says("it ends when the centers move by little, in absolute terms; small numbers end too early. Let the labels decide")
fit_by_tolerance_unmoved = edit(
    "fit",
    {
        "centers = update(X, labels, centers)": "moved = update(X, labels, centers)\n"
        "if (moved - centers).norm() < 1e-4:\n    break\ncenters = moved"
    },
).says("it ends when the centers move by little, in absolute terms; small numbers end too early. Let the labels decide")
fit_labels_before = edit(
    "fit",
    {"labels = assign(X, centers)\nreturn": "return", "((X - centers[labels])": "((X - centers[assign(X, centers)])"},
).says("the labels are those from before the last update: after it, the rows are to be assigned once more")
fit_inertia_before = edit(
    "fit", {"labels = assign(X, centers)\nreturn centers, labels,": "return centers, assign(X, centers),"}
).says("the inertia is taken with the labels from before the last update: it belongs to the final centers")
fit_inertia_of_old_centers = edit(
    "fit",
    {
        "centers = update(X, labels, centers)": "if before is not None and torch.equal(labels, before):\n    break\n"
        "centers = update(X, labels, centers)",
        "if before is not None and torch.equal(labels, before):\n    break": (
            "inertia = ((X - centers[labels]) ** 2).sum()"
        ),
        "labels, ((X - centers[labels]) ** 2).sum()": "labels, inertia",
    },
).says("the inertia is that from before the last update: it belongs to the final centers")
fit_inertia_of_old_centers_throughout = edit(
    "fit",
    {
        "centers = update(X, labels, centers)": (
            "inertia = ((X - centers[labels]) ** 2).sum()\ncenters = update(X, labels, centers)"
        ),
        "labels, ((X - centers[labels]) ** 2).sum()": "labels, inertia",
    },
).says("the inertia is that from before the last update: it belongs to the final centers")
fit_inertia_mean = edit("fit", {".sum()": ".sum(dim=1).mean()"}).says(
    "the inertia is divided by the number of rows; the sum is asked for"
)
fit_inertia_mean_of_entries = edit("fit", {".sum()": ".mean()"}).says(
    "the inertia is divided by the number of all entries, N·D; the sum is asked for"
)
fit_inertia_of_distances = edit("fit", {".sum()": ".sum(dim=1).sqrt().sum()"}).says(
    "the inertia is the sum of the distances; the sum of their squares is asked for"
)
fit_inertia_root = edit("fit", {".sum()": ".sum().sqrt()"}).says(
    "the inertia is the root of the sum of squares; the sum itself is asked for"
)
fit_inertia_absolute = edit("fit", {" ** 2)": ".abs())"}).says(
    "the inertia is the sum of absolute differences; the sum of their squares is asked for"
)
fit_inertia_of_all_centers = edit("fit", {"((X - centers[labels])": "((X[:, None] - centers)"}).says(
    "the distances to all centers are added; each row counts with its own center only"
)
fit_nan = edit(
    "fit", {"update(X, labels, centers)": "torch.stack([X[labels == k].mean(dim=0) for k in range(K)])"}
).says("a cluster that loses all its rows gets NaN, the mean of nothing; its center stays where it is")
fit_deserted_zeros = edit(
    "fit",
    {
        "update(X, labels, centers)": "torch.stack("
        "[X[labels == k].sum(dim=0) / (labels == k).sum().clamp(min=1) for k in range(K)])"
    },
).says("a cluster that loses all its rows gets zeros; its center stays where it is")
