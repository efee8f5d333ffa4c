# %% loss_sign
# The minus is forgotten.
# named: loss_sign
def reinforce_loss(logits, actions, returns, baseline):
    log_pi = torch.log_softmax(logits, dim=1)
    chosen = log_pi[torch.arange(len(actions), device=actions.device), actions]
    return ((returns - baseline).detach() * chosen).mean()

# %% loss_sum
# The sum in place of the mean.
# like: sweeps_and_distributions
# named: loss_sum
def reinforce_loss(logits, actions, returns, baseline):
    policy = Categorical(logits=logits)
    return torch.sum(-policy.log_prob(actions) * (returns.detach() - baseline))

# %% loss_no_baseline
# The baseline is not used.
# like: numpy_where_free
# named: loss_without_baseline
def reinforce_loss(logits, actions, returns, baseline):
    return (returns.detach() * F.cross_entropy(logits, actions, reduction="none")).mean()

# %% loss_baseline_added
# The baseline is added.
# like: recursion
# named: loss_baseline_added
def reinforce_loss(logits, actions, returns, baseline):
    w = (returns + baseline).detach()
    return -(w * torch.log_softmax(logits, 1).gather(1, actions[:, None]).squeeze(1)).mean()

# %% loss_log_of_softmax
# The logarithm of a probability that underflows.
# like: policy_iteration
# named: loss_log_of_softmax, loss_log_of_chosen
def reinforce_loss(logits, actions, returns, baseline):
    pi = F.softmax(logits, dim=-1)
    log_prob = torch.log(pi.gather(1, actions.unsqueeze(1)).squeeze(1))
    return -((returns.detach() - baseline) * log_prob).mean()

# %% loss_log_with_epsilon
# A small number within the logarithm.
# like: policy_iteration
# named: loss_epsilon
def reinforce_loss(logits, actions, returns, baseline):
    pi = F.softmax(logits, dim=-1)
    log_prob = torch.log(pi.gather(1, actions.unsqueeze(1)).squeeze(1) + 1e-10)
    return -((returns.detach() - baseline) * log_prob).mean()

# %% loss_softmax_over_steps
# The softmax over the steps.
# like: inner_states_only
# named: loss_over_steps
def reinforce_loss(logits, actions, returns, baseline):
    log_p = torch.log_softmax(logits, 0).gather(1, actions[:, None])[:, 0]
    return -((returns.detach() - baseline) * log_p).mean()

# %% loss_probability
# The probability, no logarithm.
# like: float64_inside
# named: loss_probability
def reinforce_loss(logits, actions, returns, baseline):
    p = torch.softmax(logits, dim=1)[torch.arange(len(actions)), actions]
    return -(p * (returns - baseline).detach()).mean()

# %% loss_every_action_taken
# [:, actions] takes all steps with all actions.
# like: doubling
# named: loss_actions_of_all_steps, loss_actions_of_all_steps_by_column
def reinforce_loss(logits, actions, returns, baseline):
    log_p = torch.log_softmax(logits, dim=1)[:, actions]
    return -((returns - baseline).detach() * log_p).mean()

# %% loss_trains_the_returns
# The weight keeps its history.
# like: sweeps_and_distributions
# named: loss_trains_returns
def reinforce_loss(logits, actions, returns, baseline):
    return -(Categorical(logits=logits).log_prob(actions) * (returns - baseline)).mean()

# %% loss_of_logits
# The logits are taken for log-probabilities.
# like: lists_of_episodes
# named: loss_logits
def reinforce_loss(logits, actions, returns, baseline):
    chosen = logits.gather(1, actions.view(-1, 1)).squeeze(1)
    return -((returns - baseline).detach() * chosen).mean()

# %% loss_over_actions_too
# One-hot, then the mean over T times A.
# like: inner_states_only
# named: loss_over_everything
def reinforce_loss(logits, actions, returns, baseline):
    one_hot = torch.nn.functional.one_hot(actions, logits.shape[1]).to(logits.dtype)
    w = returns.detach() - baseline
    return -(w[:, None] * torch.log_softmax(logits, -1) * one_hot).mean()

# %% loss_every_step_with_every_return
# [T] times [T, 1] is [T, T].
# like: policy_iteration
# named: loss_products_of_all
def reinforce_loss(logits, actions, returns, baseline):
    log_prob = F.log_softmax(logits, dim=-1).gather(1, actions.unsqueeze(1))
    return -((returns.detach() - baseline) * log_prob).mean()

# %% loss_standardised
# The weights are divided by their standard deviation.
# named: -
def reinforce_loss(logits, actions, returns, baseline):
    log_pi = torch.log_softmax(logits, dim=1)
    chosen = log_pi[torch.arange(len(actions), device=actions.device), actions]
    weight = (returns - baseline).detach()
    weight = weight / (weight.std(unbiased=False) + 1e-8)
    return -(weight * chosen).mean()

# %% loss_weight_is_the_mean
# The mean weight times the mean cross-entropy.
# like: numpy_where_free
# named: loss_products_of_all
def reinforce_loss(logits, actions, returns, baseline):
    return (returns.detach() - baseline).mean() * F.cross_entropy(logits, actions)

# %% loss_only_better_steps
# Weights below 0 count as 0.
# like: recursion
# named: -
def reinforce_loss(logits, actions, returns, baseline):
    w = (returns - baseline).detach().clamp(min=0)
    return -(w * torch.log_softmax(logits, 1).gather(1, actions[:, None]).squeeze(1)).mean()

# %% loss_baseline_mean
# The mean of the baseline in place of the baseline of each step.
# like: float64_inside
# named: -
def reinforce_loss(logits, actions, returns, baseline):
    b = float(torch.as_tensor(baseline).detach().mean())
    nll = torch.nn.functional.nll_loss(torch.log_softmax(logits, 1), actions, reduction="none")
    return ((returns.detach() - b) * nll).mean()

# %% loss_through_numpy
# No gradient at all.
# like: numpy_where_free
# named: loss_detached
def reinforce_loss(logits, actions, returns, baseline):
    z = _np(logits)
    z = z - z.max(1, keepdims=True)
    lp = z - np.log(np.exp(z).sum(1, keepdims=True))
    b = _np(baseline) if torch.is_tensor(baseline) else baseline
    loss = -((_np(returns) - b) * lp[np.arange(len(z)), _np(actions)]).mean()
    return torch.tensor(loss, dtype=logits.dtype, device=logits.device)

# %% loss_detaches_the_callers_returns
# detach_() on what belongs to the caller.
# like: doubling
# named: -
def reinforce_loss(logits, actions, returns, baseline):
    weight = returns.requires_grad_(False) if returns.is_leaf else returns.detach_()
    log_p = torch.log_softmax(logits, dim=1).gather(1, actions[:, None]).squeeze(1)
    return -((weight - baseline) * log_p).mean()

# %% loss_keeps_an_axis
# A result of shape [1].
# like: lists_of_episodes
# named: -
def reinforce_loss(logits, actions, returns, baseline):
    lp = logits.log_softmax(1).gather(1, actions[:, None])
    return -((returns.detach() - baseline)[:, None] * lp).mean(0)

# %% loss_exponential_overflows
# The softmax by hand, without the maximum.
# like: doubling
# named: loss_overflow
def reinforce_loss(logits, actions, returns, baseline):
    e = torch.exp(logits)
    log_p = torch.log(e / e.sum(dim=1, keepdim=True))
    rows = torch.arange(logits.shape[0], device=logits.device)
    return -torch.mean((returns - baseline).detach() * log_p[rows, actions])
# %% loss_distribution_of_probabilities
# Categorical(probs), as in many examples: probabilities are kept from 0.
# like: sweeps_and_distributions
# named: loss_clamped
def reinforce_loss(logits, actions, returns, baseline):
    m = Categorical(torch.softmax(logits, dim=1))
    return (-m.log_prob(actions) * (returns.detach() - baseline)).mean()
