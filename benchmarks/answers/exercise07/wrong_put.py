# %% put_into_a_clone
# put writes into a clone and returns that, so x stays as it was.
# named: put_into_a_copy, put_into_a_name
def put(x, i, j, v):
    out = x.clone()
    out[i, j] = v
    return out

# %% put_returns_the_entry
# put returns the entry that was written, not x.
# named: put_returns_the_entry, put_returns_a_view
def put(x, i, j, v):
    x[i, j] = v
    return x[i, j]

# %% put_forgets_return
# put returns nothing.
# named: put_returns_nothing
def put(x, i, j, v):
    x[i, j] = v

# %% put_through_reshape
# put writes through reshape(-1), which is a copy where x has gaps: then the number is lost.
# named: put_by_flattening
def put(x, i, j, v):
    x.reshape(-1)[i * x.shape[1] + j] = v
    return x

# %% put_through_view
# put writes through view(-1), which raises where x has gaps.
# named: -
def put(x, i, j, v):
    x.view(-1)[i * x.size(1) + j] = v
    return x

# %% put_slice_too_long
# put writes into slices that are one too long, so the neighbours to the right and below are overwritten too.
# named: -
def put(x, i, j, v):
    x[i:i + 2, j:j + 2] = v
    return x

# %% put_row_and_column_swapped
# put takes i for the column and j for the row.
# named: put_swapped
def put(x, i, j, v):
    x[j][i] = v
    return x

# %% put_adds
# put adds v to the entry, where it should replace it.
# named: put_adds
def put(x, i, j, v):
    x[i, j] += v
    return x

# %% put_returns_a_view
# put writes into x, but returns a view of x instead of x itself.
# named: put_returns_a_view
def put(x, i, j, v):
    x[i, j] = v
    return x[:]

# %% put_rounds
# put turns v into an int first, so that 2.5 becomes 2.
# named: -
def put(x, i, j, v):
    x[i][j].fill_(int(v))
    return x

# %% put_as_strided_without_offset
# put computes the place from the strides but forgets the storage offset, so for a part that starts later it writes elsewhere in the memory.
# named: -
def put(x, i, j, v):
    place = i * x.stride(0) + j * x.stride(1)
    x.as_strided((), (), place).fill_(v)
    return x
