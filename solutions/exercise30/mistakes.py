"""What learners get wrong in exercise 30, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- d_loss

d_kinds_swapped = edit("d_loss", {"-real": "real", "(fake)": "(-fake)"}).says(
    "real and generated samples have changed places: D's logit is to rise for real ones and to fall for generated ones"
)
d_real_sign = edit("d_loss", {"-real": "real"}).says(
    "the real samples' logits have the wrong sign: their loss must fall as they rise"
)
d_fake_sign = edit("d_loss", {"(fake)": "(-fake)"}).says(
    "the generated samples' logits have the wrong sign: their loss must fall as they fall"
)
d_sums = edit("d_loss", {"(-real).mean()": "(-real).sum()", "(fake).mean()": "(fake).sum()"}).says(
    "these are sums; each of the two terms is a mean over its own samples"
)
d_half = edit(
    "d_loss",
    {
        "return F.softplus(-real).mean() + F.softplus(fake).mean()": (
            "return (F.softplus(-real).mean() + F.softplus(fake).mean()) / 2"
        )
    },
).says("this is half of the loss: the two means are added, not averaged")
d_pooled = edit("d_loss", "return F.softplus(torch.cat([-real, fake])).mean()").says(
    "this is one mean over all samples together; the loss is the mean over the real ones plus the mean over the "
    "generated ones"
)
d_pooled_twice = edit("d_loss", "return 2 * F.softplus(torch.cat([-real, fake])).mean()").says(
    "this is twice one mean over all samples together, which is right only where N and M are equal"
)
d_paired = edit("d_loss", "return (F.softplus(-real) + F.softplus(fake)).mean()").says(
    "real and generated samples are added pair by pair before the mean, which fails where N and M differ"
)
d_difference = edit("d_loss", {".mean() + ": ".mean() - "}).says("the two terms are subtracted; add them")
d_negated = edit("d_loss", {"return F.softplus(-real).mean() + F": "return -F.softplus(-real).mean() - F"}).says(
    "the sign of the whole loss is wrong: this is what D makes large, and a step makes a loss small"
)
d_only_fake = edit("d_loss", {"F.softplus(-real).mean() + ": ""}).says("the term of the real samples is missing")
d_only_real = edit("d_loss", {" + F.softplus(fake).mean()": ""}).says("the term of the generated samples is missing")
d_sigmoid_first = edit("d_loss", {"(-real)": "(-torch.sigmoid(real))", "(fake)": "(torch.sigmoid(fake))"}).says(
    'a sigmoid is applied first; softplus, like a cross-entropy "with logits", takes the logits themselves'
)
d_log_of_logits = edit("d_loss", "return -torch.log(real).mean() - torch.log(1 - fake).mean()").says(
    "the logits are taken for probabilities: a logarithm of a negative number is NaN"
)
d_log_of_sigmoid = edit(
    "d_loss", "return -torch.log(torch.sigmoid(real)).mean() - torch.log(1 - torch.sigmoid(fake)).mean()"
).says("the sigmoid has rounded to 0 or 1 before the logarithm is taken, so that the loss is infinite")
d_overflow = edit(
    "d_loss", "return torch.log(1 + torch.exp(-real)).mean() + torch.log(1 + torch.exp(fake)).mean()"
).says(
    "an exponential overflows, or a probability has rounded to 0 before its logarithm is taken, so that the loss is "
    "infinite"
)
d_clamped = edit(
    "d_loss",
    "return F.binary_cross_entropy(torch.sigmoid(real), torch.ones_like(real)) + "
    "F.binary_cross_entropy(torch.sigmoid(fake), torch.zeros_like(fake))",
).says("no sample counts for more than 100, as binary_cross_entropy bounds it: at a logit of 1000 the loss may be 1000")
d_epsilon = edit(
    "d_loss", "return -torch.log(torch.sigmoid(real) + 1e-8).mean() - torch.log(1 - torch.sigmoid(fake) + 1e-8).mean()"
).says("a small number is added before the logarithm, as a bound: the loss no longer grows with the size of the logit")
d_smaller_epsilon = edit(
    "d_loss",
    "return -torch.log(torch.sigmoid(real) + 1e-12).mean() - torch.log(1 - torch.sigmoid(fake) + 1e-12).mean()",
).says("a small number is added before the logarithm, as a bound: the loss no longer grows with the size of the logit")
d_unused_branch = edit(
    "d_loss",
    "return (torch.where(real > -30, torch.log1p(torch.exp(-real)), -real).mean()\n"
    "        + torch.where(fake < 30, torch.log1p(torch.exp(fake)), fake).mean())",
).says(
    "the value is right and the gradient NaN: the exponential overflows, and autograd goes through it although where "
    "chooses the other branch"
)
d_corner = edit(
    "d_loss",
    {
        "F.softplus(-real)": "(torch.relu(-real) + torch.log1p(torch.exp(-real.abs())))",
        "F.softplus(fake)": "(torch.relu(fake) + torch.log1p(torch.exp(-fake.abs())))",
    },
).says(
    "at a logit of exactly 0 the gradient is wrong: relu, clamp, where and |x| have a corner there, with a slope of 0 "
    "or 1, and softplus has none: its slope is ½"
)
d_corner_of_clamp = edit(
    "d_loss",
    {
        "F.softplus(-real)": "((-real).clamp(min=0) + torch.log1p(torch.exp(-real.abs())))",
        "F.softplus(fake)": "(fake.clamp(min=0) + torch.log1p(torch.exp(-fake.abs())))",
    },
).says(
    "at a logit of exactly 0 the gradient is wrong: relu, clamp, where and |x| have a corner there, with a slope of 0 "
    "or 1, and softplus has none: its slope is ½"
)
d_least_squares = edit("d_loss", "return ((real - 1) ** 2).mean() + (fake**2).mean()").says(
    "these are squared distances from 1 and 0; softplus of the logits is asked for"
)
d_hinge = edit("d_loss", "return torch.relu(1 - real).mean() + torch.relu(1 + fake).mean()").says(
    "this is the hinge loss, with relu(1 − real) and relu(1 + fake); softplus is asked for"
)
d_differences_of_means = edit("d_loss", "return fake.mean() - real.mean()").says(
    "the logits are averaged as they are: the softplus is missing"
)
d_softplus_of_means = edit("d_loss", "return F.softplus(-real.mean()) + F.softplus(fake.mean())").says(
    "the mean is taken before the softplus; take the softplus of each logit, then the mean"
)
d_smoothed = edit(
    "d_loss", {"F.softplus(-real).mean()": "(0.9 * F.softplus(-real) + 0.1 * F.softplus(real)).mean()"}
).says("real samples have the label 0.9, as with label smoothing; here it is 1")
d_detached = edit("d_loss", {"(-real)": "(-real.detach())", "(fake)": "(fake.detach())"}).says(
    "no gradient arrives at the logits: their history is lost on the way"
)
d_detached_fake = edit("d_loss", {"(fake)": "(fake.detach())"}).says(
    "no gradient arrives at the logits of the generated samples, so that D learns from real ones only; what is to be "
    "detached is the sample, in train_step, before D sees it"
)

# --- g_loss

g_saturating = edit("g_loss", {"F.softplus(-fake)": "-F.softplus(fake)"}).says(
    "this is the saturating loss, −softplus(fake): its gradient vanishes where D recognises the samples"
)
g_sign = edit("g_loss", {"-fake": "fake"}).says(
    "the logits have the wrong sign: this falls as D recognises the samples, and G wants the opposite"
)
g_negated = edit("g_loss", {"F.softplus": "-F.softplus"}).says(
    "the sign of the whole loss is wrong: it must fall as the logits rise"
)
g_sum = edit("g_loss", {"mean": "sum"}).says("this is the sum; the mean is asked for")
g_half = edit("g_loss", {".mean()": ".mean() / 2"}).says("this is half of the mean")
g_sigmoid_first = edit("g_loss", {"-fake": "-torch.sigmoid(fake)"}).says(
    'a sigmoid is applied first; softplus, like a cross-entropy "with logits", takes the logits themselves'
)
g_log_of_logits = edit("g_loss", {"F.softplus(-fake)": "-torch.log(fake)"}).says(
    "the logits are taken for probabilities: a logarithm of a negative number is NaN"
)
g_overflow = edit("g_loss", {"F.softplus(-fake)": "torch.log(1 + torch.exp(-fake))"}).says(
    "an exponential overflows, or a probability has rounded to 0 before its logarithm is taken, so that the loss is "
    "infinite"
)
g_clamped = edit("g_loss", "return F.binary_cross_entropy(torch.sigmoid(fake), torch.ones_like(fake))").says(
    "no sample counts for more than 100, as binary_cross_entropy bounds it: at a logit of −1000 the loss is 1000"
)
g_epsilon = edit("g_loss", {"F.softplus(-fake)": "-torch.log(torch.sigmoid(fake) + 1e-8)"}).says(
    "a small number is added before the logarithm, as a bound: the loss no longer grows with the size of the logit"
)
g_smaller_epsilon = edit("g_loss", {"F.softplus(-fake)": "-torch.log(torch.sigmoid(fake) + 1e-12)"}).says(
    "a small number is added before the logarithm, as a bound: the loss no longer grows with the size of the logit"
)
g_unused_branch = edit(
    "g_loss", {"F.softplus(-fake)": "torch.where(fake > -30, torch.log1p(torch.exp(-fake)), -fake)"}
).says(
    "the value is right and the gradient NaN: the exponential overflows, and autograd goes through it although where "
    "chooses the other branch"
)
g_corner = edit("g_loss", {"F.softplus(-fake)": "(torch.relu(-fake) + torch.log1p(torch.exp(-fake.abs())))"}).says(
    "at a logit of exactly 0 the gradient is wrong: relu, clamp, where and |x| have a corner there, with a slope of 0 "
    "or 1, and softplus has none: its slope is ½"
)
g_corner_of_clamp = edit(
    "g_loss", {"F.softplus(-fake)": "((-fake).clamp(min=0) + torch.log1p(torch.exp(-fake.abs())))"}
).says(
    "at a logit of exactly 0 the gradient is wrong: relu, clamp, where and |x| have a corner there, with a slope of 0 "
    "or 1, and softplus has none: its slope is ½"
)
g_probability = edit("g_loss", {"F.softplus(-fake)": "(1 - torch.sigmoid(fake))"}).says(
    "this is the mean of 1 − σ(fake), of probabilities; the mean of −log σ(fake) is asked for"
)
g_least_squares = edit("g_loss", {"F.softplus(-fake)": "((fake - 1) ** 2)"}).says(
    "these are squared distances from 1; softplus of the logits is asked for"
)
g_mean_of_logits = edit("g_loss", {"F.softplus(-fake)": "(-fake)"}).says(
    "the logits are averaged as they are: the softplus is missing"
)
g_softplus_of_mean = edit("g_loss", {"(-fake).mean()": "(-fake.mean())"}).says(
    "the mean is taken before the softplus; take the softplus of each logit, then the mean"
)
g_detached = edit("g_loss", {"-fake": "-fake.detach()"}).says(
    "no gradient arrives at the logits: their history is lost on the way"
)

# --- train_step: what goes through the graph, and what is in .grad

not_detached = edit(
    "train_step", {"G(z_d).detach()": "G(z_d)", "D.train()": "D.train()\nopt_g.zero_grad()", "opt_g.zero_grad()": ""}
).says(
    "the gradient of D's loss runs back into G, and G's update follows it as well, which makes D's task easier: in the "
    "step of D the generated samples are to be detached"
)
not_detached_but_reset = edit("train_step", {"G(z_d).detach()": "G(z_d)"}).says(
    "the gradient of D's loss runs back into G; it is thrown away later, so that only time is lost: in the step of D "
    "the generated samples are to be detached"
)
detached_after_d = edit("train_step", {"D(G(z_d).detach())": "D(G(z_d)).detach()"}).says(
    "D's prediction on the generated samples is detached, so that D learns from real ones only; detach the samples, "
    "before D sees them"
)
g_unchanged = edit("train_step", {"G(z_g)": "G(z_g).detach()"}).says(
    "G is not changed in its own step: no gradient reaches it, as where its samples are detached there as well, or its "
    "gradients are reset before the update, or there is no update"
)
no_zero_grad_d = edit("train_step", {"opt_d.zero_grad()": ""}).says(
    "D's gradients are never reset: they pile up, and those that the step of G leaves in D are among them"
)
zero_grad_d_afterwards = edit(
    "train_step", {"opt_d.zero_grad()": "", "opt_d.step()": "opt_d.step()\nopt_d.zero_grad()"}
).says(
    "D's gradients are reset only before the step of G, and its backward leaves some in D again: they count in the "
    "next update of D"
)
zero_grad_d_at_the_end = edit(
    "train_step", {"opt_d.zero_grad()": "", "opt_g.step()": "opt_g.step()\nopt_d.zero_grad()"}
).says("D's gradients are reset only after the step: what D has brought along in .grad gets into its update")
no_zero_grad_g = edit("train_step", {"opt_g.zero_grad()": ""}).says(
    "G's gradients are never reset: each update of G follows those of all steps so far"
)
zero_grad_g_at_the_end = edit(
    "train_step", {"opt_g.zero_grad()": "", "opt_g.step()": "opt_g.step()\nopt_g.zero_grad()"}
).says("G's gradients are reset only after the step: what G has brought along in .grad gets into its update")
zero_grad_both_at_the_end = edit(
    "train_step",
    {
        "opt_d.zero_grad()": "",
        "opt_g.zero_grad()": "",
        "opt_g.step()": "opt_g.step()\nopt_g.zero_grad()\nopt_d.zero_grad()",
    },
).says("the gradients are reset only after the step: what the networks have brought along gets into their updates")
no_zero_grad_at_all = edit("train_step", {"opt_d.zero_grad()": "", "opt_g.zero_grad()": ""}).says(
    "no gradients are ever reset: in both networks they pile up"
)

# --- train_step: order, noise, updates

g_first = edit(
    "train_step",
    "G.train()\nD.train()\nopt_g.zero_grad()\nloss_g = g_loss(D(G(z_g)))\nloss_g.backward()\nopt_g.step()\n"
    "opt_d.zero_grad()\nloss_d = d_loss(D(real), D(G(z_d).detach()))\nloss_d.backward()\nopt_d.step()\n"
    "return loss_d.item(), loss_g.item()",
).says("G is updated before D; the step of D comes first")
old_d_for_g = edit(
    "train_step",
    "G.train()\nD.train()\nopt_g.zero_grad()\nloss_g = g_loss(D(G(z_g)))\nloss_g.backward()\n"
    "opt_d.zero_grad()\nloss_d = d_loss(D(real), D(G(z_d).detach()))\nloss_d.backward()\n"
    "opt_d.step()\nopt_g.step()\nreturn loss_d.item(), loss_g.item()",
).says("G learns from the old D: its loss was computed before D's update, and the new D is asked for")
both_backwards_first = edit(
    "train_step",
    "G.train()\nD.train()\nopt_g.zero_grad()\nopt_d.zero_grad()\n"
    "loss_d = d_loss(D(real), D(G(z_d).detach()))\nloss_g = g_loss(D(G(z_g)))\n"
    "loss_d.backward()\nloss_g.backward()\nopt_d.step()\nopt_g.step()\nreturn loss_d.item(), loss_g.item()",
).says(
    "both losses go back before either network is updated: D follows also the gradient of G's loss, and G learns from "
    "the old D"
)
d_updated_twice = edit("train_step", {"opt_g.step()": "opt_g.step()\nopt_d.step()"}).says(
    "D is updated again in the step of G, by gradients that teach it to be fooled"
)
d_updated_twice_after_reset = edit(
    "train_step",
    {"opt_g.zero_grad()": "opt_g.zero_grad()\nopt_d.zero_grad()", "opt_g.step()": "opt_g.step()\nopt_d.step()"},
).says("D is updated again in the step of G, by gradients that teach it to be fooled")
d_two_steps = edit(
    "train_step",
    {
        "loss_d = d_loss(D(real), D(G(z_d).detach()))": "on_real = F.softplus(-D(real)).mean()\non_real.backward()\n"
        "opt_d.step()\nopt_d.zero_grad()\nloss_d = F.softplus(D(G(z_d).detach())).mean()",
        "return loss_d.item(), loss_g.item()": "return on_real.item() + loss_d.item(), loss_g.item()",
    },
).says(
    "D is updated twice, first for the real samples and then for the generated ones; one update follows both terms of "
    "the loss together"
)
optimizers_exchanged = edit("train_step", {"opt_d.step()": "opt_g.step()", "opt_g.step()": "opt_d.step()"}).says(
    "the optimizers have changed places: after D's backward it is opt_g that makes a step, and after G's opt_d"
)
same_noise = edit("train_step", {"G(z_g)": "G(z_d)"}).says(
    "G's step uses z_d again, or the samples made from it; it has noise of its own, z_g"
)
only_z_g = edit("train_step", {"G(z_d)": "G(z_g)"}).says("D's step uses z_g; its noise is z_d")
noise_exchanged = edit("train_step", {"G(z_d)": "G(z_g)", "G(z_g)": "G(z_d)"}).says(
    "z_d and z_g have changed places: z_d is the noise of D's step"
)
kinds_exchanged = edit("train_step", {"D(real), D(G(z_d).detach())": "D(G(z_d).detach()), D(real)"}).says(
    "D learns to take real samples for generated ones and the other way round: d_loss takes the real ones' logits first"
)
real_for_g = edit("train_step", {"D(G(z_d).detach())": "D(real)"}).says(
    "D sees no generated samples in its step, only real ones"
)
d_unchanged = edit("train_step", {"opt_d.step()": ""}).says(
    "D is not changed in its own step: there is no update, or it finds no gradients, as after a reset between backward "
    "and step"
)
g_saturating_in_the_step = edit("train_step", {"g_loss(D(G(z_g)))": "-F.softplus(D(G(z_g))).mean()"}).says(
    "G's step uses the saturating loss, −softplus(fake); g_loss is asked for"
)
g_helps_d = edit("train_step", {"g_loss(D(G(z_g)))": "F.softplus(D(G(z_g))).mean()"}).says(
    "G's step makes softplus(fake) small, as D's does: G helps D to recognise its samples"
)
own_sgd = edit(
    "train_step",
    {
        "opt_d.step()": "for p in D.parameters():\n    p.data -= opt_d.param_groups[0]['lr'] * p.grad",
        "opt_g.step()": "for p in G.parameters():\n    p.data -= opt_g.param_groups[0]['lr'] * p.grad",
    },
).says("the parameters are moved by lr times gradient: the momentum of the optimizers is left out")
unstable_losses = edit(
    "train_step",
    {
        "d_loss(D(real), D(G(z_d).detach()))": "-torch.log(torch.sigmoid(D(real))).mean() - "
        "torch.log(1 - torch.sigmoid(D(G(z_d).detach()))).mean()",
        "g_loss(D(G(z_g)))": "-torch.log(torch.sigmoid(D(G(z_g)))).mean()",
    },
).says("where logits are large, a sigmoid rounds to 0 or 1 before its logarithm is taken: the gradient is NaN")
half_for_d = edit(
    "train_step", {"loss_d = d_loss(D(real), D(G(z_d).detach()))": ("loss_d = d_loss(D(real), D(G(z_d).detach())) / 2")}
).says("D's loss is halved, and its gradient with it")

# --- train_step: modes, and what is returned

no_training_mode = edit("train_step", {"G.train()\nD.train()": ""}).says(
    "both networks keep the evaluation mode in which they are handed over, and are trained in it"
)
no_training_mode_g = edit("train_step", {"G.train()": ""}).says(
    "G keeps the evaluation mode in which it is handed over, and is trained in it"
)
no_training_mode_d = edit("train_step", {"D.train()": ""}).says(
    "D keeps the evaluation mode in which it is handed over, and is trained in it"
)
g_evaluates = edit("train_step", {"G.train()": "G.eval()", "opt_d.step()": "opt_d.step()\nG.train()"}).says(
    "G is in evaluation mode in the step of D; both networks are in training mode throughout"
)
d_evaluates = edit("train_step", {"opt_g.zero_grad()": "D.eval()\nopt_g.zero_grad()"}).says(
    "D is in evaluation mode in the step of G; both networks are in training mode throughout"
)
losses_exchanged = edit("train_step", {"loss_d.item(), loss_g.item()": "loss_g.item(), loss_d.item()"}).says(
    "the two losses have changed places: D's comes first"
)
losses_afterwards = edit(
    "train_step",
    {"return loss_d.item(), loss_g.item()": "return d_loss(D(real), D(G(z_d))).item(), g_loss(D(G(z_g))).item()"},
).says("these are the losses after both updates; each is asked for as it was before its own")
d_loss_afterwards = edit("train_step", {"opt_d.step()": "opt_d.step()\nloss_d = d_loss(D(real), D(G(z_d)))"}).says(
    "the first number is D's loss after its update; the one before is asked for"
)
g_loss_afterwards = edit("train_step", {"opt_g.step()": "opt_g.step()\nloss_g = g_loss(D(G(z_g)))"}).says(
    "the second number is G's loss after its update; the one before is asked for"
)
losses_after_each_update = edit(
    "train_step",
    {
        "opt_d.step()": "opt_d.step()\nloss_d = d_loss(D(real), D(G(z_d)))",
        "opt_g.step()": "opt_g.step()\nloss_g = g_loss(D(G(z_g)))",
    },
).says("each loss is computed again after its update; the one before is asked for")
losses_added = edit("train_step", {"loss_d.item(), loss_g.item()": "(loss_d + loss_g).item()"}).says(
    "the losses are added up; return both, D's first"
)
nothing_returned = edit("train_step", {"return loss_d.item(), loss_g.item()": ""}).says(
    "the networks are trained, and the losses are not returned"
)
