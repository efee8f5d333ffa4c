"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- SGD: the step

sgd_stays = edit("SGD.step", {"p -= self.lr * self.v[i]": "p = p - self.lr * self.v[i]"}).says(
    "the tensors that were handed in never move: p = p − …, for example, makes a new one"
)
sgd_recorded = edit("SGD.step", {"torch.no_grad()": "torch.enable_grad()"}).says(
    "autograd refuses to change a leaf in place while it records: the update belongs under torch.no_grad()"
)
sgd_uphill = edit("SGD.step", {"p -=": "p +="}).says("the steps go uphill: lr·v is to be subtracted")
sgd_without_lr = edit("SGD.step", {"self.lr * self.v[i]": "self.v[i]"}).says("the learning rate is missing")
sgd_lr_fixed = edit(
    "SGD", {"self.lr = lr": "self.lr = self.rate = lr", "self.lr * self.v[i]": "self.rate * self.v[i]"}
).says("setting lr has no effect: the steps keep the learning rate with which the optimizer was made")
sgd_first_only = edit("SGD.step", {"p -= self.lr * self.v[i]": "p -= self.lr * self.v[i]\nbreak"}).says(
    "only the first tensor moves; every one is to"
)

# --- SGD: momentum

sgd_without_momentum = edit("SGD.step", {"self.momentum * self.v[i] + g": "g"}).says(
    "momentum has no effect: nothing of the earlier v is in the new one"
)
sgd_dampened = edit("SGD.step", {"self.v[i] + g": "self.v[i] + (1 - self.momentum) * g"}).says(
    "g comes into v with the factor 1 − μ, as in a mean; here it comes in whole"
)
sgd_lr_in_velocity = edit(
    "SGD.step", {"self.v[i] + g": "self.v[i] + self.lr * g", "self.lr * self.v[i]": "self.v[i]"}
).says("lr is within v: steps that are still in v keep the old lr when lr is changed")
sgd_nesterov = edit("SGD.step", {"p -= self.lr * self.v[i]": "p -= self.lr * (g + self.momentum * self.v[i])"}).says(
    "p moves by g + μ·v with the new v, which is Nesterov's momentum; lr·v is asked for"
)
sgd_velocity_of_before = edit(
    "SGD.step",
    {
        "self.v[i] = self.momentum * self.v[i] + g": "p -= self.lr * self.v[i]",
        "\np -= self.lr * self.v[i]": "\nself.v[i] = self.momentum * self.v[i] + g",
    },
).says("p moves by the v of the step before; the new v is asked for")
sgd_momentum_as_rate = edit("SGD.step", {"self.momentum * self.v[i]": "(1 - self.momentum) * self.v[i]"}).says(
    "of the earlier v the share 1 − μ is kept; it is μ"
)
sgd_one_velocity = edit(
    "SGD",
    {
        "[torch.zeros_like(p) for p in self.params]": "[torch.zeros(())]",
        "self.v[i] = self.momentum * self.v[i]": "self.v[0] = self.momentum * self.v[0]",
        "self.lr * self.v[i]": "self.lr * self.v[0]",
    },
).says("there is one v for all tensors; each has its own")

# --- SGD: weight decay

sgd_without_decay = edit("SGD.step", {" + self.weight_decay * p": ""}).says("weight decay has no effect")
sgd_decay_sign = edit("SGD.step", {"+ self.weight_decay": "- self.weight_decay"}).says(
    "weight decay has the wrong sign: it makes the weights larger"
)
sgd_decay_doubled = edit("SGD.step", {"+ self.weight_decay": "+ 2 * self.weight_decay"}).says(
    "weight decay counts twice: wd·p is added, the gradient of wd/2·‖p‖²"
)
sgd_decay_beside_momentum = edit(
    "SGD.step", {" + self.weight_decay * p": "", "self.lr * self.v[i]": "self.lr * (self.v[i] + self.weight_decay * p)"}
).says("weight decay moves p beside v; it belongs into g, from which v is made")
sgd_decay_without_lr = edit(
    "SGD.step", {" + self.weight_decay * p": "", "self.lr * self.v[i]": "self.lr * self.v[i] + self.weight_decay * p"}
).says("weight decay moves p without lr; wd·p belongs into g")
sgd_decay_after_velocity = edit(
    "SGD.step",
    {
        "g = p.grad + self.weight_decay * p": "g = p.grad",
        "p -= self.lr * self.v[i]": "p -= self.lr * self.v[i]\np -= self.lr * self.weight_decay * p",
    },
).says("weight decay is a step of its own, after p has moved; wd·p, with the old p, belongs into g")

# --- SGD: gradients

sgd_changes_grad = edit("SGD.step", {"p.grad + self.weight_decay * p": "p.grad.add_(self.weight_decay * p)"}).says(
    "weight decay is added to .grad itself; .grad is to stay as it is"
)
sgd_resets_grad = edit("SGD.step", {"p -= self.lr * self.v[i]": "p -= self.lr * self.v[i]\np.grad = None"}).says(
    "step takes the gradients away; .grad is to stay as it is until zero_grad"
)
sgd_freezes = edit("SGD.step", {"p -=": "p.requires_grad_(False)\np -="}).says(
    "step switches requires_grad off and leaves it off: later gradients are not recorded"
)
sgd_none_as_zeros = edit("SGD.step", {"continue": "p.grad = torch.zeros_like(p)"}).says(
    "without a gradient the tensor moves on by what is left in v; it is to stay, and v too"
)
sgd_zeros_skipped = edit("SGD.step", {"p.grad is None": "p.grad is None or not p.grad.any()"}).says(
    "a gradient of zeros is taken for none: the tensor stays, but by what is left in v it should move"
)
sgd_stops_at_none = edit("SGD.step", {"continue": "return"}).says(
    "a tensor without a gradient ends the step: those after it don't move"
)
sgd_zero_grad_needs_grad = edit("SGD.zero_grad", {"p.grad = None": "p.grad.zero_()"}).says(
    "zero_grad fails where there is no .grad yet; then there is nothing to reset"
)
sgd_zero_grad_nothing = edit("SGD.zero_grad", {"p.grad = None": "p = None"}).says(
    "zero_grad does not reset .grad: the next backward adds to what is there"
)
sgd_zero_grad_resets_state = edit(
    "SGD.zero_grad", {"p.grad = None": "p.grad = None\nself.v = [torch.zeros_like(p) for p in self.params]"}
).says("zero_grad also puts v back to 0: it is to reset .grad only")
sgd_iterator_used_up = edit("SGD.__init__", {"list(params)": "params"}).says(
    "params is gone through more than once; an iterator is used up after the first time"
)
sgd_iterator_used_up_later = edit(
    "SGD",
    {
        "list(params)": "params",
        "[torch.zeros_like(p) for p in self.params]": "{}",
        "self.momentum * self.v[i]": "self.momentum * self.v.get(i, torch.zeros_like(p))",
    },
).says("params is gone through more than once; an iterator is used up after the first time")
sgd_shared_state = edit(
    "SGD.__init__",
    {
        "weight_decay: float = 0.0": "weight_decay: float = 0.0, v={}",
        "self.v = [torch.zeros_like(p) for p in self.params]": "self.v = v\n"
        "v.update({i: v.get(i, torch.zeros_like(p)) for i, p in enumerate(self.params)})",
    },
).says("two optimizers share their v: a second one begins with what a first one has left")
sgd_state_in_float32 = edit(
    "SGD",
    {
        "torch.zeros_like(p)": "torch.zeros(p.shape, device=p.device)",
        "self.v[i] = self.momentum * self.v[i] + g": "self.v[i].mul_(self.momentum).add_(g)",
    },
).says("v is kept in float32, whatever the tensor's dtype: it has seven digits, not sixteen")
sgd_keeps_grad = edit(
    "SGD",
    {
        "[torch.zeros_like(p) for p in self.params]": "[None] * len(self.params)",
        "p.grad + self.weight_decay * p": "p.grad + self.weight_decay * p if self.weight_decay else p.grad",
        "self.momentum * self.v[i] + g": "g if self.v[i] is None else self.momentum * self.v[i] + g",
    },
).says("v is the tensor in .grad itself, not a copy: what is written into .grad later changes v, too")
sgd_adds_to_grad = edit(
    "SGD",
    {
        "[torch.zeros_like(p) for p in self.params]": "[None] * len(self.params)",
        "p.grad + self.weight_decay * p": "p.grad + self.weight_decay * p if self.weight_decay else p.grad",
        "self.momentum * self.v[i] + g": "g if self.v[i] is None else self.v[i].mul_(self.momentum).add_(g)",
    },
).says("v is the tensor in .grad itself, not a copy: what is written into .grad later changes v, too")

# --- RMSprop

rms_stays = edit("RMSprop.step", {"p -= self.lr * g": "p = p - self.lr * g"}).says(
    "the tensors that were handed in never move: p = p − …, for example, makes a new one"
)
rms_recorded = edit("RMSprop.step", {"torch.no_grad()": "torch.enable_grad()"}).says(
    "autograd refuses to change a leaf in place while it records: the update belongs under torch.no_grad()"
)
rms_uphill = edit("RMSprop.step", {"p -=": "p +="}).says("the steps go uphill: lr·g/(√s + eps) is to be subtracted")
rms_without_lr = edit("RMSprop.step", {"self.lr * g": "g"}).says("the learning rate is missing")
rms_lr_fixed = edit("RMSprop", {"self.lr = lr": "self.lr = self.rate = lr", "self.lr * g": "self.rate * g"}).says(
    "setting lr has no effect: the steps keep the learning rate with which the optimizer was made"
)
rms_without_root = edit("RMSprop.step", {"self.s[i].sqrt()": "self.s[i]"}).says(
    "g is divided by s; its root is asked for"
)
rms_eps_in_root = edit("RMSprop.step", {"self.s[i].sqrt() + self.eps": "(self.s[i] + self.eps).sqrt()"}).says(
    "eps is added to s, under the root; it belongs outside"
)
rms_without_eps = edit("RMSprop.step", {"self.s[i].sqrt() + self.eps": "self.s[i].sqrt()"}).says(
    "eps is missing: where all gradients so far are 0, this is 0/0"
)
rms_eps_fixed = edit("RMSprop.__init__", {"= eps": "= 1e-8"}).says("the argument eps has no effect")
rms_alpha_fixed = edit("RMSprop.__init__", {"= alpha": "= 0.99"}).says("the argument alpha has no effect")
rms_alpha_swapped = edit(
    "RMSprop.step",
    {"self.alpha * self.s": "(1 - self.alpha) * self.s", "+ (1 - self.alpha) * g**2": "+ self.alpha * g**2"},
).says("α and 1 − α are exchanged: α is the share of the old s")
rms_sum_of_squares = edit(
    "RMSprop.step", {"self.alpha * self.s[i] + (1 - self.alpha) * g**2": "self.s[i] + g**2"}
).says("s is the sum of all g², as in Adagrad; a running mean is asked for")
rms_without_new_share = edit("RMSprop.step", {"(1 - self.alpha) * g**2": "g**2"}).says(
    "g² comes into s whole; its factor is 1 − α"
)
rms_without_old = edit("RMSprop.step", {"self.alpha * self.s[i] + ": ""}).says(
    "nothing of the earlier s is in the new one"
)
rms_not_squared = edit("RMSprop.step", {"g**2": "g"}).says(
    "s is a running mean of g; of g² is asked for. Where it is negative, its root is NaN"
)
rms_absolute = edit("RMSprop.step", {"g**2": "g.abs()"}).says("s is a running mean of |g|; of g² is asked for")
rms_s_of_before = edit(
    "RMSprop.step",
    {
        "self.s[i] = self.alpha * self.s[i]": "old = self.s[i]\nself.s[i] = self.alpha * self.s[i]",
        "self.s[i].sqrt()": "old.sqrt()",
    },
).says("g is divided by the root of the s of the step before; the new s is asked for")
rms_corrected = edit(
    "RMSprop",
    {
        "self.eps = eps": "self.eps = eps\nself.t = {}",
        "p -= self.lr": "self.t[i] = self.t.get(i, 0) + 1\np -= self.lr",
        "self.s[i].sqrt()": "(self.s[i] / (1 - self.alpha ** self.t[i])).sqrt()",
    },
).says("s is corrected for its start at 0, as in Adam; RMSprop does not do that")
rms_starts_at_square = edit(
    "RMSprop",
    {
        "self.eps = eps": "self.eps = eps\nself.begun = set()",
        "p -= self.lr": "self.s[i] = self.s[i] if i in self.begun else g**2\nself.begun.add(i)\np -= self.lr",
    },
).says("s is g² in the first step; it starts from 0, so that it is (1 − α)·g²")
rms_starts_at_one = edit("RMSprop.__init__", {"zeros_like": "ones_like"}).says("s starts from 1; it starts from 0")
rms_one_s = edit(
    "RMSprop",
    {
        "[torch.zeros_like(p) for p in self.params]": "[torch.zeros(())]",
        "self.s[i] = self.alpha * self.s[i]": "self.s[0] = self.alpha * self.s[0]",
        "self.s[i].sqrt()": "self.s[0].sqrt()",
    },
).says("there is one s for all tensors; each has its own")
rms_without_g = edit("RMSprop.step", {"self.lr * g /": "self.lr /"}).says(
    "the step has no g in it: p moves by lr/(√s + eps), and always in the same direction"
)
rms_resets_grad = edit(
    "RMSprop.step", {"self.s[i].sqrt() + self.eps)": "self.s[i].sqrt() + self.eps)\np.grad = None"}
).says("step takes the gradients away; .grad is to stay as it is until zero_grad")
rms_changes_grad = edit("RMSprop.step", {"self.lr * g /": "g.mul_(self.lr) /"}).says(
    "step writes lr·g into .grad; .grad is to stay as it is"
)
rms_freezes = edit("RMSprop.step", {"p -=": "p.requires_grad_(False)\np -="}).says(
    "step switches requires_grad off and leaves it off: later gradients are not recorded"
)
rms_none_as_zeros = edit("RMSprop.step", {"continue": "g = torch.zeros_like(p)"}).says(
    "without a gradient s is made smaller, as if g were 0; it is to stay"
)
rms_zeros_skipped = edit("RMSprop.step", {"g is None": "g is None or not g.any()"}).says(
    "a gradient of zeros is taken for none: s stays, but it should get smaller"
)
rms_stops_at_none = edit("RMSprop.step", {"continue": "return"}).says(
    "a tensor without a gradient ends the step: those after it don't move"
)
rms_zero_grad_needs_grad = edit("RMSprop.zero_grad", {"p.grad = None": "p.grad.zero_()"}).says(
    "zero_grad fails where there is no .grad yet; then there is nothing to reset"
)
rms_zero_grad_nothing = edit("RMSprop.zero_grad", {"p.grad = None": "p = None"}).says(
    "zero_grad does not reset .grad: the next backward adds to what is there"
)
rms_zero_grad_resets_state = edit(
    "RMSprop.zero_grad", {"p.grad = None": "p.grad = None\nself.s = [torch.zeros_like(p) for p in self.params]"}
).says("zero_grad also puts s back to 0: it is to reset .grad only")
rms_iterator_used_up_later = edit(
    "RMSprop",
    {
        "list(params)": "params",
        "[torch.zeros_like(p) for p in self.params]": "{}",
        "self.alpha * self.s[i]": "self.alpha * self.s.get(i, torch.zeros_like(p))",
    },
).says("params is gone through more than once; an iterator is used up after the first time")
rms_state_in_float32 = edit(
    "RMSprop",
    {
        "torch.zeros_like(p)": "torch.zeros(p.shape, device=p.device)",
        "self.s[i] = self.alpha * self.s[i] + (1 - self.alpha) * g**2": "self.s[i].mul_(self.alpha).add_("
        "(1 - self.alpha) * g**2)",
    },
).says("s is kept in float32, whatever the tensor's dtype: it has seven digits, not sixteen")
rms_iterator_used_up = edit("RMSprop.__init__", {"list(params)": "params"}).says(
    "params is gone through more than once; an iterator is used up after the first time"
)

# --- Adam

adam_stays = edit("Adam.step", {"p -= self.lr * m_hat": "p = p - self.lr * m_hat"}).says(
    "the tensors that were handed in never move: p = p − …, for example, makes a new one"
)
adam_recorded = edit("Adam.step", {"torch.no_grad()": "torch.enable_grad()"}).says(
    "autograd refuses to change a leaf in place while it records: the update belongs under torch.no_grad()"
)
adam_uphill = edit("Adam.step", {"p -=": "p +="}).says("the steps go uphill: lr·m̂/(√v̂ + eps) is to be subtracted")
adam_without_lr = edit("Adam.step", {"self.lr * m_hat": "m_hat"}).says("the learning rate is missing")
adam_lr_fixed = edit("Adam", {"self.lr = lr": "self.lr = self.rate = lr", "self.lr * m_hat": "self.rate * m_hat"}).says(
    "setting lr has no effect: the steps keep the learning rate with which the optimizer was made"
)
adam_uncorrected = edit("Adam.step", {" / (1 - beta1 ** self.t[i])": "", " / (1 - beta2 ** self.t[i])": ""}).says(
    "neither m nor v is corrected for its start at 0: the first steps have the wrong size"
)
adam_m_uncorrected = edit("Adam.step", {" / (1 - beta1 ** self.t[i])": ""}).says(
    "v is corrected for its start at 0, m is not: the first steps are too short"
)
adam_v_uncorrected = edit("Adam.step", {" / (1 - beta2 ** self.t[i])": ""}).says(
    "m is corrected for its start at 0, v is not: the first steps are too long"
)
adam_t_from_two = edit("Adam.__init__", {"[0 for": "[1 for"}).says("t is 2 in the first step: it is to count from 1")
adam_t_from_zero = edit("Adam.step", {"self.t[i] += 1": ""}).says(
    "t is 0 in the first step, where the correction then divides by 0: t is to count from 1"
)
adam_t_stays = edit("Adam.step", {"self.t[i] += 1": "self.t[i] = 1"}).says(
    "every step is corrected as if it were the first, t = 1: t is to count the steps"
)
adam_t_per_tensor = edit(
    "Adam.step",
    {
        "self.t[i] += 1": "self.t[0] += 1",
        "beta1 ** self.t[i]": "beta1 ** self.t[0]",
        "beta2 ** self.t[i]": "beta2 ** self.t[0]",
    },
).says("one t grows with every tensor: with several of them it counts too fast")
adam_t_of_the_optimizer = edit(
    "Adam.step", {"with torch": "self.t = [t + 1 for t in self.t]\nwith torch", "self.t[i] += 1": ""}
).says("t also counts the steps in which a tensor has no gradient; every tensor has its own t")
adam_product_for_power = edit("Adam.step", {"beta1 ** self": "beta1 * self", "beta2 ** self": "beta2 * self"}).says(
    "the correction takes β·t; it is βᵗ, a power"
)
adam_corrected_kept = edit(
    "Adam.step",
    {"m_hat = self.m[i]": "m_hat = self.m[i] = self.m[i]", "v_hat = self.v[i]": "v_hat = self.v[i] = self.v[i]"},
).says("the corrected means are kept in place of m and v, and corrected again in the next step")
adam_betas_swapped = edit("Adam.step", {"beta1, beta2 =": "beta2, beta1 ="}).says(
    "the two betas are exchanged: the first belongs to g, the second to g²"
)
adam_one_beta = edit("Adam.step", {"beta1, beta2 = self.betas": "beta1 = beta2 = self.betas[0]"}).says(
    "the first beta is used for both means; the second belongs to g²"
)
adam_shares_swapped = edit(
    "Adam.step",
    {
        "beta1 * self.m[i] + (1 - beta1) * g": "(1 - beta1) * self.m[i] + beta1 * g",
        "beta2 * self.v[i] + (1 - beta2) * g**2": "(1 - beta2) * self.v[i] + beta2 * g**2",
    },
).says("β and 1 − β are exchanged: β is the share of the old mean")
adam_betas_fixed = edit("Adam.__init__", {"= betas": "= (0.9, 0.999)"}).says("the argument betas has no effect")
adam_eps_fixed = edit("Adam.__init__", {"= eps": "= 1e-8"}).says("the argument eps has no effect")
adam_eps_in_root = edit("Adam.step", {"v_hat.sqrt() + self.eps": "(v_hat + self.eps).sqrt()"}).says(
    "eps is added to v̂, under the root; it belongs outside"
)
adam_eps_before_correction = edit(
    "Adam.step", {"v_hat.sqrt() + self.eps": "v_hat.sqrt() + self.eps / (1 - beta2 ** self.t[i]) ** 0.5"}
).says("eps is added to the root of v, before the correction; it is to be added to √v̂")
adam_without_eps = edit("Adam.step", {"v_hat.sqrt() + self.eps": "v_hat.sqrt()"}).says(
    "eps is missing: where all gradients so far are 0, this is 0/0"
)
adam_without_root = edit("Adam.step", {"v_hat.sqrt()": "v_hat"}).says("m̂ is divided by v̂; its root is asked for")
adam_not_squared = edit("Adam.step", {"g**2": "g"}).says(
    "v is a running mean of g; of g² is asked for. Where it is negative, its root is NaN"
)
adam_square_of_mean = edit("Adam.step", {"g**2": "self.m[i]**2"}).says("v is a running mean of m²; of g² is asked for")
adam_g_for_m = edit("Adam.step", {"self.lr * m_hat": "self.lr * g"}).says("the step takes g itself; m̂ is asked for")
adam_without_decay = edit("Adam.step", {" + self.weight_decay * p": ""}).says("weight decay has no effect")
adam_decay_sign = edit("Adam.step", {"+ self.weight_decay": "- self.weight_decay"}).says(
    "weight decay has the wrong sign: it makes the weights larger"
)
adam_decay_doubled = edit("Adam.step", {"+ self.weight_decay": "+ 2 * self.weight_decay"}).says(
    "weight decay counts twice: wd·p is added, the gradient of wd/2·‖p‖²"
)
adam_decoupled = edit(
    "Adam.step", {" + self.weight_decay * p": "", "p -= self.lr": "p -= self.lr * self.weight_decay * p\np -= self.lr"}
).says("weight decay is taken from p directly, which is AdamW; here wd·p is a part of g, and goes through m and v")
adam_decoupled_after = edit(
    "Adam.step",
    {
        " + self.weight_decay * p": "",
        "p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)": "p -= self.lr * m_hat / (v_hat.sqrt() + self.eps)\n"
        "p -= self.lr * self.weight_decay * p",
    },
).says("weight decay is taken from p directly, which is AdamW; here wd·p is a part of g, and goes through m and v")
adam_decoupled_without_lr = edit(
    "Adam.step", {" + self.weight_decay * p": "", "p -= self.lr": "p -= self.weight_decay * p\np -= self.lr"}
).says("weight decay is taken from p directly, and without lr; wd·p belongs into g")
adam_decay_in_mean_only = edit("Adam.step", {"(1 - beta2) * g**2": "(1 - beta2) * p.grad**2"}).says(
    "weight decay is in m, but not in v; wd·p is a part of g in both"
)
adam_changes_grad = edit("Adam.step", {"p.grad + self.weight_decay * p": "p.grad.add_(self.weight_decay * p)"}).says(
    "weight decay is added to .grad itself; .grad is to stay as it is"
)
adam_without_m = edit("Adam.step", {"self.lr * m_hat /": "self.lr /"}).says(
    "the step has no m̂ in it: p moves by lr/(√v̂ + eps), and always in the same direction"
)
adam_resets_grad = edit("Adam.step", {"(v_hat.sqrt() + self.eps)": "(v_hat.sqrt() + self.eps)\np.grad = None"}).says(
    "step takes the gradients away; .grad is to stay as it is until zero_grad"
)
adam_freezes = edit("Adam.step", {"p -=": "p.requires_grad_(False)\np -="}).says(
    "step switches requires_grad off and leaves it off: later gradients are not recorded"
)
adam_none_as_zeros = edit("Adam.step", {"continue": "p.grad = torch.zeros_like(p)"}).says(
    "without a gradient the tensor moves on by what is left in m; it is to stay, and its means and t too"
)
adam_zeros_skipped = edit("Adam.step", {"p.grad is None": "p.grad is None or not p.grad.any()"}).says(
    "a gradient of zeros is taken for none: the tensor stays, but by what is left in m it should move"
)
adam_stops_at_none = edit("Adam.step", {"continue": "return"}).says(
    "a tensor without a gradient ends the step: those after it don't move"
)
adam_zero_grad_needs_grad = edit("Adam.zero_grad", {"p.grad = None": "p.grad.zero_()"}).says(
    "zero_grad fails where there is no .grad yet; then there is nothing to reset"
)
adam_zero_grad_nothing = edit("Adam.zero_grad", {"p.grad = None": "p = None"}).says(
    "zero_grad does not reset .grad: the next backward adds to what is there"
)
adam_zero_grad_resets_state = edit(
    "Adam.zero_grad",
    {
        "p.grad = None": "p.grad = None\nself.t = [0 for _ in self.params]\n"
        "self.m, self.v = ([torch.zeros_like(p) for p in self.params] for _ in range(2))"
    },
).says("zero_grad also puts m, v and t back to 0: it is to reset .grad only")
adam_iterator_used_up_later = edit(
    "Adam",
    {
        "list(params)": "params",
        "self.m = [torch.zeros_like(p) for p in self.params]": "self.m = {}",
        "self.v = [torch.zeros_like(p) for p in self.params]": "self.v = {}",
        "[0 for _ in self.params]": "{}",
        "self.t[i] += 1": "self.t[i] = self.t.get(i, 0) + 1",
        "beta1 * self.m[i]": "beta1 * self.m.get(i, torch.zeros_like(p))",
        "beta2 * self.v[i]": "beta2 * self.v.get(i, torch.zeros_like(p))",
    },
).says("params is gone through more than once; an iterator is used up after the first time")
adam_state_in_float32 = edit(
    "Adam",
    {
        "self.m = [torch.zeros_like(p)": "self.m = [torch.zeros(p.shape, device=p.device)",
        "self.v = [torch.zeros_like(p)": "self.v = [torch.zeros(p.shape, device=p.device)",
        "self.m[i] = beta1 * self.m[i] + (1 - beta1) * g": "self.m[i].mul_(beta1).add_((1 - beta1) * g)",
        "self.v[i] = beta2 * self.v[i] + (1 - beta2) * g**2": "self.v[i].mul_(beta2).add_((1 - beta2) * g**2)",
    },
).says("m and v are kept in float32, whatever the tensor's dtype: they have seven digits, not sixteen")
adam_iterator_used_up = edit("Adam.__init__", {"list(params)": "params"}).says(
    "params is gone through more than once; an iterator is used up after the first time"
)
