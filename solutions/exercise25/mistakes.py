"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- autoencoder_loss

loss_sum = edit("autoencoder_loss", {"mean()": "sum()"}).says(
    "this is the sum of the squares; the mean over all N·D entries is asked for"
)
loss_sum_per_sample = edit("autoencoder_loss", {"mean()": "sum() / len(x)"}).says(
    "the squares of a sample are added, and the mean is over the N samples only; it is over all N·D entries"
)
loss_sum_per_input = edit("autoencoder_loss", {"mean()": "sum() / x.shape[1]"}).says(
    "the sum of the squares is divided by D; it is a mean over all N·D entries"
)
loss_half = edit("autoencoder_loss", {"mean()": "mean() / 2"}).says("this is half of the mean: there is no factor ½")
loss_half_sum = edit("autoencoder_loss", {"mean()": "sum() / 2"}).says(
    "this is half of the sum of the squares; the mean over all N·D entries is asked for, without a factor ½"
)
loss_half_of_sums = edit("autoencoder_loss", {"mean()": "sum() / len(x) / 2"}).says(
    "the squares of a sample are added and halved, and the mean is over the N samples only; it is over all N·D "
    "entries, without a factor ½"
)
loss_root = edit("autoencoder_loss", {"mean()": "mean().sqrt()"}).says(
    "this is the root of the mean square; the mean square itself is asked for"
)
loss_absolute = edit("autoencoder_loss", {"((reconstruction - x) ** 2)": "(reconstruction - x).abs()"}).says(
    "this is the mean of the absolute differences: they are to be squared"
)
loss_square_of_mean = edit(
    "autoencoder_loss", {"((reconstruction - x) ** 2).mean()": "(reconstruction - x).mean() ** 2"}
).says("the mean is taken before the square, so that differences of opposite sign cancel")
loss_norms = edit("autoencoder_loss", {"((reconstruction - x) ** 2)": "(reconstruction - x).norm(dim=1)"}).says(
    "this is the mean over the samples of the distance ‖x̂ − x‖; the mean of all squares is asked for"
)
loss_tanh = edit("autoencoder_loss", {"f(x @": "torch.tanh(x @"}).says(
    "the hidden layer uses tanh whatever f is; it uses the f that is handed in"
)
loss_without_f = edit("autoencoder_loss", {"f(x @ W1.T + b1)": "x @ W1.T + b1"}).says(
    "f has no effect: the hidden layer is f(xW1ᵀ + b1)"
)
loss_f_twice = edit("autoencoder_loss", {"code @ W2.T + b2": "f(code @ W2.T + b2)"}).says(
    "f is applied to the output as well; x̂ is linear in the hidden layer"
)
loss_f_on_output_only = edit(
    "autoencoder_loss", {"f(x @ W1.T + b1)": "x @ W1.T + b1", "code @ W2.T + b2": "f(code @ W2.T + b2)"}
).says("f is applied to the output and not to the hidden layer; it belongs to the hidden layer only")
loss_bias_after_f = edit("autoencoder_loss", {"f(x @ W1.T + b1)": "f(x @ W1.T) + b1"}).says(
    "b1 is added after f; it is part of what f is applied to"
)
loss_without_b1 = edit("autoencoder_loss", {" + b1": ""}).says("b1 is left out")
loss_without_b2 = edit("autoencoder_loss", {" + b2": ""}).says("b2 is left out")
loss_without_biases = edit("autoencoder_loss", {" + b1": "", " + b2": ""}).says("both biases are left out")
loss_tied = edit("autoencoder_loss", {"W2.T": "W1"}).says(
    "the decoder uses W1 transposed, as with tied weights; it has weights of its own, W2"
)
loss_target_detached = edit("autoencoder_loss", {"- x)": "- x.detach())"}).says(
    "the gradient with respect to x has only the part through x̂; x also stands behind the minus sign"
)
loss_input_detached = edit("autoencoder_loss", {"f(x @": "f(x.detach() @"}).says(
    "the gradient with respect to x lacks the part through x̂: x goes into the network, too"
)
loss_x_detached = edit("autoencoder_loss", {"f(x @": "f(x.detach() @", "- x)": "- x.detach())"}).says(
    "x has no gradient: it counts both in x̂ and behind the minus sign"
)
loss_encoder_detached = edit("autoencoder_loss", {"f(x @ W1.T + b1)": "f(x @ W1.T + b1).detach()"}).says(
    "W1 and b1 have no gradient: autograd does not go back past the hidden layer"
)
loss_detached = edit("autoencoder_loss", {"mean()": "mean().detach()"}).says(
    "the loss is cut off from its graph: autograd can't go through it"
)

# --- soft_threshold

soft_hard = edit("soft_threshold", "return z * (z.abs() > t)").says(
    "entries beyond t stay as they are: that is the hard threshold. They, too, move towards 0 by t"
)
soft_positive_only = edit("soft_threshold", "return (z - t).clamp(min=0)").says(
    "negative entries become 0: those below −t move up by t, and stay negative"
)
soft_magnitude = edit("soft_threshold", {"z.sign() * ": ""}).says(
    "the sign is lost: below −t the result is to be negative"
)
soft_unclamped = edit("soft_threshold", {".clamp(min=0)": ""}).says(
    "entries nearer to 0 than t get past 0, to the other sign; they are to stop at 0"
)
soft_clipped = edit("soft_threshold", "return z.clamp(-t, t)").says(
    "this is z cut off at ±t: it is what is taken away, and what is left is asked for"
)
soft_one_side = edit("soft_threshold", "return (z - t) * (z.abs() > t)").says(
    "t is subtracted from negative entries, too, which moves them away from 0; they move up by t"
)
soft_inside_kept = edit("soft_threshold", "return torch.where(z.abs() > t, z - t * z.sign(), z)").says(
    "entries between −t and t stay as they are; they become 0"
)
soft_two_cases = edit("soft_threshold", "return torch.where(z > t, z - t, z + t)").says(
    "t is added to everything that is not above t; there are three cases, and between −t and t the result is 0"
)
soft_subtracted = edit("soft_threshold", "return z - t").says(
    "t is subtracted from every entry; those below −t move up by t, and between −t and t the result is 0"
)
soft_grown = edit("soft_threshold", {"- t)": "+ t)"}).says("entries move away from 0 by t; they move towards it")
soft_grown_beyond = edit("soft_threshold", "return (z + t * z.sign()) * (z.abs() > t)").says(
    "entries beyond t move away from 0 by t; they move towards it"
)
soft_negative_kept = edit("soft_threshold", "return torch.where(z > t, z - t, z * (z < -t))").says(
    "entries below −t stay as they are; they move up by t"
)
soft_compared_twice = edit(
    "soft_threshold", "y = z.sign() * (z.abs() - t).clamp(min=0)\nreturn y * (y.abs() > t)"
).says("what has already moved is compared with t again: entries up to 2t away from 0 become 0")
soft_signs = edit("soft_threshold", "return z.sign() * (z.abs() > t)").says(
    "beyond t this is ±1; it is z moved towards 0 by t"
)
soft_scaled = edit("soft_threshold", "return z / (1 + t)").says(
    "all entries shrink by the same factor, 1/(1 + t), which is the step for ½·t·z²; here t is subtracted from |z|"
)
soft_half = edit("soft_threshold", {"- t)": "- t / 2)"}).says("entries move towards 0 by t/2 only; they move by t")
soft_doubled = edit("soft_threshold", {"- t)": "- 2 * t)"}).says("entries move towards 0 by 2t; they move by t")
soft_nan_at_zero = edit("soft_threshold", {"z.sign()": "z / z.abs()"}).says("z = 0 gives NaN, as 0/0 does; it stays 0")
soft_ratio = edit("soft_threshold", "return z * (1 - t / z.abs()).clamp(min=0)").says(
    "z = 0 gives NaN if t is 0, too, as 0/0 does; it stays 0"
)
soft_changes_z = edit("soft_threshold", {"return z.sign()": "return z.copy_(z.sign()", "min=0)": "min=0))"}).says(
    "z itself is changed; it is to stay as it is, and the result is a new tensor"
)

# --- ista_step

ista_threshold_without_lr = edit("ista_step", {"lr * lam": "lam"}).says(
    "the threshold is lam; it is lr·lam, for both terms take a step of the same length"
)
ista_threshold_without_lam = edit("ista_step", {"lr * lam": "lr"}).says("the threshold is lr; it is lr·lam")
ista_threshold_divided = edit("ista_step", {"lr * lam": "lam / lr"}).says("the threshold is lam/lr; it is lr·lam")
ista_threshold_doubled = edit("ista_step", {"lr * lam": "2 * lr * lam"}).says("the threshold is 2·lr·lam; it is lr·lam")
ista_threshold_halved = edit("ista_step", {"lr * lam": "lr * lam / 2"}).says(
    "the threshold is lr·lam/2; it is lr·lam: the factor ½ is before the square only"
)
ista_without_threshold = edit("ista_step", "return z - lr * (z @ A - x) @ A.T").says(
    "there is no threshold: this is the step on ½‖x − zA‖² alone"
)
ista_subgradient = edit("ista_step", "return z - lr * ((z @ A - x) @ A.T + lam * z.sign())").says(
    "this is a step against a gradient in which lam·‖z‖₁ counts as lam·sign(z): no entry becomes exactly 0. ISTA "
    "treats this term with the threshold"
)
ista_lam_twice = edit("ista_step", {"@ A.T": "@ A.T + lam * z.sign()"}).says(
    "lam·‖z‖₁ counts twice: as lam·sign(z) in the gradient, and in the threshold; it belongs to the threshold only"
)
ista_uphill = edit("ista_step", {"z - lr": "z + lr"}).says(
    "the step goes up the gradient of ½‖x − zA‖²: lr·gradient is subtracted"
)
ista_without_lr = edit("ista_step", {"lr * gradient": "gradient"}).says(
    "the gradient is subtracted without lr in front of it"
)
ista_doubled = edit("ista_step", {"lr * gradient": "2 * lr * gradient"}).says(
    "the gradient is twice what it should be: that of ½‖x − zA‖² has no factor 2"
)
ista_halved = edit("ista_step", {"lr * gradient": "lr / 2 * gradient"}).says(
    "the gradient is half of what it should be: the ½ goes away with the 2 from the square"
)
ista_mean_over_samples = edit("ista_step", {"@ A.T": "@ A.T / len(x)"}).says(
    "the gradient is divided by N: every sample has a code and a step of its own, and no mean is taken"
)
ista_mean_over_inputs = edit("ista_step", {"@ A.T": "@ A.T / x.shape[1]"}).says(
    "the gradient is divided by D: ‖x − zA‖² is a sum, not a mean"
)
ista_mean_over_entries = edit("ista_step", {"@ A.T": "@ A.T / x.numel()"}).says(
    "the gradient is divided by N·D: ‖x − zA‖² is a sum, not a mean"
)
ista_threshold_aside = edit("ista_step", "return soft_threshold(z, lr * lam) - lr * (z @ A - x) @ A.T").says(
    "the threshold is applied to the old z, and the gradient's step comes after it; the step comes first"
)
ista_threshold_first = edit(
    "ista_step",
    {
        "gradient =": "z = soft_threshold(z, lr * lam)\ngradient =",
        "soft_threshold(z - lr * gradient, lr * lam)": "z - lr * gradient",
    },
).says("the threshold comes first, and the gradient's step starts from its result; the order is the other way round")
ista_threshold_of_gradient = edit("ista_step", "return z - lr * soft_threshold((z @ A - x) @ A.T, lam)").says(
    "the threshold is applied to the gradient; it is applied to z after the step"
)
ista_forgets_z = edit("ista_step", {"z - lr": "-lr"}).says(
    "the old z is missing in the step: it is z − lr·gradient that gets the threshold"
)
ista_without_x = edit("ista_step", {"z @ A - x": "z @ A"}).says(
    "x has no effect: the gradient is that of ½‖zA‖²; the error is zA − x"
)
ista_hard = edit("ista_step", "y = z - lr * (z @ A - x) @ A.T\nreturn y * (y.abs() > lr * lam)").says(
    "entries beyond the threshold stay as they are: that is the hard threshold. They, too, move towards 0 by lr·lam"
)
ista_inside_kept = edit(
    "ista_step", "y = z - lr * (z @ A - x) @ A.T\nreturn torch.where(y.abs() > lr * lam, y - lr * lam * y.sign(), y)"
).says("entries within the threshold stay as they are; they become 0")
ista_unclamped = edit("ista_step", "y = z - lr * (z @ A - x) @ A.T\nreturn y - lr * lam * y.sign()").says(
    "entries within the threshold get past 0, to the other sign; they become 0"
)
ista_not_negative = edit("ista_step", "return (z - lr * (z @ A - x) @ A.T - lr * lam).clamp(min=0)").says(
    "no entry is negative, as in a code that must not be; here both signs are allowed"
)
ista_scaled = edit("ista_step", "return (z - lr * (z @ A - x) @ A.T) / (1 + lr * lam)").says(
    "all entries shrink by the same factor, which is the step for ½·lam·‖z‖²; with ‖z‖₁ it is the soft threshold"
)
ista_changes_z = edit(
    "ista_step", {"return soft_threshold(z - lr * gradient": "z -= lr * gradient\nreturn soft_threshold(z"}
).says("z itself is changed; it is to stay as it is, and the result is a new tensor")

# --- rbm_cd1

rbm_descent = edit(
    "rbm_cd1", {"p.T @ v - p1.T @ v1": "p1.T @ v1 - p.T @ v", "v - v1)": "v1 - v)", "p - p1)": "p1 - p)"}
).says("the sign is the other way round, which is descent; ascent is data minus reconstruction")
rbm_weights_sum = edit("rbm_cd1", {" / len(v)": ""}).says("dW is a sum over the N samples; the mean is asked for")
rbm_biases_sum = edit("rbm_cd1", {"v1).mean": "v1).sum", "p1).mean": "p1).sum"}).says(
    "db and dc are sums over the N samples; the means are asked for"
)
rbm_divided_by_inputs = edit("rbm_cd1", {"/ len(v)": "/ v.shape[1]"}).says(
    "dW is divided by D; it is a mean over the N samples"
)
rbm_hidden_means = edit("rbm_cd1", {"(uh < p).to(v.dtype)": "p"}).says(
    "v′ follows from the probabilities p(h|v); it follows from the h that is drawn with them"
)
rbm_visible_means = edit("rbm_cd1", {"(uv < torch.sigmoid(h @ W + b)).to(v.dtype)": "torch.sigmoid(h @ W + b)"}).says(
    "the probabilities p(v|h) take the place of v′; v′ is drawn with them, and is 0 or 1"
)
rbm_all_means = edit(
    "rbm_cd1", {"(uh < p).to(v.dtype)": "p", "(uv < torch.sigmoid(h @ W + b)).to(v.dtype)": "torch.sigmoid(h @ W + b)"}
).says("nothing is drawn: probabilities take the place of both h and v′")
rbm_visible_means_in_dW = edit("rbm_cd1", {"p1.T @ v1": "p1.T @ torch.sigmoid(h @ W + b)"}).says(
    "dW takes the probabilities p(v|h) for v′; it takes the v′ that is drawn"
)
rbm_visible_means_in_db = edit("rbm_cd1", {"v - v1)": "v - torch.sigmoid(h @ W + b))"}).says(
    "db takes the probabilities p(v|h) for v′; it takes the v′ that is drawn"
)
rbm_hidden_drawn_in_dW = edit("rbm_cd1", {"p.T @ v -": "h.T @ v -"}).says(
    "dW takes the drawn h for the data; it takes its probabilities, p(h|v)"
)
rbm_hidden_drawn_in_dc = edit("rbm_cd1", {"p - p1)": "h - p1)"}).says(
    "dc takes the drawn h for the data; it takes its probabilities, p(h|v)"
)
rbm_hidden_drawn_twice = edit(
    "rbm_cd1", {"p.T @ v - p1.T": "h.T @ v - (uh < p1).to(v.dtype).T", "(p - p1)": "(h - (uh < p1).to(v.dtype))"}
).says("the statistics of the data and of v′ take drawn hidden units; they take probabilities, p(h|v) and p(h|v′)")
rbm_model_hidden_drawn = edit(
    "rbm_cd1", {"p1.T @ v1": "(uh < p1).to(v.dtype).T @ v1", "p - p1)": "p - (uh < p1).to(v.dtype))"}
).says("the statistics of v′ take drawn hidden units; they take probabilities, p(h|v′)")
rbm_hidden_rounded = edit("rbm_cd1", {"uh < p)": "p > 0.5)"}).says(
    "h is 1 where p(h|v) is above ½, whatever uh is; it is 1 where uh < p(h|v)"
)
rbm_visible_rounded = edit("rbm_cd1", {"uv < torch.sigmoid(h @ W + b)": "torch.sigmoid(h @ W + b) > 0.5"}).says(
    "v′ is 1 where p(v|h) is above ½, whatever uv is; it is 1 where uv < p(v|h)"
)
rbm_rounded = edit(
    "rbm_cd1", {"uh < p)": "p > 0.5)", "uv < torch.sigmoid(h @ W + b)": "torch.sigmoid(h @ W + b) > 0.5"}
).says("h and v′ are 1 where their probability is above ½, whatever uh and uv are; they are 1 where u < p")
rbm_hidden_reversed = edit("rbm_cd1", {"uh < p)": "uh > p)"}).says(
    "h is 1 where uh > p(h|v), which has the probability 1 − p; it is 1 where uh < p(h|v)"
)
rbm_visible_reversed = edit("rbm_cd1", {"uv <": "uv >"}).says(
    "v′ is 1 where uv > p(v|h), which has the probability 1 − p; it is 1 where uv < p(v|h)"
)
rbm_reversed = edit("rbm_cd1", {"uh < p)": "uh > p)", "uv <": "uv >"}).says(
    "h and v′ are 1 where u > p, which has the probability 1 − p; they are 1 where u < p"
)
rbm_without_b = edit("rbm_cd1", {"h @ W + b": "h @ W"}).says("b is left out of p(v|h)")
rbm_without_c = edit("rbm_cd1", {"v @ W.T + c": "v @ W.T", "v1 @ W.T + c": "v1 @ W.T"}).says("c is left out of p(h|v)")
rbm_without_biases = edit("rbm_cd1", {"v @ W.T + c": "v @ W.T", "v1 @ W.T + c": "v1 @ W.T", "h @ W + b": "h @ W"}).says(
    "both biases are left out of the probabilities"
)
rbm_data_only = edit("rbm_cd1", {" - p1.T @ v1": "", "(v - v1)": "v", "(p - p1)": "p"}).says(
    "only the statistics of the data are there; those of v′ and p(h|v′) are to be subtracted"
)
rbm_old_hidden = edit("rbm_cd1", {"p1.T @ v1": "p.T @ v1"}).says(
    "in dW, v′ is multiplied by p(h|v); it belongs to p(h|v′)"
)
rbm_old_drawn_hidden = edit("rbm_cd1", {"p1.T @ v1": "h.T @ v1"}).says(
    "in dW, v′ is multiplied by h; it belongs to p(h|v′)"
)
rbm_old_visible = edit("rbm_cd1", {"p1.T @ v1": "p1.T @ v"}).says("in dW, p(h|v′) is multiplied by v; it belongs to v′")
rbm_product_of_differences = edit("rbm_cd1", {"p.T @ v - p1.T @ v1": "(p - p1).T @ (v - v1)"}).says(
    "dW is the product of the differences p − p′ and v − v′; it is the difference of two products"
)
rbm_product_of_means = edit(
    "rbm_cd1", {"(p.T @ v - p1.T @ v1) / len(v)": "p.mean(0)[:, None] * v.mean(0) - p1.mean(0)[:, None] * v1.mean(0)"}
).says("dW is made of means that are taken before the product; the product comes first, sample by sample")
rbm_transposed = edit("rbm_cd1", {"return dW": "return dW.T"}).says(
    "dW comes out as [D, H], transposed; it has the shape of W, [H, D]"
)
rbm_exchanged = edit(
    "rbm_cd1",
    {"return dW, (v - v1).mean(dim=0), (p - p1).mean(dim=0)": "return dW, (p - p1).mean(dim=0), (v - v1).mean(dim=0)"},
).says("db and dc are exchanged: db is for the visible units, and dc for the hidden ones")
rbm_overflow = edit(
    "rbm_cd1",
    {
        "p = torch.sigmoid(v @ W.T + c)": "p = torch.exp(v @ W.T + c) / (1 + torch.exp(v @ W.T + c))",
        "torch.sigmoid(h @ W + b)": "torch.exp(h @ W + b) / (1 + torch.exp(h @ W + b))",
        "p1 = torch.sigmoid(v1 @ W.T + c)": "p1 = torch.exp(v1 @ W.T + c) / (1 + torch.exp(v1 @ W.T + c))",
    },
).says("large sums give NaN, as eᶻ/(1 + eᶻ) does where eᶻ overflows; the sigmoid is finite everywhere")
