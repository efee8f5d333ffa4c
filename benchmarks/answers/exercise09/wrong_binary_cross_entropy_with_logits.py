# %% logits_loss_through_p
# binary_cross_entropy_with_logits goes through the probability and the bounded loss: large logits cost what a rounded p costs, at most 100.
# named: logits_through_the_sigmoid
def binary_cross_entropy_with_logits(z, y):
    return binary_cross_entropy(torch.sigmoid(z), y)

# %% logits_loss_overflows
# binary_cross_entropy_with_logits uses log(1 + exp(-z)) for both signs of z, inf for z below about -710 (-88 in float32).
# named: logits_overflow_below
def binary_cross_entropy_with_logits(z, y):
    return ((1 - y) * z + torch.log(1 + torch.exp(-z))).mean()

# %% logits_loss_two_sigmoids
# binary_cross_entropy_with_logits applies the sigmoid twice: it treats sigmoid(z) as if it were the logit.
# named: logits_sigmoid_twice
def binary_cross_entropy_with_logits(z, y):
    z = torch.sigmoid(z)
    losses = torch.relu(z) - z * y + torch.log1p(torch.exp(-z.abs()))
    return losses.mean()

# %% logits_loss_product_sign
# binary_cross_entropy_with_logits adds z * y where it must be subtracted.
# named: logits_sign_of_the_label, logits_sign_of_the_product
def binary_cross_entropy_with_logits(z, y):
    return (z.clamp(min=0) + z * y + torch.log1p(torch.exp(-z.abs()))).mean()

# %% logits_loss_without_max
# binary_cross_entropy_with_logits lacks the term max(z, 0), so that it is wrong by z for positive logits.
# named: logits_without_max
def binary_cross_entropy_with_logits(z, y):
    return (torch.log1p(torch.exp(-torch.abs(z))) - z * y).mean()

# %% logits_loss_plus_minus_one
# binary_cross_entropy_with_logits uses the formula for labels -1 and 1 with 2 y - 1, which is wrong for labels in between.
# named: logits_hard_labels
def binary_cross_entropy_with_logits(z, y):
    margin = (2 * y - 1) * z
    return (torch.relu(-margin) + torch.log1p(torch.exp(-margin.abs()))).mean()

# %% logits_loss_clipped
# binary_cross_entropy_with_logits clips the logits to -30 ... 30 against the overflow, so larger ones cost too little.
# named: logits_clamped_early, logits_clamped, logits_clamped_later
def binary_cross_entropy_with_logits(z, y):
    s = torch.clamp(z, -30, 30)
    return (torch.log(1 + torch.exp(s)) - s * y).mean()

# %% logits_loss_summed
# binary_cross_entropy_with_logits is the sum over the samples and not the mean.
# named: logits_sum
def binary_cross_entropy_with_logits(z, y):
    total = z.new_zeros(())
    for a, t in zip(z, y):
        total = total + a.clamp(min=0) - a * t + torch.log1p(torch.exp(-a.abs()))
    return total

# %% logits_loss_marks_z
# binary_cross_entropy_with_logits turns requires_grad on for the caller's z, so z is marked afterwards and the loss has a history.
# named: -
def binary_cross_entropy_with_logits(z, y):
    z.requires_grad_(True)
    return (torch.relu(z) - z * y + torch.log1p(torch.exp(-z.abs()))).mean()
