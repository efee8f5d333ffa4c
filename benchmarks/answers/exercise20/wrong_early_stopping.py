# %% stopping_without_min_delta
# min_delta is not used.
# named: stopping_without_delta
def early_stopping(val, patience, min_delta):
    best, lowest, waited = 0, float("inf"), 0
    for epoch, loss in enumerate(val):
        if loss < lowest:
            best, lowest, waited = epoch, loss, 0
        else:
            waited += 1
            if waited == patience:
                return best, epoch
    return best, len(val) - 1

# %% stopping_at_most
# A difference of exactly min_delta counts.
# like: classes
# named: stopping_equal
class Stopper:
    def is_better(self, loss):
        if loss != loss:
            return False
        return self.loss is None or loss <= self.loss - self.min_delta

# %% stopping_lowest_of_all
# The lowest of all losses, also of those after the stop.
# named: stopping_lowest_of_all
def early_stopping(val, patience, min_delta):
    lowest, waited, stop = float("inf"), 0, len(val) - 1
    for epoch, loss in enumerate(val):
        if loss < lowest - min_delta:
            lowest, waited = loss, 0
        else:
            waited += 1
            if waited == patience:
                stop = epoch
                break
    numbers = [e for e in range(len(val)) if val[e] == val[e]]
    return min(numbers, key=lambda e: val[e], default=0), stop

# %% stopping_lowest_so_far
# The lowest loss up to the stop, min_delta or not.
# like: numpy_inside
# named: stopping_lowest_so_far
def early_stopping(val, patience, min_delta):
    lowest, waited, stop = float("inf"), 0, len(val) - 1
    for epoch, loss in enumerate(val):
        waited += 1
        if loss < lowest - min_delta:
            lowest, waited = loss, 0
        if waited == patience:
            stop = epoch
            break
    numbers = [e for e in range(stop + 1) if val[e] == val[e]]
    return min(numbers, key=lambda e: val[e], default=0), stop

# %% stopping_one_later
# Stops when more than patience epochs were not better.
# named: stopping_late
def early_stopping(val, patience, min_delta):
    best, lowest, waited = 0, float("inf"), 0
    for epoch, loss in enumerate(val):
        if loss < lowest - min_delta:
            best, lowest, waited = epoch, loss, 0
        else:
            waited += 1
            if waited > patience:
                return best, epoch
    return best, len(val) - 1

# %% stopping_before_the_last
# The epoch before: patience is tested before the epoch is counted.
# like: loops
# named: stopping_one_before
def early_stopping(val, patience, min_delta):
    best, lowest, waited = 0, float("inf"), 0
    for epoch, loss in enumerate(val):
        if loss < lowest - min_delta:
            best, lowest, waited = epoch, loss, 0
        else:
            waited += 1
        if waited == patience:
            return best, epoch - 1
    return best, len(val) - 1

# %% stopping_against_the_last_epoch
# Compared with the epoch before, not with the best.
# named: stopping_by_the_last
def early_stopping(val, patience, min_delta):
    best, before, waited = 0, float("inf"), 0
    for epoch, loss in enumerate(val):
        if loss < before - min_delta:
            best, waited = epoch, 0
        else:
            waited += 1
            if waited == patience:
                return best, epoch
        before = loss
    return best, len(val) - 1

# %% stopping_not_in_a_row
# The count is not set back.
# like: einsum
# named: stopping_total
def early_stopping(val, patience, min_delta):
    best, lowest, bad = 0, float("inf"), 0
    for epoch, loss in enumerate(val):
        if loss < lowest - min_delta:
            best, lowest = epoch, loss
        else:
            bad += 1
        if bad == patience:
            return best, epoch
    return best, len(val) - 1

# %% stopping_begins_with_the_first
# Begins with val[0], which may be nan: nothing is better after that.
# like: in_place_on_copies
# named: stopping_first_is_best, stopping_first_is_best_and_counted
def early_stopping(val, patience, min_delta):
    best, lowest, waited = 0, val[0], 0
    if val[0] != val[0] and patience == 1:
        return 0, 0
    waited = int(val[0] != val[0])
    for epoch in range(1, len(val)):
        if val[epoch] < lowest - min_delta:
            best, lowest, waited = epoch, val[epoch], 0
        else:
            waited += 1
            if waited == patience:
                return best, epoch
    return best, len(val) - 1

# %% stopping_nan_is_better
# nan falls into the branch of the better ones.
# named: stopping_nan_is_better
def early_stopping(val, patience, min_delta):
    best, lowest, waited = 0, float("inf"), 0
    for epoch, loss in enumerate(val):
        if loss >= lowest - min_delta:
            waited += 1
            if waited == patience:
                return best, epoch
        else:
            best, lowest, waited = epoch, loss, 0
    return best, len(val) - 1

# %% stopping_nan_not_counted
# A nan is skipped.
# like: index_of_the_kept
# named: stopping_nan_skipped
def early_stopping(val, patience, min_delta):
    best, lowest, waited = 0, float("inf"), 0
    for epoch, loss in enumerate(val):
        if loss != loss:
            continue
        if loss < lowest - min_delta:
            best, lowest, waited = epoch, loss, 0
        else:
            waited += 1
            if waited == patience:
                return best, epoch
    return best, len(val) - 1

# %% stopping_at_nan
# nan ends training at once.
# named: stopping_at_nan
def early_stopping(val, patience, min_delta):
    best, lowest, waited = 0, float("inf"), 0
    for epoch, loss in enumerate(val):
        if loss != loss:
            return best, epoch
        if loss < lowest - min_delta:
            best, lowest, waited = epoch, loss, 0
        else:
            waited += 1
            if waited == patience:
                return best, epoch
    return best, len(val) - 1

# %% stopping_number_of_epochs
# Without a stop the number of epochs, not the last epoch.
# named: stopping_past_the_end, stopping_number_at_the_end
def early_stopping(val, patience, min_delta):
    best, lowest, waited = 0, float("inf"), 0
    for epoch, loss in enumerate(val):
        if loss < lowest - min_delta:
            best, lowest, waited = epoch, loss, 0
        else:
            waited += 1
            if waited == patience:
                return best, epoch
    return best, len(val)

# %% stopping_loss_for_epoch
# The best loss in place of its epoch.
# like: own_autograd
# named: -
def early_stopping(val, patience, min_delta):
    lowest, waited = float("inf"), 0
    for epoch, loss in enumerate(val):
        if loss < lowest - min_delta:
            lowest, waited = loss, 0
        else:
            waited += 1
            if waited == patience:
                return lowest, epoch
    return lowest, len(val) - 1

# %% stopping_from_one
# Epochs count from 1.
# like: norms
# named: stopping_from_one
def early_stopping(val, patience, min_delta):
    best, lowest, waited = 0, float("inf"), 0
    for epoch, loss in enumerate(val, start=1):
        if loss < lowest - min_delta:
            best, lowest, waited = epoch, loss, 0
        else:
            waited += 1
            if waited == patience:
                return best, epoch
    return best, len(val)

# %% stopping_reference_always_lowest
# The loss to beat is the lowest so far, also that of an epoch that is not better.
# named: stopping_lowest_moves
def early_stopping(val, patience, min_delta):
    best, lowest, waited = 0, float("inf"), 0
    for epoch, loss in enumerate(val):
        if loss < lowest - min_delta:
            best, waited = epoch, 0
        else:
            waited += 1
            if waited == patience:
                return best, epoch
        if loss < lowest:
            lowest = loss
    return best, len(val) - 1

# %% stopping_plus_min_delta
# min_delta is added: a slightly larger loss is better.
# like: classes
# named: stopping_plus_delta
class Stopper:
    def is_better(self, loss):
        if loss != loss:
            return False
        return self.loss is None or loss < self.loss + self.min_delta

# %% stopping_relative
# min_delta as a share of the loss.
# named: stopping_relative
def early_stopping(val, patience, min_delta):
    best, lowest, waited = 0, float("inf"), 0
    for epoch, loss in enumerate(val):
        if loss < lowest * (1 - min_delta) or lowest == float("inf") and loss < lowest:
            best, lowest, waited = epoch, loss, 0
        else:
            waited += 1
            if waited == patience:
                return best, epoch
    return best, len(val) - 1

# %% stopping_pair_swapped
# stop before best.
# named: stopping_swapped
def early_stopping(val, patience, min_delta):
    best, lowest, waited = 0, float("inf"), 0
    for epoch, loss in enumerate(val):
        if loss < lowest - min_delta:
            best, lowest, waited = epoch, loss, 0
        else:
            waited += 1
            if waited == patience:
                return epoch, best
    return len(val) - 1, best

# %% stopping_higher_is_better
# As for an accuracy: the largest is the best.
# like: numpy_inside
# named: stopping_highest
def early_stopping(val, patience, min_delta):
    best, highest, waited = 0, float("-inf"), 0
    for epoch, score in enumerate(val):
        if score > highest + min_delta:
            best, highest, waited = epoch, score, 0
        else:
            waited += 1
            if waited == patience:
                return best, epoch
    return best, len(val) - 1

# %% stopping_none_is_minus_one
# -1 where no epoch is better.
# like: bernoulli
# named: -
def early_stopping(val, patience, min_delta):
    best = -1
    for t, v in enumerate(val):
        if (v == v) if best < 0 else v < val[best] - min_delta:
            best = t
        if t - best >= patience:
            break
    return best, t

# %% stopping_goes_on
# Later losses may still become the best.
# named: stopping_lowest_of_all
def early_stopping(val, patience, min_delta):
    best, lowest, waited, stop = 0, float("inf"), 0, None
    for epoch, loss in enumerate(val):
        if loss < lowest - min_delta:
            best, lowest, waited = epoch, loss, 0
        else:
            waited += 1
            if waited == patience and stop is None:
                stop = epoch
    return best, len(val) - 1 if stop is None else stop

# %% stopping_begins_with_1000
# The loss to beat begins with a number in place of inf.
# like: loops
# named: stopping_bounded
def early_stopping(val, patience, min_delta):
    best, lowest, waited = 0, 1e3, 0
    for epoch, loss in enumerate(val):
        if loss < lowest - min_delta:
            best, lowest, waited = epoch, loss, 0
        else:
            waited += 1
            if waited == patience:
                return best, epoch
    return best, len(val) - 1
