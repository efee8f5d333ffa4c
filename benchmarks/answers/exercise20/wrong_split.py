# %% split_in_order
# No shuffling.
# named: split_in_order
def split(n, n_val, n_test, gen):
    order = torch.arange(n)
    n_train = n - n_val - n_test
    return order[:n_train], order[n_train : n_train + n_val], order[n_train + n_val :]

# %% split_val_within_test
# The validation rows are the first of the test rows.
# like: norms
# named: split_overlap
def split(n, n_val, n_test, gen):
    perm = torch.randperm(n, generator=gen)
    return perm[n_val + n_test :], perm[:n_val], perm[:n_test]

# %% split_from_the_end
# order[-n_test:] with n_test = 0.
# named: split_from_the_end
def split(n, n_val, n_test, gen):
    order = torch.randperm(n, generator=gen)
    n_train = n - n_val - n_test
    return order[:n_train], order[n_train : n_train + n_val], order[-n_test:]

# %% split_train_keeps_test
# The training part still holds the test rows.
# like: bernoulli
# named: split_train_keeps_test
def split(n, n_val, n_test, gen):
    order = torch.randperm(n, generator=gen)
    return order[n_val:], order[:n_val], order[n_val : n_val + n_test]

# %% split_parts_swapped
# Test before validation in what is returned.
# named: split_sizes_swapped
def split(n, n_val, n_test, gen):
    order = torch.randperm(n, generator=gen)
    n_train = n - n_val - n_test
    return order[:n_train], order[n_train + n_val :], order[n_train : n_train + n_val]

# %% split_global_generator
# gen is not given to randperm.
# like: bernoulli
# named: split_ignores_gen
def split(n, n_val, n_test, gen):
    return torch.split(torch.randperm(n), [n - n_val - n_test, n_val, n_test])

# %% split_with_replacement
# randint may draw a row twice.
# named: split_repeats
def split(n, n_val, n_test, gen):
    rows = torch.randint(0, n, (n,), generator=gen)
    n_train = n - n_val - n_test
    return rows[:n_train], rows[n_train : n_train + n_val], rows[n_train + n_val :]

# %% split_sorted_parts
# The right rows, but each part is sorted.
# like: numpy_inside
# named: split_sorted
def split(n, n_val, n_test, gen):
    order = torch.randperm(n, generator=gen)
    parts = order.split([n - n_val - n_test, n_val, n_test])
    return tuple(part.sort().values for part in parts)

# %% split_counts_from_one
# The rows 1 to n.
# named: split_from_one
def split(n, n_val, n_test, gen):
    order = torch.randperm(n, generator=gen) + 1
    n_train = n - n_val - n_test
    return order[:n_train], order[n_train : n_train + n_val], order[n_train + n_val :]

# %% split_three_orders
# A new order for each of the three.
# like: classes
# named: split_three_orders
def split(n, n_val, n_test, gen):
    sizes = (n - n_val - n_test, n_val, n_test)
    return tuple(torch.randperm(n, generator=gen)[:size] for size in sizes)

# %% split_seed_of_gen
# A new generator with gen's first seed: every call is the same.
# named: split_starts_anew
def split(n, n_val, n_test, gen):
    own = torch.Generator().manual_seed(gen.initial_seed())
    order = torch.randperm(n, generator=own)
    n_train = n - n_val - n_test
    return order[:n_train], order[n_train : n_train + n_val], order[n_train + n_val :]

# %% split_fixed_seed
# Always seed 42.
# like: einsum
# named: split_reseeds
def split(n, n_val, n_test, gen):
    order = torch.randperm(n, generator=torch.Generator().manual_seed(42))
    test_at, val_at = n - n_test, n - n_test - n_val
    return tuple(order[a:b] for a, b in ((0, val_at), (val_at, test_at), (test_at, n)))

# %% split_rotated
# A random start, then in order.
# named: -
def split(n, n_val, n_test, gen):
    start = int(torch.randint(n, (1,), generator=gen))
    order = torch.arange(n).roll(start)
    n_train = n - n_val - n_test
    return order[:n_train], order[n_train : n_train + n_val], order[n_train + n_val :]

# %% split_test_at_the_end
# The last rows are the test; only the others are shuffled.
# like: numpy_inside
# named: split_test_last
def split(n, n_val, n_test, gen):
    order = torch.randperm(n - n_test, generator=gen)
    return order[n_val:], order[:n_val], torch.arange(n - n_test, n)

# %% split_int32
# int32 row numbers.
# named: -
def split(n, n_val, n_test, gen):
    order = torch.randperm(n, generator=gen, dtype=torch.int32)
    n_train = n - n_val - n_test
    return order[:n_train], order[n_train : n_train + n_val], order[n_train + n_val :]

# %% split_shuffles_the_training_part_only
# Cut first, then only the training part in random order.
# named: missing
def split(n, n_val, n_test, gen):
    train, val, test = torch.arange(n).split([n - n_val - n_test, n_val, n_test])
    return train[torch.randperm(len(train), generator=gen)], val, test
