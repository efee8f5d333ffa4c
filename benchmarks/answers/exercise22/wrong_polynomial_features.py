# %% polynomial_without_one
# The column of ones forgotten.
# named: polynomial_without_one
def polynomial_features(X, degree):
    columns = []
    for p in range(1, degree + 1):
        for idx in combinations_with_replacement(range(X.shape[1]), p):
            columns.append(X[:, list(idx)].prod(dim=1))
    return torch.stack(columns, dim=1)

# %% polynomial_one_last
# The ones come last.
# like: torch_functions
# named: polynomial_one_last
def polynomial_features(X, degree):
    N, D = X.shape
    blocks = []
    for p in range(1, degree + 1):
        idx = torch.combinations(torch.arange(D), r=p, with_replacement=True).reshape(-1, p)
        blocks.append(X[:, idx].prod(dim=-1))
    blocks.append(X.new_ones(N, 1))
    return torch.cat(blocks, dim=1)

# %% polynomial_highest_only
# Only products of exactly `degree` numbers.
# like: functional
# named: polynomial_last_degree_only
def polynomial_features(X, degree):
    terms = combinations_with_replacement(range(X.shape[1]), degree)
    return torch.stack([X[:, list(t)].prod(dim=1) for t in terms], dim=1)

# %% polynomial_no_repetition
# No number twice: combinations without replacement.
# like: numpy
# named: polynomial_distinct_only
def polynomial_features(X, degree):
    from itertools import combinations

    x = X.numpy()
    columns = [np.prod(x[:, list(c)], axis=1) for p in range(degree + 1) for c in combinations(range(x.shape[1]), p)]
    return torch.from_numpy(np.stack(columns, axis=1).astype(x.dtype))

# %% polynomial_powers_only
# Powers of single numbers, without mixed products.
# like: loops
# named: polynomial_powers_only
def polynomial_features(X, degree):
    columns = [torch.ones_like(X[:, :1])]
    for p in range(1, degree + 1):
        columns.append(X**p)
    return torch.cat(columns, dim=1)

# %% polynomial_ordered_products
# Both x1·x2 and x2·x1: product in place of combinations.
# named: polynomial_repeated
def polynomial_features(X, degree):
    from itertools import product

    N, D = X.shape
    columns = [torch.ones(N, dtype=X.dtype)]
    for p in range(1, degree + 1):
        for idx in product(range(D), repeat=p):
            columns.append(X[:, list(idx)].prod(dim=1))
    return torch.stack(columns, dim=1)

# %% polynomial_not_by_degree
# Lexicographic without sorting by degree: 1, x1, x1², x1x2, x2, x2².
# like: einsum
# named: polynomial_not_by_degree
def polynomial_features(X, degree):
    D = X.shape[1]
    terms = sorted(t for p in range(degree + 1) for t in combinations_with_replacement(range(D), p))
    return torch.stack([X[:, list(t)].prod(1) for t in terms], dim=1)

# %% polynomial_each_to_degree
# Every number up to `degree`, whatever the sum.
# like: numpy
# named: polynomial_every_exponent
def polynomial_features(X, degree):
    x = X.numpy()
    exponents = list(np.ndindex(*([degree + 1] * x.shape[1])))
    exponents.sort(key=lambda e: (sum(e), [-v for v in e]))
    return torch.from_numpy(np.prod(x[:, None, :] ** np.array(exponents)[None], axis=2).astype(x.dtype))

# %% polynomial_last_number_first
# Within a degree x2² comes before x1².
# like: numpy
# named: polynomial_backwards
def polynomial_features(X, degree):
    x = X.numpy()
    exponents = [e for e in np.ndindex(*([degree + 1] * x.shape[1])) if sum(e) <= degree]
    exponents.sort(key=lambda e: (sum(e), e))
    return torch.from_numpy(np.prod(x[:, None, :] ** np.array(exponents)[None], axis=2).astype(x.dtype))

# %% polynomial_one_degree_less
# The range ends too early.
# like: in_place_on_copies
# named: polynomial_one_degree_short
def polynomial_features(X, degree):
    columns = [torch.ones(len(X), dtype=X.dtype)]
    for p in range(1, degree):
        for idx in combinations_with_replacement(range(X.shape[1]), p):
            columns.append(X[:, list(idx)].prod(dim=1))
    return torch.stack(columns, dim=1)

# %% polynomial_squares_first
# The powers of a degree before its mixed products.
# named: polynomial_powers_first
def polynomial_features(X, degree):
    N, D = X.shape
    columns = [torch.ones(N, dtype=X.dtype)]
    for p in range(1, degree + 1):
        terms = list(combinations_with_replacement(range(D), p))
        terms.sort(key=lambda t: len(set(t)) > 1)
        columns += [X[:, list(t)].prod(dim=1) for t in terms]
    return torch.stack(columns, dim=1)

# %% polynomial_coefficients
# The coefficients of (1 + x1 + x2)^degree, in front of the products.
# named: missing
def polynomial_features(X, degree):
    import math

    N, D = X.shape
    columns = []
    for p in range(degree + 1):
        for t in combinations_with_replacement(range(D), p):
            c = math.factorial(degree) // math.factorial(degree - p)
            for j in range(D):
                c //= math.factorial(t.count(j))
            columns.append(c * X[:, list(t)].prod(dim=1))
    return torch.stack(columns, dim=1)

# %% polynomial_two
# degree taken to be 2, or less.
# like: recursion
# named: polynomial_degree_two
def polynomial_features(X, degree):
    N, D = X.shape
    columns = [torch.ones(N, dtype=X.dtype), *X.T]
    if degree >= 2:
        for i in range(D):
            for j in range(i, D):
                columns.append(X[:, i] * X[:, j])
    return torch.stack(columns, dim=1)

# %% polynomial_sums
# Sums in place of products.
# like: functional
# named: polynomial_sums
def polynomial_features(X, degree):
    columns = [torch.ones_like(X[:, 0])]
    for p in range(1, degree + 1):
        for c in combinations_with_replacement(range(X.shape[1]), p):
            columns.append(X[:, list(c)].sum(dim=1))
    return torch.stack(columns, dim=1)

# %% polynomial_transposed
# [P, N].
# like: functional
# named: polynomial_transposed
def polynomial_features(X, degree):
    columns = []
    for p in range(degree + 1):
        for c in combinations_with_replacement(X.unbind(1), p):
            columns.append(reduce(mul, c, torch.ones_like(X[:, 0])))
    return torch.stack(columns)

