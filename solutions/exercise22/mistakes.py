"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- samples_needed

samples_exchanged = edit("samples_needed", {"per_axis**n": "n**per_axis"}).says(
    "base and exponent are exchanged: each further dimension multiplies the number by per_axis"
)
samples_product = edit("samples_needed", {"per_axis**n": "per_axis * n"}).says(
    "this is per_axis · n; each further dimension multiplies the number by per_axis"
)
samples_corners = edit("samples_needed", {"per_axis**n": "(per_axis + 1) ** n"}).says(
    "this is (per_axis + 1)ⁿ: per_axis points along each axis are asked for, not as many intervals"
)
samples_one_axis_short = edit("samples_needed", {"per_axis**n": "per_axis ** max(n - 1, 1)"}).says(
    "one factor is missing: this is the number in n − 1 dimensions"
)
samples_rounded = edit("samples_needed", {"per_axis**n": "int(float(per_axis) ** n)"}).says(
    "large numbers are rounded to some 16 digits, as floats are; Python's int is exact"
)
samples_wrapped = edit("samples_needed", {"per_axis**n": "int(torch.tensor(per_axis) ** n)"}).says(
    "large numbers are cut off to 64 bits, as those of an int64 tensor are; Python's int is not"
)

# --- distance_contrast

contrast_not_relative = edit("distance_contrast", {" / distance.min()": ""}).says(
    "this is max − min; it is to be divided by the smallest distance"
)
contrast_by_largest = edit("distance_contrast", {"/ distance.min()": "/ distance.max()"}).says(
    "divided by the largest distance; divide by the smallest one"
)
contrast_by_mean = edit("distance_contrast", {"/ distance.min()": "/ distance.mean()"}).says(
    "divided by the mean of the distances; divide by the smallest one"
)
contrast_ratio = edit("distance_contrast", {"(distance.max() - distance.min())": "distance.max()"}).says(
    "this is max/min, which is larger by 1"
)
contrast_negative = edit(
    "distance_contrast", {"distance.max() - distance.min()": "distance.min() - distance.max()"}
).says("the sign is wrong: it is max − min that is divided")
contrast_of_squares = edit("distance_contrast", {".sqrt()": ""}).says(
    "these are the squared distances: a Euclidean distance is the root of the sum of squares"
)
contrast_manhattan = edit("distance_contrast", {"((X - q) ** 2).sum(dim=1).sqrt()": "(X - q).abs().sum(dim=1)"}).says(
    "the distances are sums of absolute differences; the Euclidean one is the root of the sum of squares"
)
contrast_largest_difference = edit(
    "distance_contrast", {"((X - q) ** 2).sum(dim=1).sqrt()": "(X - q).abs().amax(dim=1)"}
).says("of each sample only the largest difference counts; the Euclidean distance is the root of the sum of squares")
contrast_from_origin = edit("distance_contrast", {"X - q": "X"}).says(
    "these are the samples' own lengths, their distances from 0; the distances from q are asked for"
)
contrast_along_samples = edit("distance_contrast", {"sum(dim=1)": "sum(dim=0)"}).says(
    "the squares are summed over the samples, which gives a number for each axis; a distance sums over the axes"
)
contrast_difference_of_lengths = edit(
    "distance_contrast", {"((X - q) ** 2).sum(dim=1).sqrt()": "((X**2).sum(dim=1).sqrt() - (q**2).sum().sqrt()).abs()"}
).says("these are differences of lengths, ‖x‖ − ‖q‖; the distance is the length of the difference, ‖x − q‖")

# --- random_projection

projection_unscaled = edit("random_projection", {" / R.shape[1] ** 0.5": ""}).says(
    "√k is missing: the squared lengths become k times as large"
)
projection_by_k = edit("random_projection", {" ** 0.5": ""}).says("divided by k; divide by its root")
projection_by_root_of_d = edit("random_projection", {"R.shape[1]": "R.shape[0]"}).says(
    "divided by √D; k is the number of mixtures, the second size of R"
)
projection_by_root_of_n = edit("random_projection", {"R.shape[1]": "X.shape[0]"}).says(
    "divided by √N; k is the number of mixtures, the second size of R"
)
projection_times_root = edit("random_projection", {"/ R.shape[1]": "* R.shape[1]"}).says(
    "multiplied by √k; divide by it"
)
projection_normalized = edit("random_projection", {"R / R.shape[1] ** 0.5": "(R / (R**2).sum(dim=0).sqrt())"}).says(
    "the columns of R are brought to length 1; R is used as it is, and the product divided by √k"
)
projection_transposed = edit("random_projection", {"X @ R": "X @ R.T"}).says(
    "R is transposed, which has a shape that fits only where k = D"
)
projection_orthogonal = edit("random_projection", {"X @ R / R.shape[1] ** 0.5": "X @ torch.linalg.qr(R).Q"}).says(
    "the columns of R are made orthogonal; R is used as it is, and the product divided by √k"
)
projection_centered = edit("random_projection", {"X @ R": "(X - X.mean(dim=0)) @ R"}).says(
    "the mean of the samples is subtracted first; X is projected as it is"
)

# --- rbf_features

rbf_distance = edit("rbf_features", {"sum(dim=2)": "sum(dim=2).sqrt()"}).says(
    "the distance is not squared: this is exp(−γ‖x − c‖)"
)
rbf_width = edit("rbf_features", {"-gamma * squared": "-squared / (2 * gamma**2)"}).says(
    "gamma is used as the width σ, in exp(−‖x − c‖²/(2σ²)); here γ is a factor"
)
rbf_by_gamma = edit("rbf_features", {"-gamma * squared": "-squared / gamma"}).says(
    "the exponent is divided by γ; it is multiplied by γ"
)
rbf_half = edit("rbf_features", {"-gamma * squared": "-gamma * squared / 2"}).says(
    "there is a factor ½ in the exponent, which is −γ‖x − c‖²"
)
rbf_gamma_squared = edit("rbf_features", {"-gamma * squared": "-(gamma**2) * squared"}).says(
    "γ is squared as well; only the distance is"
)
rbf_without_gamma = edit("rbf_features", {"-gamma * squared": "-squared"}).says("γ is not used")
rbf_growing = edit("rbf_features", {"-gamma": "gamma"}).says(
    "the exponent is positive, so that features grow with the distance; the minus is missing"
)
rbf_linear = edit("rbf_features", {"torch.exp(-gamma * squared)": "-gamma * squared"}).says(
    "this is the exponent −γ‖x − c‖² itself, without the exponential function"
)
rbf_transposed = edit(
    "rbf_features", {"return torch.exp(-gamma * squared)": "return torch.exp(-gamma * squared).T"}
).says("rows and columns are exchanged: a row is a sample, a column is a center")
rbf_mean = edit("rbf_features", {"sum(dim=2)": "mean(dim=2)"}).says(
    "the squares are averaged over the axes; ‖x − c‖² is their sum"
)
rbf_shares = edit(
    "rbf_features", {"return torch.exp(-gamma * squared)": "return torch.softmax(-gamma * squared, dim=1)"}
).says("each row is divided by its sum; a feature does not depend on the other centers")
rbf_manhattan = edit("rbf_features", {"((X[:, None] - centers) ** 2)": "(X[:, None] - centers).abs()"}).says(
    "the exponent has the sum of absolute differences; ‖x − c‖² is the sum of squares"
)
rbf_manhattan_squared = edit(
    "rbf_features", {"((X[:, None] - centers) ** 2).sum(dim=2)": "(X[:, None] - centers).abs().sum(dim=2) ** 2"}
).says("the absolute differences are summed before they are squared; each difference is squared")
rbf_square_of_sum = edit(
    "rbf_features", {"((X[:, None] - centers) ** 2).sum(dim=2)": "(X[:, None] - centers).sum(dim=2) ** 2"}
).says("the differences are summed before they are squared, so that they cancel; square each of them first")
rbf_without_products = edit(
    "rbf_features", {"((X[:, None] - centers) ** 2).sum(dim=2)": "(X**2).sum(dim=1)[:, None] + (centers**2).sum(dim=1)"}
).says("the product in the middle is missing: ‖x − c‖² = ‖x‖² − 2x·c + ‖c‖²")
rbf_one_product = edit(
    "rbf_features",
    {
        "((X[:, None] - centers) ** 2).sum(dim=2)": (
            "(X**2).sum(dim=1)[:, None] - X @ centers.T + (centers**2).sum(dim=1)"
        )
    },
).says("the product in the middle has no factor 2: ‖x − c‖² = ‖x‖² − 2x·c + ‖c‖²")
rbf_axes_added = edit(
    "rbf_features", {".sum(dim=2)": "", "torch.exp(-gamma * squared)": "torch.exp(-gamma * squared).sum(dim=2)"}
).says("the exponential is taken for each axis, and then they are summed; sum the squares first")

# --- polynomial_features

polynomial_without_one = edit("polynomial_features", {"range(degree + 1)": "range(1, degree + 1)"}).says(
    "the term of degree 0 is missing: the first column is 1"
)
polynomial_one_degree_short = edit("polynomial_features", {"range(degree + 1)": "range(degree)"}).says(
    "the terms of the highest degree are missing, as with range(degree), which ends before it"
)
polynomial_last_degree_only = edit("polynomial_features", {"range(degree + 1)": "[degree]"}).says(
    "only the terms of the highest degree are there; those of all lower degrees belong to the features as well"
)
polynomial_falling = edit("polynomial_features", {"range(degree + 1)": "range(degree, -1, -1)"}).says(
    "the terms begin with the highest degree; they begin with 1"
)
polynomial_one_last = edit("polynomial_features", {"range(degree + 1)": "[*range(1, degree + 1), 0]"}).says(
    "the column of ones comes last; it is the first one"
)
polynomial_degree_two = edit("polynomial_features", {"range(degree + 1)": "range(min(degree, 2) + 1)"}).says(
    "the terms end with degree 2, whatever `degree` is"
)
polynomial_powers_only = edit(
    "polynomial_features", {"combinations_with_replacement(axes, d)": "([(a,) * d for a in axes] if d else [()])"}
).says("products of different numbers, such as x₁x₂, are missing")
polynomial_distinct_only = edit(
    "polynomial_features",
    {"combinations_with_replacement(axes, d)": "combinations_with_replacement(axes, d) if len(set(term)) == d"},
).says("terms in which a number occurs more than once, such as x₁², are missing")
polynomial_repeated = edit(
    "polynomial_features",
    {
        "axes = ": "from itertools import product\naxes = ",
        "combinations_with_replacement(axes,": "product(axes, repeat=",
    },
).says("x₁x₂ and x₂x₁ both have a column; they are one term, and have one")
polynomial_every_exponent = edit(
    "polynomial_features",
    {
        "axes = ": "from itertools import product\naxes = ",
        "term for d in range(degree + 1) for term in combinations_with_replacement(axes, d)": (
            "[a for a in axes for _ in range(each[a])] for each in product(range(degree + 1), repeat=len(axes))"
        ),
        "return": "terms.sort(key=lambda term: (len(term), term))\nreturn",
    },
).says("each number has every power up to the degree, so that x₁²x₂² is among degree 2; the exponents of a term add up")
polynomial_backwards = edit(
    "polynomial_features",
    {"combinations_with_replacement(axes, d)": "reversed([*combinations_with_replacement(axes, d)])"},
).says("within a degree the order is reversed: the first number's highest power comes first, the last number's last")
polynomial_powers_first = edit(
    "polynomial_features", {"return": "terms.sort(key=lambda term: (len(term), len(set(term)) > 1))\nreturn"}
).says("within a degree the powers of single numbers come before the products; the order is x₁², x₁x₂, x₂²")
polynomial_products_first = edit(
    "polynomial_features", {"return": "terms.sort(key=lambda term: (len(term), -len(set(term))))\nreturn"}
).says("within a degree the products come before the powers of single numbers; the order is x₁², x₁x₂, x₂²")
polynomial_by_last_axis = edit(
    "polynomial_features", {"return": "terms.sort(key=lambda term: (len(term), term[::-1]))\nreturn"}
).says("within a degree x₂² stands before x₁x₃: all terms with x₁ come before those without it")
polynomial_not_by_degree = edit("polynomial_features", {"return": "terms.sort()\nreturn"}).says(
    "the terms are not ordered by degree: x₁² stands before x₂"
)
polynomial_sums = edit("polynomial_features", {"prod(dim=1)": "sum(dim=1).add(not term)"}).says(
    "the numbers of a term are added; they are multiplied"
)
polynomial_weighted = edit(
    "polynomial_features",
    {
        "axes = ": "from itertools import permutations\naxes = ",
        "prod(dim=1)": "prod(dim=1) * len(set(permutations(term)))",
    },
).says("the terms have the coefficients of (x₁ + x₂ + …)², such as 2 for x₁x₂; here every coefficient is 1")
polynomial_rooted = edit(
    "polynomial_features",
    {
        "axes = ": "from itertools import permutations\naxes = ",
        "prod(dim=1)": "prod(dim=1) * len(set(permutations(term))) ** 0.5",
    },
).says("the terms have coefficients such as √2, as those of a polynomial kernel do; here every coefficient is 1")
polynomial_transposed = edit("polynomial_features", {"for term in terms], dim=1)": "for term in terms], dim=0)"}).says(
    "rows and columns are exchanged: a row is a sample, a column is a term"
)

# --- space_tiling

tiling_last_slowest = edit("space_tiling", {"in part.T": "in part.T.flip(0)"}).says(
    "the first axis is the fastest one; it is the slowest, like the first digit of a number"
)
tiling_rounded = edit("space_tiling", {".floor()": ".round()"}).says(
    "the place along an axis is rounded to the nearest whole number; it is rounded down"
)
tiling_nudged = edit("space_tiling", {"* bins)": "* bins + 1e-6)"}).says(
    "what lies a little below an edge counts to the upper cell, as if something were added before it is rounded down"
)
tiling_edges_down = edit("space_tiling", {".floor()": ".ceil().sub(1)"}).says(
    "an edge between two cells counts to the lower one; it belongs to the upper one"
)
tiling_unclipped = edit("space_tiling", {".clamp(0, bins - 1)": ""}).says(
    "places outside of 0 … bins−1 are kept, which gives the numbers of other cells; each is cut to this range"
)
tiling_clipped_below_only = edit("space_tiling", {"clamp(0, bins - 1)": "clamp(min=0)"}).says(
    "places above bins−1 are kept, which gives the numbers of other cells; they are cut to bins−1"
)
tiling_clipped_above_only = edit("space_tiling", {"clamp(0, bins - 1)": "clamp(max=bins - 1)"}).says(
    "places below 0 are kept, which gives the numbers of other cells; they are cut to 0"
)
tiling_one_place_more = edit("space_tiling", {"bins - 1": "bins"}).says(
    "x = high, and what lies above, has the place bins; the last place is bins−1"
)
tiling_number_clipped = edit(
    "space_tiling", {".clamp(0, bins - 1)": "", "return number": "return number.clamp(0, bins ** len(low) - 1)"}
).says("only the finished number is cut to its range; the place along each axis is")
tiling_wrapped = edit("space_tiling", {"clamp(0, bins - 1)": "remainder(bins)"}).says(
    "what leaves the box on one side comes in again on the other; it counts to the nearest cell"
)
tiling_outside_marked = edit(
    "space_tiling", {"return number": "return torch.where(((X < low) | (X > high)).any(dim=1), -1, number)"}
).says("what lies outside gets −1; it counts to the nearest cell")
tiling_low_ignored = edit("space_tiling", {"(X - low)": "X"}).says(
    "places along an axis are counted from 0; they are counted from low"
)
tiling_by_high = edit("space_tiling", {"(high - low)": "high"}).says(
    "x − low is divided by high; the axis is high − low long"
)
tiling_own_limits = edit("space_tiling", {"part = ": "low, high = X.amin(dim=0), X.amax(dim=0)\npart = "}).says(
    "the box reaches from the smallest to the largest number in X; low and high say where it lies"
)
tiling_one_limit = edit("space_tiling", {"part = ": "low, high = low.min(), high.max()\npart = "}).says(
    "all axes have the same ends, the least of low and the largest of high; every axis has its own"
)
tiling_first_limit = edit("space_tiling", {"part = ": "low, high = low[0], high[0]\npart = "}).says(
    "all axes have the ends of the first one; every axis has its own"
)
tiling_one_bin_short = edit("space_tiling", {"* bins)": "* (bins - 1))"}).says(
    "each axis is cut into bins − 1 parts, as by linspace(low, high, bins); it has bins parts, and bins + 1 edges"
)
tiling_width_one = edit("space_tiling", {" / (high - low) * bins": ""}).says(
    "the cells are 1 wide; they are (high − low)/bins wide"
)
tiling_sum = edit("space_tiling", {"number * bins": "number"}).says(
    "the places along the axes are added, so that many cells share a number; each axis counts bins times the next one"
)
tiling_times_axes = edit("space_tiling", {"number * bins": "number * len(low)"}).says(
    "an axis counts D times the next one; it counts bins times the next one"
)
tiling_from_one = edit("space_tiling", {"return number": "return number + 1"}).says(
    "the cells count from 1, not from 0"
)
tiling_places_from_one = edit("space_tiling", {"+ along_axis": "+ along_axis + 1"}).says(
    "the places along each axis count from 1, not from 0"
)
tiling_places = edit("space_tiling", {"return number": "return part"}).says(
    "these are the places along each axis, [N, D]; one number for each sample is asked for"
)

# --- kernel_ridge

ridge_without_lambda = edit("kernel_ridge", {"K + penalty": "K"}).says(
    "λ is not used: the samples' own targets come out exactly"
)
ridge_lambda_everywhere = edit("kernel_ridge", {"K + penalty": "K + lam"}).says(
    "λ is added to every entry of K; it is added on the diagonal only"
)
ridge_lambda_times_n = edit("kernel_ridge", {"+ penalty": "+ len(X) * penalty"}).says(
    "λ is multiplied by N; here it is added to the diagonal as it is"
)
ridge_lambda_subtracted = edit("kernel_ridge", {"K + penalty": "K - penalty"}).says("λ is subtracted; it is added")
ridge_lambda_squared = edit("kernel_ridge", {"K + penalty": "K + lam * penalty"}).says(
    "λ is squared; here it is added to the diagonal as it is"
)
ridge_lambda_float32 = edit("kernel_ridge", {"lam))": "lam, dtype=torch.float32))"}).says(
    "λ is rounded to float32, as by torch.eye(N) without a dtype; give it that of X"
)
ridge_diagonal_replaced = edit("kernel_ridge", {"K + penalty": "K - torch.diag(K.diagonal()) + penalty"}).says(
    "λ takes the place of the diagonal of K; it is added to it"
)
ridge_without_system = edit("kernel_ridge", {"torch.linalg.solve(K + penalty, y)": "y"}).says(
    "this is K(Xq, X)y: the targets themselves are the weights, and not (K + λI)⁻¹y"
)
ridge_multiplied = edit("kernel_ridge", {"torch.linalg.solve(K + penalty, y)": "(K + penalty) @ y"}).says(
    "the weights are (K + λI)y; the inverse is missing"
)
ridge_reciprocals = edit("kernel_ridge", {"torch.linalg.solve(K + penalty, y)": "(1 / (K + penalty)) @ y"}).says(
    "each entry of K + λI is inverted by itself; the inverse of the matrix is needed"
)
ridge_on_features = edit(
    "kernel_ridge", {"torch.linalg.solve(K + penalty, y)": "torch.linalg.solve(K @ K + penalty, K @ y)"}
).says("this is linear ridge regression on the features K, (KᵀK + λI)⁻¹Kᵀy; kernel ridge regression is (K + λI)⁻¹y")
ridge_smoother = edit(
    "kernel_ridge",
    {
        "torch.linalg.solve(K + penalty, y)": "y",
        "return ": "near = ",
        " @ weights": "\nreturn near @ weights / near.sum(dim=1)",
    },
).says("each prediction is a mean of the targets, weighted by the kernel; it is K(Xq, X)·(K + λI)⁻¹y")
ridge_at_samples = edit("kernel_ridge", {"rbf_features(Xq, X, gamma) @": "K @"}).says(
    "these are the predictions for X; those for Xq are asked for"
)
ridge_weights = edit("kernel_ridge", {"rbf_features(Xq, X, gamma) @ weights": "weights"}).says(
    "these are the weights (K + λI)⁻¹y, one for each sample; the predictions for Xq are asked for"
)
ridge_linear = edit(
    "kernel_ridge", {"rbf_features(X, X, gamma)": "X @ X.T", "rbf_features(Xq, X, gamma)": "Xq @ X.T"}
).says("the kernel is the scalar product, which makes this linear ridge regression; it is exp(−γ‖x − x′‖²)")
ridge_centered = edit(
    "kernel_ridge", {"penalty, y)": "penalty, y - y.mean())", "@ weights": "@ weights + y.mean()"}
).says("the mean of y is subtracted first and added to the predictions; there is no such term here")
ridge_distance = edit(
    "kernel_ridge",
    {
        "rbf_features(X, X, gamma)": "torch.exp(-gamma * torch.cdist(X, X))",
        "rbf_features(Xq, X, gamma)": "torch.exp(-gamma * torch.cdist(Xq, X))",
    },
).says("the kernel is exp(−γ‖x − x′‖): the distance is not squared")
ridge_width = edit(
    "kernel_ridge",
    {
        "rbf_features(X, X, gamma)": "rbf_features(X, X, 1 / (2 * gamma**2))",
        "rbf_features(Xq, X, gamma)": "rbf_features(Xq, X, 1 / (2 * gamma**2))",
    },
).says("gamma is used as the width σ, in exp(−‖x − x′‖²/(2σ²)); here γ is a factor")
ridge_gamma_once = edit("kernel_ridge", {"rbf_features(Xq, X, gamma)": "rbf_features(Xq, X, 1.0)"}).says(
    "between Xq and X the kernel has γ = 1; it has the same γ as among X"
)
