# %% quotient_truncated
# divide cuts the decimals off, so -7/2 gives -3 in place of -4.
# named: divide_truncated
def divide(a, b):
    return a / b, torch.div(a, b, rounding_mode="trunc")

# %% floor_of_the_float32_quotient
# divide rounds the float32 quotient down, which is not exact for large numbers.
# named: divide_floor_of_float
def divide(a, b):
    q = a / b
    return q, torch.floor(q).long()

# %% floor_of_the_float64_quotient
# divide rounds a float64 quotient down, which is not exact beyond 2**53.
# named: divide_floor_of_double
def divide(a, b):
    q = a.double() / b.double()
    return q.float(), q.floor().to(torch.int64)

# %% quotients_swapped
# divide returns the rounded quotient first.
# named: divide_swapped
def divide(a, b):
    return torch.div(a, b, rounding_mode="floor"), a / b

# %% floor_as_float
# divide returns the rounded quotient as float32.
# named: divide_floor_as_float
def divide(a, b):
    return a / b, (a // b).float()

# %% quotient_in_float64
# divide returns a/b as float64.
# named: divide_double
def divide(a, b):
    return a.double() / b, a // b

# %% divided_in_place
# divide writes the rounded quotient into the caller's a.
# named: -
def divide(a, b):
    q = a / b
    a //= b
    return q, a.clone()

# %% quotient_rounded
# divide rounds the quotient to the nearest whole number, not down.
# named: divide_rounded
def divide(a, b):
    twice = 2 * a + b
    return a / b, torch.div(twice, 2 * b, rounding_mode="floor")

# %% quotient_from_the_floor
# divide returns the rounded quotient also in place of a/b.
# named: divide_float_of_floor
def divide(a, b):
    q = a // b
    return q.float(), q

# %% one_less_below_zero
# divide takes 1 off every negative quotient, also where the division has no remainder.
# named: divide_one_too_low
def divide(a, b):
    q = torch.div(a, b, rounding_mode="trunc")
    q = torch.where((a < 0) ^ (b < 0), q - 1, q)
    q = torch.where(a == 0, torch.zeros_like(q), q)
    return a / b, q

# %% remainder_for_quotient
# divide returns the remainder in place of the rounded quotient.
# named: divide_remainder
def divide(a, b):
    return a / b, a % b

# %% sign_of_b_lost
# divide takes b's absolute value for the rounded quotient.
# named: -
def divide(a, b):
    return a / b, a // b.abs()
