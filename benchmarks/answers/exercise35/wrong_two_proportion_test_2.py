# %% test_p_zero_where_zero
# p = 0 there.
# named: zero_p
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 0.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_ints_where_zero
# int 0 and 1 there.
# named: -
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0, 1
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_zero_if_one_group_is
# z = 0 as soon as one group has none or all.
# named: zero_for_any_zero, zero_for_any_extreme, zero_by_unpooled
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if 0 < a < 1 and 0 < b < 1:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_interval_zero_where_pooled_zero
# Interval 0, 0 if either proportion is 0 or 1.
# named: zero_for_any_zero_interval, zero_for_any_extreme_interval
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    if a in (0, 1) or b in (0, 1):
        return z, p, 0.0, 0.0
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_epsilon
# A small number in the standard error.
# named: z_with_epsilon
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z = (b - a) / (s0 + 1e-8)
    p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_float32
# float32 tensors.
# named: missing
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        t = torch.tensor(b - a) / torch.tensor(s0)
        z, p = t.item(), torch.erfc(t.abs() / math.sqrt(2)).item()
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_tensors
# 0-d tensors.
# named: -
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    values = (z, p, b - a - 1.96 * s1, b - a + 1.96 * s1)
    return tuple(torch.tensor(v, dtype=torch.float64) for v in values)

# %% test_one_tensor
# One tensor of four.
# named: -
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return torch.tensor([z, p, b - a - 1.96 * s1, b - a + 1.96 * s1], dtype=torch.float64)

# %% test_variance_of_total
# q(1-q)/(n_a+n_b).
# named: z_of_all_trials
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) / (n_a + n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_root_forgotten
# Variance in the place of the standard error.
# named: z_variance
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = q * (1 - q) * (1 / n_a + 1 / n_b)
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_absolute_z
# |z| returned.
# named: z_absolute
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = abs(b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_continuity
# Yates's correction.
# named: z_continuity
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        d = max(abs(b - a) - (1 / n_a + 1 / n_b) / 2, 0.0)
        z = math.copysign(d, b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_equal_groups
# 2/n_a, as if the groups were equal.
# named: z_twice_a
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * 2 / n_a)
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_q_of_a
# q from A alone.
# named: z_proportion_of_a
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = k_a / n_a
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_confidence
# 1 - p.
# named: p_of_middle
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erf(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_density
# The density at z.
# named: p_density
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_z_squared
# The chi-square.
# named: z_squared
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z * z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_agresti
# One success and one failure added to each group for the interval.
# named: -
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    a1, b1 = (k_a + 1) / (n_a + 2), (k_b + 1) / (n_b + 2)
    s1 = math.sqrt(a1 * (1 - a1) / (n_a + 2) + b1 * (1 - b1) / (n_b + 2))
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_interval_of_spread
# Standard deviations, not standard errors.
# named: interval_of_spread
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) + b * (1 - b))
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_interval_variances_weighted
# Variances over the total.
# named: interval_of_all_trials
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt((a * (1 - a) + b * (1 - b)) / (n_a + n_b))
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_p_kept_above_zero
# p not below 1e-16.
# named: -
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = max(math.erfc(abs(z) / math.sqrt(2)), 1e-16)
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_rounded
# Rounded to four places.
# named: -
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return round(z, 4), round(p, 4), b - a - 1.96 * s1, b - a + 1.96 * s1
