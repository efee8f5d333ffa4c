"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

#: What several of the edits below replace.
MASKED = "V.masked_fill(end, 0)"
NEXT = "P @ V.masked_fill(end, 0)"
BACKUP = "bellman_backup(V, P, R, end, gamma)"
SOLVE = "return torch.linalg.solve(torch.eye(len(R)).to(R) - gamma * moves, rewards)"
STEP = "G[t] = r[t] + gamma * after\nafter = G[t]"
CUT = "if done[t]:\n    after = 0.0"
LOG_P = "torch.log_softmax(logits, dim=1).gather(1, actions[:, None])[:, 0]"
CHOSEN = "torch.softmax(logits, dim=1).gather(1, actions[:, None])[:, 0].log()"
LOSS = "return -(advantage * log_p).mean()"

# --- bellman_backup

backup_undiscounted = edit("bellman_backup", {"gamma * after": "after"}).says(
    "gamma is missing: what comes after a step counts gamma times"
)
backup_discounts_reward = edit("bellman_backup", {"R + gamma * after": "gamma * (R + after)"}).says(
    "the reward of the step is discounted, too; only what comes after it is"
)
backup_reward_alone = edit("bellman_backup", {" + gamma * after": ""}).says(
    "this is the reward alone; what the next states are worth is missing"
)
backup_without_reward = edit("bellman_backup", {"R + gamma": "gamma"}).says("the reward R is missing")
backup_value_of_end = edit("bellman_backup", {MASKED: "V"}).says(
    "V at end states counts where they are reached; it is to count as 0"
)
backup_row_of_end = edit("bellman_backup", {".masked_fill(end[:, None], 0)": ""}).says(
    "the rows of end states are not 0: nothing is earned from there"
)
backup_end_of_this_state = edit("bellman_backup", "return R + gamma * (P @ V) * (~end[:, None]).to(R)").says(
    "what comes next is dropped where the state itself is an end; it is V of the next states that must count as 0 at "
    "ends, and in an end state the reward is dropped as well"
)
backup_reward_of_last_move = edit("bellman_backup", {"R + gamma": "R * (P @ (~end).to(R)) + gamma"}).says(
    "the reward of a move into an end state is dropped: it is earned before the episode is over, and counts"
)
backup_likeliest = edit("bellman_backup", {NEXT: "V.masked_fill(end, 0)[P.argmax(dim=2)]"}).says(
    "only the likeliest next state counts; all of them do, each by its probability"
)
backup_best_next = edit(
    "bellman_backup", {NEXT: "torch.where(P > 0, V.masked_fill(end, 0), -torch.inf).amax(dim=2)"}
).says("the best of the next states counts, as if it could be chosen; chance decides, so take the mean")
backup_divided = edit("bellman_backup", {NEXT: "(P * V.masked_fill(end, 0)).mean(dim=2)"}).says(
    "what comes after is divided by the number of states: the probabilities are the weights of the mean already"
)
backup_backwards = edit("bellman_backup", {NEXT: 'torch.einsum("tas,t->sa", P, V.masked_fill(end, 0))'}).says(
    "P is read backwards, from the next state to this one: P[s, a] holds where action a leads from s"
)
backup_own_value = edit("bellman_backup", {NEXT: "V.masked_fill(end, 0)[:, None]"}).says(
    "V of the state itself counts in place of the mean over the next states"
)
backup_best_action = edit(
    "bellman_backup", {".masked_fill(end[:, None], 0)": ".masked_fill(end[:, None], 0).amax(dim=1)"}
).says("this is the largest number of each state; one for each action is asked for")
backup_changes_V = edit("bellman_backup", {"V.masked_fill(": "V.masked_fill_("}).says(
    "V itself is changed at the end states; make a new tensor"
)

# --- value_iteration

iteration_one_sweep = edit("value_iteration", {"range(500)": "range(1)"}).says(
    "V is that of a single sweep, the best reward of one step: is the return inside the loop, or is the V before the "
    "sweep the same tensor as the V after it?"
)
iteration_without_absolute = edit("value_iteration", {"torch.dist(V, before, p=torch.inf)": "(V - before).max()"}).says(
    "the sweeps end as soon as no value rises by more than tol, while others still fall: take the absolute change"
)
iteration_without_absolute_in_place = edit(
    "value_iteration",
    "V = torch.zeros_like(R[:, 0])\nfor _ in range(500):\n    before = V.clone()\n"
    "    for s in range(len(V)):\n"
    "        V[s] = bellman_backup(V, P, R, end, gamma)[s].max()\n"
    "    if (V - before).max() <= tol:\n        break\n"
    "return V, bellman_backup(V, P, R, end, gamma).argmax(dim=1)",
).says("the sweeps end as soon as no value rises by more than tol, while others still fall: take the absolute change")
iteration_any_settled = edit(
    "value_iteration", {"torch.dist(V, before, p=torch.inf)": "(V - before).abs().min()"}
).says("the sweeps end as soon as one value has settled; all of them have to")
iteration_hundred_sweeps = edit("value_iteration", {"range(500)": "range(100)"}).says(
    "V is that of a hundred sweeps; how many are needed depends on tol and gamma"
)
iteration_mean_action = edit("value_iteration", {"Q.amax(dim=1)": "Q.mean(dim=1)"}).says(
    "the actions of a state are averaged; the best one counts"
)
iteration_worst_action = edit("value_iteration", {"Q.amax(dim=1)": "Q.amin(dim=1)"}).says(
    "V is that of the worst action of each state; the best one counts"
)
iteration_never_negative = edit("value_iteration", {"Q.amax(dim=1)": "Q.amax(dim=1).clamp(min=0)"}).says(
    "values below 0 have become 0: does the search for the largest number begin with 0?"
)
iteration_ignores_ends = edit("value_iteration", {BACKUP: "bellman_backup(V, P, R, end & False, gamma)"}).says(
    "end states are treated like any other state: they have a value, and it counts where they are reached"
)
iteration_ends_count = edit(
    "value_iteration",
    {BACKUP: "bellman_backup(V, P, R, end & False, gamma)", "return V,": "return V.masked_fill(end, 0),"},
).says("V is 0 at end states, but what could be earned from them counts where they are reached")
iteration_ends_earn = edit("value_iteration", {BACKUP: f"R + gamma * ({NEXT})"}).says(
    "V is not 0 at end states, though it counts as 0 where they are reached"
)
iteration_ends_earn_once = edit("value_iteration", {BACKUP: "R + gamma * (P @ V) * (~end[:, None]).to(R)"}).says(
    "an end state is worth its own reward, here and where it is reached; it is worth 0"
)
iteration_likeliest = edit(
    "value_iteration", {BACKUP: "(R + gamma * V[P.argmax(dim=2)]).masked_fill(end[:, None], 0)"}
).says("only the likeliest next state counts; all of them do, each by its probability")
iteration_action_by_reward = edit("value_iteration", {"return V, Q": "return V, R"}).says(
    "the action with the largest reward is taken; what comes after it counts as well"
)
iteration_action_by_next = edit("value_iteration", {"return V, Q": "return V, (Q - R)"}).says(
    "the action that leads to the largest values is taken; its own reward counts as well"
)
iteration_smallest_action = edit("value_iteration", {"Q.argmax": "Q.argmin"}).says("these are the worst actions")
iteration_actions_from_one = edit("value_iteration", {"Q.argmax(dim=1)": "Q.argmax(dim=1) + 1"}).says(
    "actions are numbered from 1; they count from 0"
)
iteration_exchanged = edit("value_iteration", {"return V, Q.argmax(dim=1)": "return Q.argmax(dim=1), V"}).says(
    "the two results are exchanged: V comes first, then the actions"
)

# --- policy_evaluation

evaluation_best = edit(
    "policy_evaluation",
    "V = torch.zeros_like(R[:, 0])\nfor _ in range(500):\n"
    "    V = bellman_backup(V, P, R, end, gamma).amax(dim=1)\nreturn V",
).says("this is the value of the best policy; that of pi is asked for")
evaluation_mean_action = edit(
    "policy_evaluation", {"pi = pi": "pi = torch.full_like(pi, 1 / pi.shape[1])\npi = pi"}
).says("all actions count alike, whatever pi is")
evaluation_likeliest_action = edit(
    "policy_evaluation", {"pi = pi": "pi = torch.eye(pi.shape[1]).to(pi)[pi.argmax(dim=1)]\npi = pi"}
).says("only the likeliest action of pi counts; all of them do, each by its probability")
evaluation_mean_reward = edit("policy_evaluation", {"(pi * R).sum(dim=1)": "R.mean(dim=1).masked_fill(end, 0)"}).says(
    "the rewards of all actions count alike, whatever pi is; the moves are weighted with pi"
)
evaluation_divided = edit(
    "policy_evaluation", {"pi = pi.masked_fill(end[:, None], 0)": "pi = pi.masked_fill(end[:, None], 0) / pi.shape[1]"}
).says("the sum over the actions is divided by their number: pi holds the weights of the mean already")
evaluation_one_step = edit("policy_evaluation", {"gamma * moves": "0 * moves"}).says(
    "these are the rewards of one step: what comes after it is missing"
)
evaluation_two_steps = edit("policy_evaluation", {SOLVE: "return rewards + gamma * moves @ rewards"}).says(
    "this counts two steps; go on until nothing changes any more, or solve the system"
)
evaluation_ten_sweeps = edit(
    "policy_evaluation", {SOLVE: "V = 0 * rewards\nfor _ in range(10):\n    V = rewards + gamma * moves @ V\nreturn V"}
).says("V is that of ten sweeps; go on until nothing changes any more, or solve the system")
evaluation_fifty_sweeps = edit(
    "policy_evaluation", {SOLVE: "V = 0 * rewards\nfor _ in range(50):\n    V = rewards + gamma * moves @ V\nreturn V"}
).says("V is that of fifty sweeps; go on until nothing changes any more, or solve the system")
evaluation_hundred_sweeps = edit(
    "policy_evaluation", {SOLVE: "V = 0 * rewards\nfor _ in range(100):\n    V = rewards + gamma * moves @ V\nreturn V"}
).says("V is that of a hundred sweeps; go on until nothing changes any more, or solve the system")
evaluation_without_absolute = edit(
    "policy_evaluation",
    {
        SOLVE: "V = 0 * rewards\nfor _ in range(2000):\n    before, V = V, rewards + gamma * moves @ V\n"
        "    if (V - before).max() <= 1e-12:\n        break\nreturn V"
    },
).says("the sweeps end as soon as no value rises, while others still fall: take the absolute change")
evaluation_undiscounted = edit("policy_evaluation", {"gamma * moves": "moves"}).says(
    "gamma is missing: what comes after a step counts gamma times"
)
evaluation_plus = edit("policy_evaluation", {"- gamma * moves": "+ gamma * moves"}).says(
    "what comes after has the wrong sign, as in (I + gamma · moves) V = rewards: on that side it is subtracted"
)
evaluation_discounts_reward = edit("policy_evaluation", {" * moves, rewards)": " * moves, gamma * rewards)"}).says(
    "the first reward is discounted, too: all values are gamma times what they should be"
)
evaluation_ignores_ends = edit("policy_evaluation", {"pi = pi.masked_fill(end[:, None], 0)": ""}).says(
    "end states are treated like any other state: they have a value, and it counts where they are reached"
)
evaluation_ends_count = edit(
    "policy_evaluation", {"pi = pi.masked_fill(end[:, None], 0)": "", SOLVE: f"{SOLVE}.masked_fill(end, 0)"}
).says("V is 0 at end states, but what could be earned from them counts where they are reached")
evaluation_ends_earn = edit(
    "policy_evaluation", {"pi = pi.masked_fill(end[:, None], 0)": "", SOLVE: f"moves = moves * (~end).to(R)\n{SOLVE}"}
).says("V is not 0 at end states, though it counts as 0 where they are reached")
evaluation_ends_earn_once = edit(
    "policy_evaluation",
    {"pi = pi.masked_fill(end[:, None], 0)": "", SOLVE: f"moves = moves * (~end[:, None]).to(R)\n{SOLVE}"},
).says("an end state is worth its own reward, here and where it is reached; it is worth 0")
evaluation_backwards = edit("policy_evaluation", {"sa,sat->st": "sa,sat->ts"}).says(
    "the moves are transposed: a row belongs to the state that is left, a column to the one that is reached"
)

# --- discounted_returns

returns_forwards = edit("discounted_returns", {"reversed(range(len(r)))": "range(len(r))"}).says(
    "this adds up what came before each step; a return is what comes after it"
)
returns_forwards_by_episode = edit(
    "discounted_returns",
    "G, before = torch.empty_like(r), 0.0\nfor t in range(len(r)):\n    G[t] = r[t] + gamma * before\n"
    "    before = 0.0 if done[t] else G[t]\nreturn G",
).says("this adds up what came before each step; a return is what comes after it")
returns_uncut = edit("discounted_returns", {"if done[t]": "if False"}).says(
    "rewards of later episodes count: nothing may be carried over where done is true"
)
returns_cut_early = edit(
    "discounted_returns", {f"{CUT}\n{STEP}": "G[t] = r[t] + gamma * after\nafter = 0.0 if done[t] else G[t]"}
).says(
    "the cut is one step off: the last step of an episode takes from the next one, and the steps before it do not see "
    "its reward"
)
returns_last_reward_lost = edit("discounted_returns", {CUT: "if done[t]:\n    G[t] = after = 0.0\n    continue"}).says(
    "the reward of an episode's last step is lost; it counts, what comes after it does not"
)
returns_undiscounted = edit("discounted_returns", {"gamma * after": "after"}).says(
    "the rewards are added up without gamma"
)
returns_discounted_by_time = edit("discounted_returns", {STEP: "G[t] = after = gamma**t * r[t] + after"}).says(
    "rewards are discounted from the first step of all; from step t on, r[t] itself counts in full"
)
returns_discount_own = edit("discounted_returns", {"r[t] + gamma * after": "gamma * (r[t] + after)"}).says(
    "the step's own reward is discounted, too; only what comes after it is"
)
returns_discount_twice = edit("discounted_returns", {"gamma * after": "gamma**2 * after"}).says(
    "each step further on counts gamma² times what the one before it counts; it is gamma times"
)
returns_without_own = edit(
    "discounted_returns", {"after = G[t]": "after, G[t] = r[t] + gamma * after, gamma * after"}
).says("the step's own reward is missing from its return")
returns_two_steps = edit(
    "discounted_returns",
    "G = r.clone()\nfor t in range(len(r) - 1):\n    if not done[t]:\n        G[t] += gamma * r[t + 1]\nreturn G",
).says("this counts the next reward, but none of those after it")
returns_unfinished_lost = edit(
    "discounted_returns",
    {"return G": "unfinished = done.flip(0).cumsum(0).flip(0) == 0\nreturn G.masked_fill(unfinished, 0)"},
).says("the steps after the last done have no return; an episode that is unfinished counts as far as it goes")
returns_reversed = edit("discounted_returns", {"return G": "return G.flip(0)"}).says(
    "the returns stand in reversed order: the first one belongs to the first step"
)
returns_of_the_whole = edit(
    "discounted_returns",
    {
        "return G": "first = 0\nfor t in range(len(r)):\n    G[t] = G[first]\n"
        "    first = t + 1 if done[t] else first\nreturn G"
    },
).says("every step has the return of its episode's first step; rewards from before a step are not in its return")
returns_normalised = edit("discounted_returns", {"return G": "return (G - G.mean()) / (G.std() + 1e-8)"}).says(
    "mean and scale are taken out of the returns; the returns themselves are asked for"
)
returns_by_powers = edit(
    "discounted_returns",
    "powers = gamma ** torch.arange(len(r), dtype=r.dtype, device=r.device)\nsums = torch.zeros_like(r)\n"
    "carried = 0.0\nfor t in reversed(range(len(r))):\n    carried = powers[t] * r[t] + (0.0 if done[t] else carried)\n"
    "    sums[t] = carried\nreturn sums / powers",
).says("a power of gamma has underflowed to 0, and something is divided by it; go backwards, from step to step")
returns_by_powers_of_episode = edit(
    "discounted_returns",
    "sums, powers, first = torch.zeros_like(r), torch.ones_like(r), 0\n"
    "for t in range(len(r)):\n"
    "    powers[t] = gamma ** (t - first)\n"
    "    if done[t]:\n        first = t + 1\n"
    "carried = 0.0\n"
    "for t in reversed(range(len(r))):\n"
    "    carried = powers[t] * r[t] + (0.0 if done[t] else carried)\n    sums[t] = carried\nreturn sums / powers",
).says("a power of gamma has underflowed to 0, and something is divided by it; go backwards, from step to step")

# --- reinforce_loss

loss_sign = edit("reinforce_loss", {"return -": "return "}).says(
    "the sign is wrong: descent on this would make good actions rarer"
)
loss_sum = edit("reinforce_loss", {"mean()": "sum()"}).says("this is the sum over the steps; the mean is asked for")
loss_without_baseline = edit("reinforce_loss", {"(returns - baseline)": "returns"}).says("the baseline is left out")
loss_baseline_added = edit("reinforce_loss", {"returns - baseline": "returns + baseline"}).says(
    "the baseline is added; it is to be subtracted from the returns"
)
loss_products_of_all = edit("reinforce_loss", {LOSS: "return -(advantage.mean() * log_p.mean())"}).says(
    "every log-probability is multiplied by every G − b, as by [T, 1] times [T]; each step has its own"
)
loss_total = edit("reinforce_loss", {LOSS: "return -(advantage.sum() * log_p.mean())"}).says(
    "every log-probability is multiplied by the sum of all G − b; each step has its own"
)
loss_probability = edit("reinforce_loss", {"log_softmax": "softmax"}).says(
    "the probability of the action is there, but its logarithm is missing"
)
loss_logits = edit("reinforce_loss", {"torch.log_softmax(logits, dim=1)": "logits"}).says(
    "the logit of the action is taken as it is; log π is its log-softmax"
)
loss_softmax_twice = edit("reinforce_loss", {"log_softmax(logits": "log_softmax(torch.softmax(logits, dim=1)"}).says(
    "the softmax is applied twice"
)
loss_over_steps = edit("reinforce_loss", {"dim=1)": "dim=0)"}).says(
    "the softmax is over the steps; it must be over the actions"
)
loss_log_of_softmax = edit("reinforce_loss", {"log_softmax(logits, dim=1)": "softmax(logits, dim=1).log()"}).says(
    "the probability of the action has underflowed to 0, and its logarithm is −inf"
)
loss_log_of_chosen = edit("reinforce_loss", {LOG_P: CHOSEN}).says(
    "the probability of the action has underflowed to 0, and its logarithm is −inf"
)
loss_overflow = edit(
    "reinforce_loss",
    {"torch.log_softmax(logits, dim=1)": "(logits.exp() / logits.exp().sum(dim=1, keepdim=True)).log()"},
).says("the exponential of a large logit overflows, and ∞/∞ is NaN")
loss_clamped = edit(
    "reinforce_loss", {LOG_P: "torch.distributions.Categorical(torch.softmax(logits, dim=1)).log_prob(actions)"}
).says(
    "the probability of the action is kept from 0 before the logarithm is taken, as Categorical(probs=…) does: a "
    "logarithm of −1000 becomes −36"
)
loss_epsilon = edit("reinforce_loss", {"log_softmax(logits, dim=1)": "softmax(logits, dim=1).add(1e-8).log()"}).says(
    "a small number is added to the probability before the logarithm is taken"
)
loss_all_actions = edit(
    "reinforce_loss", {LOG_P: "torch.log_softmax(logits, dim=1)", ".detach()": ".detach()[:, None]"}
).says("the log-probabilities of all actions are averaged; that of the action taken counts")
loss_actions_of_all_steps = edit(
    "reinforce_loss", {LOG_P: "torch.log_softmax(logits, dim=1)[:, actions]", ".detach()": ".detach()[:, None]"}
).says("each step counts the actions of all steps, as by [:, actions]; it is to count its own")
loss_actions_of_all_steps_by_column = edit(
    "reinforce_loss", {LOG_P: "torch.log_softmax(logits, dim=1)[:, actions]"}
).says("each step counts the actions of all steps, as by [:, actions]; it is to count its own")
loss_indices_exchanged = edit(
    "reinforce_loss", {LOG_P: "torch.log_softmax(logits, dim=1)[actions, torch.arange(len(actions))]"}
).says("the two indices are exchanged: the step comes first, then its action")
loss_over_everything = edit("reinforce_loss", {"mean()": "mean() / logits.shape[1]"}).says(
    "the sum is divided by T·A; one term per step has been added, so divide by T"
)
loss_scaled = edit(
    "reinforce_loss", {LOSS: f"advantage = (advantage - advantage.mean()) / (advantage.std() + 1e-8)\n{LOSS}"}
).says("mean and scale are taken out of G − b; it counts as it is")
loss_squared = edit("reinforce_loss", {"(advantage *": "(advantage**2 *"}).says(
    "G − b is squared, and has lost its sign: an action worse than the baseline is to become rarer"
)
loss_detached = edit("reinforce_loss", {"(logits, dim=1)": "(logits.detach(), dim=1)"}).says(
    "no gradient arrives at the logits: their history is lost on the way"
)
loss_trains_returns = edit("reinforce_loss", {".detach()": ""}).says(
    "a gradient goes to the returns as well: whatever predicts them would be trained by this loss"
)
