# %% test_a_less_b
# z as A - B.
# named: z_sign
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (a - b) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_all_a_less_b
# The difference A - B everywhere.
# named: z_sign, interval_of_a_minus_b
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (a - b) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, a - b - 1.96 * s1, a - b + 1.96 * s1

# %% test_unpooled_z
# z by the unpooled standard error.
# named: z_unpooled
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s1
        p = math.erfc(abs(z) / math.sqrt(2))
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_mean_of_proportions
# q as the mean of a and b.
# named: z_mean_of_proportions
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (a + b) / 2
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_one_sided
# One tail only.
# named: p_one_sided
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2)) / 2
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_one_minus_cdf
# 2 (1 - Phi), which rounds to 0.
# named: p_cancelled
from statistics import NormalDist


def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = 2 * (1 - NormalDist().cdf(abs(z)))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_ndtr
# 2 ndtr(-|z|) by torch.
# named: p_cancelled
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = 2 * torch.special.ndtr(torch.tensor(-abs(z), dtype=torch.float64)).item()
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_normal_cdf_below
# Normal.cdf at -|z|.
# named: p_cancelled
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        cdf = torch.distributions.Normal(torch.tensor(0.0, dtype=torch.float64), 1.0).cdf
        p = 2 * cdf(torch.tensor(-abs(z), dtype=torch.float64)).item()
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_sign_left_in_p
# p from z without its absolute value.
# named: p_without_absolute
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(z / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_root_two_forgotten
# erfc of |z|.
# named: p_without_root
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_interval_pooled
# The pooled standard error in the interval.
# named: interval_pooled
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    return z, p, b - a - 1.96 * s0, b - a + 1.96 * s0

# %% test_interval_90
# 1.645.
# named: interval_of_90
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.645 * s1, b - a + 1.645 * s1

# %% test_interval_two
# 2 in the place of 1.96.
# named: interval_two
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 2 * s1, b - a + 2 * s1

# %% test_interval_one_error
# One standard error.
# named: interval_narrow
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - s1, b - a + s1

# %% test_interval_clamped
# Ends kept within -1 and 1.
# named: interval_clipped
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, max(b - a - 1.96 * s1, -1.0), min(b - a + 1.96 * s1, 1.0)

# %% test_interval_of_a_less_b
# The interval of A - B.
# named: interval_of_a_minus_b
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, a - b - 1.96 * s1, a - b + 1.96 * s1

# %% test_interval_high_first
# high before low.
# named: interval_upside_down
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a + 1.96 * s1, b - a - 1.96 * s1

# %% test_interval_errors_added
# Standard errors added, not variances.
# named: interval_added_errors
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a) + math.sqrt(b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_interval_around_zero
# Around 0.
# named: interval_around_zero
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, -1.96 * s1, 1.96 * s1

# %% test_interval_sample_variance
# Variances by n - 1.
# named: interval_bessel
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / max(n_a - 1, 1) + b * (1 - b) / max(n_b - 1, 1))
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_no_case_for_zero
# Divides by 0 where nobody succeeds.
# named: -
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z = (b - a) / s0
    p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% test_nan_where_zero
# nan where nobody succeeds.
# named: -
def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = float("nan"), float("nan")
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(abs(z) / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1
