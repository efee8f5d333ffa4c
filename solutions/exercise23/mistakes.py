"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- fit: the components

fit_not_centred = edit("fit", {"torch.linalg.svd(X - mean": "torch.linalg.svd(X"}).says(
    "these are the directions of X itself, seen from 0, so that the mean counts as well: subtract the mean first"
)
fit_standardized = edit("fit", {"svd(X - mean": "svd((X - mean) / X.std(dim=0)"}).says(
    "each column is divided by its standard deviation, which changes the directions; only the mean is subtracted"
)
fit_centred_by_one_number = edit("fit", {"mean = X.mean(dim=0)": "mean = X.mean()"}).says(
    "the mean is one number, over all entries of X; each of the D columns has a mean of its own"
)
fit_mean_of_rows = edit("fit", {"mean = X.mean(dim=0)": "mean = X.mean(dim=1, keepdim=True)"}).says(
    "the means are those of the rows, one for each sample; the mean of the samples is a row of D numbers"
)
fit_mean_kept_as_row = edit("fit", {"X.mean(dim=0)": "X.mean(dim=0, keepdim=True)"}).says(
    "the mean comes out as [1, D]; its shape is [D]"
)
fit_smallest = edit(
    "fit",
    "mean = X.mean(dim=0)\nvalues, vectors = torch.linalg.eigh((X - mean).T @ (X - mean) / (len(X) - 1))\n"
    "return mean, vectors.T[:k].contiguous(), values[:k].contiguous()",
).says("these are the directions with the smallest variance, which eigh gives first; the largest ones are asked for")
fit_last = edit("fit", {"directions[:k], s[:k]": "directions[-k:], s[-k:]"}).says(
    "these are the last k directions, those with the smallest variance; the largest ones are asked for"
)
fit_rising = edit(
    "fit", {"directions[:k], s[:k] ** 2 / (len(X) - 1)": "directions[:k].flip(0), (s[:k] ** 2 / (len(X) - 1)).flip(0)"}
).says("these are the right k directions, but the one with the smallest variance comes first; the order is falling")
fit_columns = edit("fit", {"directions[:k]": "directions[:k].T.contiguous()"}).says(
    "the components are the columns, [D, k]; they are asked for as rows, [k, D]"
)
fit_rows_of_v = edit("fit", {"directions[:k]": "directions.T[:k].contiguous()"}).says(
    "the components are read along the wrong axis of the matrix of directions, so that each row mixes all of them: "
    "svd gives them as rows of Vh, eigh as columns"
)
fit_rows_of_eigenvectors = edit(
    "fit",
    "mean = X.mean(dim=0)\nvalues, vectors = torch.linalg.eigh((X - mean).T @ (X - mean) / (len(X) - 1))\n"
    "return mean, vectors.flip(1)[:k].contiguous(), values.flip(0)[:k].contiguous()",
).says(
    "the components are read along the wrong axis of the matrix of directions, so that each row mixes all of them: "
    "svd gives them as rows of Vh, eigh as columns"
)
fit_rows_of_eigenvectors_from_below = edit(
    "fit",
    "mean = X.mean(dim=0)\nvalues, vectors = torch.linalg.eigh((X - mean).T @ (X - mean) / (len(X) - 1))\n"
    "return mean, vectors.flip(0)[:k].contiguous(), values.flip(0)[:k].contiguous()",
).says(
    "the components are read along the wrong axis of the matrix of directions, so that each row mixes all of them: "
    "svd gives them as rows of Vh, eigh as columns"
)
fit_first_again = edit("fit", {"directions[:k], s[:k]": "directions[:1].repeat(k, 1), s[:1].repeat(k)"}).says(
    "each component is the first one again; each of the others is orthogonal to all before it"
)
fit_mean_of_centred = edit("fit", {"return mean, directions": "return (X - mean).mean(dim=0), directions"}).says(
    "the mean is 0 but for rounding, as if it were taken after the subtraction; the one subtracted is asked for"
)
fit_left_vectors = edit("fit", {"_, s, directions": "left, s, _", "directions[:k]": "left.T[:k].contiguous()"}).says(
    "each component has N numbers, one for each sample: those are the left singular vectors; a direction has D numbers"
)
fit_covariance_of_samples = edit(
    "fit",
    "mean = X.mean(dim=0)\nvalues, vectors = torch.linalg.eigh(torch.cov(X))\n"
    "return mean, vectors.T.flip(0)[:k].contiguous(), values.flip(0)[:k].contiguous()",
).says(
    "the covariances are those between samples, [N, N], as cov gives them for rows; between the columns of X they are "
    "[D, D]"
)
fit_covariance_of_centred_samples = edit(
    "fit",
    "mean = X.mean(dim=0)\nvalues, vectors = torch.linalg.eigh(torch.cov(X - mean))\n"
    "return mean, vectors.T.flip(0)[:k].contiguous(), values.flip(0)[:k].contiguous()",
).says(
    "the covariances are those between samples, [N, N], as cov gives them for rows; between the columns of X they are "
    "[D, D]"
)
fit_times_singular_values = edit("fit", {"directions[:k]": "directions[:k] * s[:k, None]"}).says(
    "the components are multiplied by the singular values; they have the length 1"
)
fit_times_deviations = edit("fit", {"directions[:k]": "directions[:k] * s[:k, None] / (len(X) - 1) ** 0.5"}).says(
    "the components are multiplied by the standard deviations along them; they have the length 1"
)
fit_in_place = edit("fit", {"_, s, directions": "X -= mean\n_, s, directions", "svd(X - mean": "svd(X"}).says(
    "the mean is subtracted from the tensor that was handed in (by −=, say): make a new one"
)
fit_mean_of_products = edit(
    "fit",
    "mean = X.mean(dim=0)\ncovariance = (X.T @ X / len(X) - torch.outer(mean, mean)) * len(X) / (len(X) - 1)\n"
    "values, vectors = torch.linalg.eigh(covariance)\nreturn mean, vectors.T.flip(0)[:k], values.flip(0)[:k]",
).says(
    "with a large mean most digits are lost, as by a mean of products minus a product of means: subtract the "
    "mean from the samples first"
)

# --- fit: the variance

fit_variance_by_n = edit("fit", {"(len(X) - 1)": "len(X)"}).says("the variance is divided by N; here it is by N − 1")
fit_variance_not_divided = edit("fit", {"s[:k] ** 2 / (len(X) - 1)": "s[:k] ** 2"}).says(
    "these are squared singular values, sums over the samples: the variance is such a sum divided by N − 1"
)
fit_variance_singular_values = edit("fit", {"s[:k] ** 2 / (len(X) - 1)": "s[:k].contiguous()"}).says(
    "these are the singular values themselves; the variance is their square, divided by N − 1"
)
fit_variance_not_squared = edit("fit", {"s[:k] ** 2": "s[:k]"}).says(
    "the singular values are divided by N − 1 without being squared first"
)
fit_variance_as_deviation = edit("fit", {"s[:k] ** 2 / (len(X) - 1)": "s[:k] / (len(X) - 1) ** 0.5"}).says(
    "these are standard deviations; the variance is their square"
)
fit_variance_as_ratio = edit("fit", {"s[:k] ** 2 / (len(X) - 1)": "s[:k] ** 2 / (s**2).sum()"}).says(
    "these are shares in the whole variance, as explained_variance_ratio returns them; here the variance itself counts"
)
fit_variance_of_all = edit("fit", {"s[:k] ** 2": "s ** 2"}).says(
    "there are more variances than components: return the first k"
)

# --- transform

transform_without_mean = edit("transform", {"(X - mean)": "X"}).says(
    "the mean is not subtracted: coordinates are seen from the mean"
)
transform_adds_mean = edit("transform", {"X - mean": "X + mean"}).says("the mean is added; it is subtracted here")
transform_own_mean = edit("transform", {"X - mean": "X - X.mean(dim=0)"}).says(
    "the mean of the samples at hand is subtracted; subtract the mean that is handed in, so that new samples are "
    "treated like those of fit"
)
transform_untransposed = edit("transform", {"components.T": "components"}).says(
    "the components are not transposed: each coordinate is the product of a sample and a row of components"
)
transform_columns = edit("transform", {"(X - mean) @ components.T": "components @ (X - mean).T"}).says(
    "the coordinates of a sample stand in a column, [k, N]; they are asked for as rows, [N, k]"
)
transform_and_back = edit("transform", {"components.T": "components.T @ components"}).says(
    "this goes back to D numbers already, as inverse_transform does: the k coordinates are asked for"
)
transform_rebuilds = edit("transform", {"components.T": "components.T @ components + mean"}).says(
    "this goes back to D numbers already, as inverse_transform does: the k coordinates are asked for"
)

transform_whitened = edit(
    "transform", "Z = (X - mean) @ components.T\nreturn Z / Z.std(dim=0) if len(Z) > 1 else Z"
).says("the coordinates are divided by their standard deviations; return them as they are")

# --- inverse_transform

inverse_without_mean = edit("inverse_transform", {" + mean": ""}).says(
    "the mean is missing: transform has subtracted it, so it is to be added again"
)
inverse_subtracts_mean = edit("inverse_transform", {"+ mean": "- mean"}).says(
    "the mean is subtracted; transform has done that already, so here it is added"
)
inverse_untransposed = edit("inverse_transform", {"Z @ components": "Z @ components.T"}).says(
    "the components are transposed: a sample is the sum of the rows of components, each times its coordinate"
)
inverse_mean_before = edit("inverse_transform", {"Z @ components + mean": "(Z + mean) @ components"}).says(
    "the mean is added to the coordinates; it belongs to the samples, of D numbers, after the product"
)

inverse_mean_each_time = edit("inverse_transform", {"+ mean": "+ len(components) * mean"}).says(
    "the mean is added once for each component; add it once"
)
inverse_mean_in_plane = edit("inverse_transform", {"+ mean": "+ mean @ components.T @ components"}).says(
    "only what the components have of the mean is added; the whole mean is to be added, after the product"
)
inverse_columns = edit("inverse_transform", {"Z @ components + mean": "(Z @ components + mean).T"}).says(
    "each sample stands in a column, [D, N]; they are asked for as rows, [N, D]"
)

# --- explained_variance_ratio

ratio_of_kept = edit("explained_variance_ratio", {"variance.sum()": "variance[:k].sum()"}).says(
    "the shares add up to 1: they are divided by the sum of the k variances; divide by the sum of all"
)
ratio_of_singular_values = edit("explained_variance_ratio", {" ** 2": ""}).says(
    "these are shares of the singular values or standard deviations; variances are their squares"
)
ratio_not_centred = edit("explained_variance_ratio", {"X - X.mean(dim=0)": "X"}).says(
    "the mean is not subtracted first, so that it counts as variance"
)
ratio_centred_by_one_number = edit("explained_variance_ratio", {"X.mean(dim=0)": "X.mean()"}).says(
    "one mean is subtracted, over all entries of X; each column has a mean of its own"
)
ratio_standardized = edit("explained_variance_ratio", {"X - X.mean(dim=0)": "(X - X.mean(dim=0)) / X.std(dim=0)"}).says(
    "each column is divided by its standard deviation first; only the mean is subtracted"
)
ratio_cumulative = edit("explained_variance_ratio", {"variance[:k]": "variance[:k].cumsum(dim=0)"}).says(
    "these are running sums; each component's own share is asked for"
)
ratio_total = edit("explained_variance_ratio", {"variance[:k]": "variance[:k].sum()"}).says(
    "this is the share of all k components together; each one's own is asked for"
)
ratio_smallest = edit(
    "explained_variance_ratio",
    "centred = X - X.mean(dim=0)\nvariance = torch.linalg.eigvalsh(centred.T @ centred)\n"
    "return variance[:k] / variance.sum()",
).says("these are the shares of the smallest variances, which eigh gives first; the largest ones are asked for")
ratio_rising = edit("explained_variance_ratio", {"variance[:k]": "variance[:k].flip(0)"}).says(
    "the largest share comes last; the order is falling"
)
ratio_of_all = edit("explained_variance_ratio", {"variance[:k]": "variance"}).says(
    "there are more shares than k: return the first k"
)
ratio_of_samples = edit(
    "explained_variance_ratio",
    "variance = torch.linalg.eigvalsh(torch.cov(X)).flip(0)\nreturn variance[:k] / variance.sum()",
).says(
    "the mean of each row is subtracted, and that of no column, as cov does, for which rows are variables; each of the "
    "D columns has a mean of its own"
)
ratio_of_centred_samples = edit(
    "explained_variance_ratio",
    "variance = torch.linalg.eigvalsh(torch.cov(X - X.mean(dim=0))).flip(0)\nreturn variance[:k] / variance.sum()",
).says(
    "the covariances are those between samples, [N, N], as cov gives them for rows; between the columns of X they are "
    "[D, D]"
)
ratio_of_columns = edit(
    "explained_variance_ratio",
    "variance = X.var(dim=0).sort(descending=True).values\nreturn variance[:k] / variance.sum()",
).says("these are the shares of the D columns of X; those of the variances along the components are asked for")
ratio_by_largest = edit("explained_variance_ratio", {"variance.sum()": "variance[0]"}).says(
    "divided by the largest variance, so that the first share is 1; divide by the sum of all"
)
ratio_by_mean = edit("explained_variance_ratio", {"variance.sum()": "variance.mean()"}).says(
    "divided by the mean of the variances; divide by their sum"
)
ratio_by_variance_of_entries = edit(
    "explained_variance_ratio", {"variance[:k] / variance.sum()": "variance[:k] / (len(X) - 1) / X.var()"}
).says("divided by the variance of all entries of X as one set of numbers; divide by the sum of all D variances")
ratio_by_sum_over_n = edit(
    "explained_variance_ratio", {"variance.sum()": "(variance.sum() * (len(X) - 1) / len(X))"}
).says("the variances are divided by N − 1 and their sum by N, so that all shares together are more than 1")
ratio_percent = edit("explained_variance_ratio", {"variance[:k]": "100 * variance[:k]"}).says(
    "these are percentages; a share is a number from 0 to 1"
)
ratio_not_divided = edit(
    "explained_variance_ratio", {"variance[:k] / variance.sum()": "variance[:k] / (len(X) - 1)"}
).says("these are the variances themselves; divide them by the sum of all")
ratio_mean_of_products = edit(
    "explained_variance_ratio",
    "mean = X.mean(dim=0)\nvariance = torch.linalg.eigvalsh(X.T @ X / len(X) - torch.outer(mean, mean)).flip(0)\n"
    "return variance[:k] / variance.sum()",
).says(
    "with a large mean most digits are lost, as by a mean of products minus a product of means: subtract the "
    "mean from the samples first"
)

# --- anomaly_score

score_root = edit("anomaly_score", {"((X - rebuilt) ** 2).sum(dim=1)": "((X - rebuilt) ** 2).sum(dim=1).sqrt()"}).says(
    "this is the distance; its square is asked for"
)
score_mean = edit("anomaly_score", {"sum(dim=1)": "mean(dim=1)"}).says(
    "this is a mean over the D numbers of a sample; their sum is asked for"
)
score_total = edit("anomaly_score", {"sum(dim=1)": "sum()"}).says(
    "this is one number for all samples together; each sample has a score of its own"
)
score_by_column = edit("anomaly_score", {"sum(dim=1)": "sum(dim=0)"}).says(
    "the squares are added up over the samples, for each of the D numbers; each sample has a score of its own"
)
score_of_entries = edit("anomaly_score", {".sum(dim=1)": ""}).says(
    "these are the squares themselves, [N, D]; add them up for each sample"
)
score_not_squared = edit("anomaly_score", {"(X - rebuilt) ** 2": "X - rebuilt"}).says(
    "the differences are added up with their signs, so that they cancel: square them first"
)
score_square_of_sum = edit("anomaly_score", {"((X - rebuilt) ** 2).sum(dim=1)": "(X - rebuilt).sum(dim=1) ** 2"}).says(
    "the differences are added up with their signs, so that they cancel: square them first"
)
score_absolute = edit("anomaly_score", {"((X - rebuilt) ** 2)": "(X - rebuilt).abs()"}).says(
    "this adds up absolute values; the squares are asked for"
)
score_inside = edit("anomaly_score", {"(X - rebuilt)": "(rebuilt - mean)"}).says(
    "this is what the components explain; the score is what is left of a sample without it"
)
score_of_coordinates = edit("anomaly_score", {"((X - rebuilt) ** 2)": "(transform(X, mean, components) ** 2)"}).says(
    "this is what the components explain; the score is what is left of a sample without it"
)
score_from_mean = edit("anomaly_score", {"(X - rebuilt)": "(X - mean)"}).says(
    "this is the squared distance from the mean; what the components explain is to be taken away from it"
)
score_without_mean = edit(
    "anomaly_score",
    {"inverse_transform(transform(X, mean, components), mean, components)": "X @ components.T @ components"},
).says("the mean plays no part: x is projected as it is, not x minus the mean")
score_mean_not_added = edit(
    "anomaly_score",
    {"inverse_transform(transform(X, mean, components), mean, components)": "(X - mean) @ components.T @ components"},
).says("the sample is compared with a projection to which the mean has not been added again")
score_coordinates_without_mean = edit(
    "anomaly_score",
    {"inverse_transform(transform(X, mean, components), mean, components)": "X @ components.T @ components + mean"},
).says("the mean is added, but not subtracted before: x is projected as it is, not x minus the mean")
score_with_constant = edit("anomaly_score", {"X - rebuilt": "X - rebuilt + 1e-6"}).says(
    "a small constant is added to each difference before it is squared, as pairwise_distance does: leave it out"
)
score_own_mean = edit("anomaly_score", {"rebuilt =": "mean = X.mean(dim=0)\nrebuilt ="}).says(
    "the mean of the samples at hand takes the place of the mean that is handed in"
)
