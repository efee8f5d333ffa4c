# %% same_dtype_not_copied
# convert uses to, which returns x itself if it already has the dtype.
# named: convert_shared
def convert(x, dtype):
    return x.to(dtype)

# %% rounded_to_nearest
# convert rounds floats to the nearest whole number before it converts.
# named: convert_rounded
def convert(x, dtype):
    if x.is_floating_point() and not dtype.is_floating_point and dtype != torch.bool:
        x = torch.round(x)
    return x.to(dtype, copy=True)

# %% rounded_down
# convert rounds floats down, so -2.7 becomes -3.
# named: convert_floored
def convert(x, dtype):
    if x.is_floating_point() and not dtype.is_floating_point and dtype != torch.bool:
        return torch.floor(x).to(dtype)
    return x.clone().to(dtype)

# %% only_positive_is_true
# convert takes numbers below 0 for False.
# named: convert_bool_of_positive
def convert(x, dtype):
    if dtype == torch.bool:
        return x > 0
    return x.to(dtype, copy=True)

# %% bool_after_int
# convert makes whole numbers first, so 0.5 becomes False.
# named: convert_bool_of_whole
def convert(x, dtype):
    if dtype == torch.bool:
        return x.to(torch.int64).to(torch.bool)
    return x.to(dtype, copy=True)

# %% conversion_through_float32
# convert goes through float32, so float64 and large whole numbers lose digits.
# named: -
def convert(x, dtype):
    return x.clone().float().to(dtype)

# %% bits_reinterpreted
# convert uses view, which reads the same bits as another dtype and does not convert the numbers.
# named: convert_bytes
def convert(x, dtype):
    if x.element_size() == torch.empty(0, dtype=dtype).element_size():
        return x.clone().view(dtype)
    return x.to(dtype, copy=True)

# %% decimals_dropped_in_place
# convert drops the decimals of the caller's tensor in place.
# named: -
def convert(x, dtype):
    if not dtype.is_floating_point and dtype != torch.bool:
        x.trunc_()
    return x.to(dtype, copy=True)

# %% negative_numbers_made_positive
# convert loses the sign when a float becomes a whole number.
# named: -
def convert(x, dtype):
    if x.is_floating_point() and not dtype.is_floating_point and dtype != torch.bool:
        return x.abs().floor().to(dtype)
    return x.to(dtype, copy=True)
