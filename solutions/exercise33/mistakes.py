"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

# --- update

update_in_place = edit("update", {"q.clone(), n.clone()": "q, n"}).says(
    "q and n that were handed in are changed; new ones are to be returned, as after clone()"
)
update_by_old_count = edit("update", {"n[a] += 1\n": "", "/ n[a]": "/ n[a]\nn[a] += 1"}).says(
    "r − q is divided by the count without this reward; the divisor is the count with it, which is 1 at first"
)
update_by_old_count_or_one = edit("update", {"/ n[a]": "/ (n[a] - 1).clamp(min=1)"}).says(
    "r − q is divided by the count without this reward, or by 1 where that is 0; the divisor is the count with it"
)
update_one_count_more = edit("update", {"/ n[a]": "/ (n[a] + 1)"}).says(
    "the denominator is one too high; it should be the new n, which is the old one plus 1"
)
update_fixed_step = edit("update", {"/ n[a]": "* 0.1"}).says(
    "q moves by a fixed tenth of r − q; in a mean all rewards weigh the same, so that the share is 1/n"
)
update_half = edit("update", {"/ n[a]": "/ 2"}).says(
    "this is halfway between q and r; the old mean stands for all earlier rewards and weighs more, by their number"
)
update_sum = edit("update", {"(r - q[a]) / n[a]": "r"}).says("r is added to q, as in a sum of rewards; q is their mean")
update_share_added = edit("update", {"(r - q[a])": "r"}).says(
    "this is q + r/n: the old mean keeps its whole weight, and the new one grows without end"
)
update_sum_by_old_count = edit(
    "update", {"q[a] += (r - q[a]) / n[a]": "q[a] = (q[a] * (n[a] - 1) + r) / (n[a] - 1)"}
).says("the sum of all rewards is divided by the count before this one")
update_bracket = edit("update", {"q[a] += (r - q[a]) / n[a]": "q[a] = q[a] * (n[a] - 1) + r / n[a]"}).says(
    "this is q·n + r/(n + 1), where n + 1 divides r alone; the whole sum is to be divided"
)
update_sum_undivided = edit("update", {"q[a] += (r - q[a]) / n[a]": "q[a] = q[a] * (n[a] - 1) + r"}).says(
    "this is q·n + r, the sum of all rewards; their mean is the sum divided by the new count"
)
update_mean_alone_divided = edit("update", {"(r - q[a]) / n[a]": "r - q[a] / n[a]"}).says(
    "this is q + r − q/n, in which only q is divided; r − q as a whole is to be"
)
update_by_all_counts = edit("update", {"/ n[a]": "/ n.sum()"}).says(
    "r − q is divided by the number of all rewards; each arm has its own count"
)
update_sign = edit("update", {"r - q[a]": "q[a] - r"}).says("q moves away from the reward: the sign of r − q is wrong")
update_last_reward = edit("update", {"q[a] += (r - q[a]) / n[a]": "q[a] = r"}).says(
    "q is the last reward alone; the earlier ones are in the mean, too"
)
update_count_stays = edit("update", {"/ n[a]": "/ n[a]\nn[a] -= 1"}).says(
    "q is right, but n comes back as it was; the pulled arm's count goes up by one"
)
update_every_mean = edit("update", {"q[a] += (r - q[a])": "q += (r - q)", "/ n[a]": "/ n"}).says(
    "the mean of every arm moves towards r; only that of arm a does"
)
update_every_mean_alike = edit("update", {"q[a] += (r - q[a])": "q += (r - q)"}).says(
    "the mean of every arm moves towards r, by the share that is arm a's; only that of arm a does"
)
update_every_count = edit("update", {"n[a] += 1": "n += 1"}).says("every arm's count goes up; only that of arm a does")

# --- epsilon_greedy

greedy_inverted = edit("epsilon_greedy", {"u1 < eps": "u1 > eps"}).says(
    "it explores where u1 is above eps, so with the probability 1 − ε; it is to be below"
)
greedy_one_minus_eps = edit("epsilon_greedy", {"u1 < eps": "u1 < 1 - eps"}).says(
    "it explores where u1 < 1 − ε; ε itself is the probability of exploring"
)
greedy_high_end = edit("epsilon_greedy", {"u1 < eps": "u1 > 1 - eps"}).says(
    "it explores where u1 is above 1 − ε: as often as asked, but not where it is asked, which is u1 < ε"
)
greedy_numbers_exchanged = edit("epsilon_greedy", {"u1 < eps": "u2 < eps", "u2 *": "u1 *"}).says(
    "u1 and u2 are exchanged: u1 decides whether to explore, u2 which arm it is"
)
greedy_arm_by_u1 = edit("epsilon_greedy", {"u2 *": "u1 *"}).says(
    "the random arm is taken from u1, which is below ε there, so that the last arms are explored too rarely; take u2"
)
greedy_decided_by_u2 = edit("epsilon_greedy", {"u1 < eps": "u2 < eps"}).says(
    "u2 decides whether to explore, and u1 is not used; it is u1 that decides"
)
greedy_rounded_up = edit("epsilon_greedy", {"int(u2 * len(q))": "int(u2 * len(q)) + 1"}).says(
    "the random arm is one too high, as with ⌈u2·A⌉: arms are counted from 0, and it is ⌊u2·A⌋"
)
greedy_rounded = edit("epsilon_greedy", {"int(u2 * len(q))": "round(u2 * len(q))"}).says(
    "u2·A is rounded to the nearest number, up to A, which is no arm; it is to be rounded down"
)
greedy_rounded_to_last = edit("epsilon_greedy", {"int(u2 * len(q))": "min(round(u2 * len(q)), len(q) - 1)"}).says(
    "u2·A is rounded to the nearest number, so that arm 0 is explored too rarely; it is to be rounded down"
)
greedy_last_never = edit("epsilon_greedy", {"len(q)": "(len(q) - 1)"}).says(
    "the random arm is ⌊u2·(A − 1)⌋, which is never the last one"
)
greedy_among_others = edit(
    "epsilon_greedy",
    {"return int(u2 * len(q))": "arm = int(u2 * (len(q) - 1))\nreturn arm + int(arm >= int(q.argmax()))"},
).says("it explores only among the arms that are not the best; ⌊u2·A⌋ may be the best one, too")
greedy_argmin = edit("epsilon_greedy", {"argmax": "argmin"}).says(
    "where it does not explore, this is the arm with the lowest mean"
)
greedy_absolute = edit("epsilon_greedy", {"q.argmax": "q.abs().argmax"}).says(
    "means are compared without their signs; a mean of −3 is lower than one of 1"
)
greedy_above_zero = edit("epsilon_greedy", {"int(q.argmax())": "int(q.argmax()) if q.max() > 0 else 0"}).says(
    "where all means are negative, this is arm 0, as in a search that begins with 0 as the highest so far"
)
greedy_never_explores = edit("epsilon_greedy", {"u1 < eps": "eps < 0"}).says(
    "it never explores: where u1 < eps the arm is ⌊u2·A⌋, whatever its mean"
)
greedy_always_explores = edit("epsilon_greedy", {"u1 < eps": "eps >= 0"}).says(
    "it always explores: where u1 is not below eps, the arm is the one with the highest mean"
)
greedy_last_of_equal = edit("epsilon_greedy", {"int(q.argmax())": "len(q) - 1 - int(q.flip(0).argmax())"}).says(
    "of arms with the same mean this is the last, as with >=; the first is asked for"
)

# --- ucb1: arms that were never tried

ucb_untried_left_out = edit(
    "ucb1", {"if untried.any():": "if untried.all():", "q + width": "torch.where(untried, -torch.inf, q + width)"}
).says("an arm that was never tried is passed over as long as another one was; it comes first")
ucb_untried_by_mean = edit("ucb1", {"untried.int().argmax()": "torch.where(untried, q, -torch.inf).argmax()"}).says(
    "of several arms that were never tried this is the one with the highest q; the first of them is asked for"
)
ucb_untried_last = edit(
    "ucb1", {"int(untried.int().argmax())": "len(n) - 1 - int(untried.int().flip(0).argmax())"}
).says("of several arms that were never tried this is the last; the first is asked for")
ucb_untried_ignored = edit("ucb1", {"untried.int()": "q"}).says(
    "as long as an arm was never tried, this is the one with the highest q; the untried arm comes first, whatever its q"
)
ucb_one_more = edit("ucb1", {"untried.any()": "False", "/ n)": "/ (n + 1))"}).says(
    "these are the choices by √(2 ln N / (n + 1)): the counts in the denominator are one too high"
)
ucb_at_least_one = edit("ucb1", {"untried.any()": "False", "/ n)": "/ n.clamp(min=1))"}).says(
    "an arm that was never tried is treated as if it had been tried once; it comes first, whatever the others have"
)
ucb_nearly_zero = edit("ucb1", {"untried.any()": "False", "/ n)": "/ (n + 1e-5))"}).says(
    "the bound of an arm that was never tried is finite, as with a small number added to n, so that q, or ln 1 = 0, "
    "still decides; such an arm comes first, whatever these are"
)

# --- ucb1: the bound

ucb_greedy = edit("ucb1", {"q + width": "q"}).says(
    "this is the arm with the highest mean; that few rewards make a mean uncertain does not count"
)
ucb_width_alone = edit("ucb1", {"q + width": "width"}).says(
    "this is the arm that was tried least; the mean is part of the bound"
)
ucb_lower_bound = edit("ucb1", {"q + width": "q - width"}).says(
    "this is the highest lower bound, q − √…; the upper bound is asked for"
)
ucb_without_root = edit("ucb1", {"torch.sqrt": ""}).says("2 ln N / n is added without its square root")
ucb_without_two = edit("ucb1", {"2 * ": ""}).says("these are the choices by √(ln N / n); below the root stands 2 ln N")
ucb_two_outside = edit("ucb1", {"torch.sqrt(2 * ": "2 * torch.sqrt("}).says(
    "these are the choices by 2·√(ln N / n); the 2 belongs below the root"
)
ucb_log2 = edit("ucb1", {"math.log(": "math.log2("}).says(
    "the logarithm is to the base 2; the natural one is asked for"
)
ucb_log10 = edit("ucb1", {"math.log(": "math.log10("}).says(
    "the logarithm is to the base 10; the natural one is asked for"
)
ucb_total_one_more = edit("ucb1", {"n.sum()": "n.sum() + 1"}).says(
    "the logarithm is of N + 1; N is the number of rewards so far"
)
ucb_total_of_arms = edit("ucb1", {"n.sum()": "len(n)"}).says(
    "the logarithm is of the number of arms; N is the number of rewards so far"
)
ucb_all_one_more = edit("ucb1", {"n.sum()": "n.sum() + 1", "/ n)": "/ (n + 1))"}).says(
    "these are the choices by √(2 ln(N + 1) / (n + 1)): N and the counts are one too high"
)
ucb_two_below = edit("ucb1", {"2 * math.log(n.sum()) / n": "math.log(n.sum()) / (2 * n)"}).says(
    "these are the choices by √(ln N / 2n); below the root stands 2 ln N / n"
)
ucb_own_count = edit("ucb1", {"math.log(n.sum())": "n.log()"}).says(
    "the logarithm is of the arm's own count; it is of N, the sum of all counts"
)
ucb_without_log = edit("ucb1", {"math.log(n.sum())": "n.sum()"}).says(
    "the logarithm is missing: below the root is 2N/n"
)
ucb_count_outside = edit(
    "ucb1", {"torch.sqrt(2 * math.log(n.sum()) / n)": "math.sqrt(2 * math.log(n.sum())) / n"}
).says("the count divides the root; it belongs below it, with 2 ln N")
ucb_last_of_equal = edit("ucb1", {"int((q + width).argmax())": "len(q) - 1 - int((q + width).flip(0).argmax())"}).says(
    "of arms with the same bound this is the last, as with >=; the first is asked for"
)

# --- run

run_sees_all = edit(
    "run",
    {
        "q, n = update(q, n, a, rewards[t, a].item())": (
            "for b in range(len(q)):\n    q, n = update(q, n, b, rewards[t, b].item())"
        )
    },
).says("every arm learns from its reward in every step; only the reward of the arm that was pulled is seen")
run_peeks = edit("run", {"epsilon_greedy(q, eps": "epsilon_greedy(rewards[t], eps"}).says(
    "the arm is chosen by the rewards of this very step, which nobody knows before; it is chosen by q"
)
run_best_reward = edit("run", {"rewards[t, a]": "rewards[t].max()"}).says(
    "the reward is the highest of the row, whichever arm was pulled; it is the pulled arm's own"
)
run_numbers_exchanged = edit("run", {"(u1, u2)": "(u2, u1)"}).says(
    "the columns of u are exchanged: u[t, 0] decides whether to explore, u[t, 1] which arm it is"
)
run_same_numbers = edit("run", {"u.tolist()": "u[:1].repeat(len(u), 1).tolist()"}).says(
    "every step uses the first row of u; each step has its own"
)
run_tries_all_first = edit(
    "run", {"a = epsilon_greedy(q, eps, u1, u2)": "a = t\nif t >= len(q):\n    a = epsilon_greedy(q, eps, u1, u2)"}
).says("each arm is pulled once before epsilon-greedy begins; it begins with the first step")
run_count_stays = edit("run", {"q, n = update": "q, _ = update"}).says(
    "q is the last reward of each arm, as where the new n is not kept; it is the mean"
)
run_mean_stays = edit("run", {"q, n = update": "_, n = update"}).says(
    "q stays at zeros, as where the new q is not kept"
)
run_starts_anew = edit("run", {"a = epsilon": "q, n = torch.zeros_like(q), torch.zeros_like(n)\na = epsilon"}).says(
    "every step begins with zeros, and q knows of the last reward only; q and n go on from step to step"
)
run_one_step = edit("run", {"arms.append(a)": "arms.append(a)\nbreak"}).says(
    "there is one step only, as with return inside the loop; there are T"
)
run_last_left_out = edit("run", {"u.tolist()": "u[:-1].tolist()"}).says("the last step is missing: there are T")
run_table_turned = edit("run", {"rewards[t, a]": "rewards[a, t]"}).says(
    "rows and columns of the table are exchanged: rewards[t, a] is what arm a pays in step t"
)
run_from_ones = edit("run", {"rewards.new_zeros(": "rewards.new_ones("}).says("the means begin at 1; they begin at 0")
run_counts_from_one = edit("run", {"torch.zeros_like(q": "torch.ones_like(q"}).says(
    "the counts begin at 1, so that the 0 at the beginning counts as a reward; they begin at 0"
)
run_eps_shrinks = edit("run", {"(q, eps, ": "(q, eps / (t + 1), "}).says(
    "eps gets smaller from step to step, as eps/t; it stays the same"
)
run_by_steps = edit(
    "run",
    {
        "q, n = update(q, n, a, rewards[t, a].item())": (
            "q = q.clone()\nq[a] += (rewards[t, a].item() - q[a]) / (t + 1)"
        )
    },
).says("r − q is divided by the number of all steps so far; each arm has its own count")
run_fixed_step = edit(
    "run",
    {"q, n = update(q, n, a, rewards[t, a].item())": ("q = q.clone()\nq[a] += 0.1 * (rewards[t, a].item() - q[a])")},
).says("q moves by a fixed tenth of r − q; in a mean all rewards weigh the same, so that the share is 1/n")
run_means_before = edit(
    "run", {"a = epsilon": "before = q\na = epsilon", "device), q": "device), before if arms else q"}
).says("q is as it was before the last step; its reward is to be in it")
run_sums = edit(
    "run", {"q, n = update(q, n, a, rewards[t, a].item())": "q = q.clone()\nq[a] += rewards[t, a].item()"}
).says("q is the sum of an arm's rewards; it is their mean")
run_last_of_equal = edit(
    "run",
    {"epsilon_greedy(q, eps, u1, u2)": ("int(u2 * len(q)) if u1 < eps else len(q) - 1 - int(q.flip(0).argmax())")},
).says("of arms with the same mean the last is pulled; the first is asked for")

# --- linucb

linucb_greedy = edit("linucb", {" + alpha * torch.sqrt(z @ x)": ""}).says(
    "this is the arm with the highest θ·x: how uncertain that is does not count, or counts the same for all arms"
)
linucb_width_alone = edit("linucb", {"theta @ x + ": ""}).says(
    "this is the most uncertain arm; the expected reward θ·x is part of the bound"
)
linucb_without_alpha = edit("linucb", {"alpha * ": ""}).says("the root is added without the factor α")
linucb_lower_bound = edit("linucb", {"+ alpha": "- alpha"}).says(
    "this is the highest lower bound, θ·x − α√…; the upper bound is asked for"
)
linucb_without_root = edit("linucb", {"torch.sqrt(z @ x)": "(z @ x)"}).says("xᵀM⁻¹x is added without its square root")
linucb_alpha_in_root = edit("linucb", {"alpha * torch.sqrt(z @ x)": "torch.sqrt(alpha * (z @ x))"}).says(
    "α is below the root; it stands before it"
)
linucb_theta_is_v = edit("linucb", {"torch.linalg.solve(M, v)": "v"}).says(
    "the expected reward is v·x; θ is M⁻¹v, not v"
)
linucb_theta_by_M = edit("linucb", {"torch.linalg.solve(M, v)": "(M @ v[:, :, None])[:, :, 0]"}).says(
    "θ is M·v here; it is M⁻¹v"
)
linucb_width_by_M = edit("linucb", {"torch.linalg.solve(M, x)": "M @ x"}).says(
    "below the root is xᵀMx; it is xᵀM⁻¹x, which gets smaller as an arm learns"
)
linucb_by_M = edit(
    "linucb", {"torch.linalg.solve(M, v)": "(M @ v[:, :, None])[:, :, 0]", "torch.linalg.solve(M, x)": "M @ x"}
).says("M stands where its inverse belongs, in θ and below the root")
linucb_without_inverse = edit("linucb", {"torch.linalg.solve(M, v)": "v", "torch.linalg.solve(M, x)": "M @ x"}).says(
    "the inverse of M is missing: θ is M⁻¹v, not v, and below the root is xᵀM⁻¹x, not xᵀMx"
)
linucb_diagonal = edit(
    "linucb",
    {
        "torch.linalg.solve(M, v)": "v / M.diagonal(dim1=1, dim2=2)",
        "torch.linalg.solve(M, x)": "x / M.diagonal(dim1=1, dim2=2)",
    },
).says("only the diagonal of M counts here; the other entries do as well")
linucb_penalty_again = edit(
    "linucb", {"theta =": "M = M + torch.eye(len(x), dtype=M.dtype, device=M.device)\ntheta ="}
).says("the identity is added to M, which has it already: M is I at first")
linucb_norm = edit("linucb", {"torch.sqrt(z @ x)": "z.norm(dim=1)"}).says(
    "the width is the length of M⁻¹x; it is the root of x·(M⁻¹x)"
)
linucb_first_M = edit(
    "linucb",
    {
        "torch.linalg.solve(M, v)": "torch.linalg.solve(M[:1], v[:, :, None])[:, :, 0]",
        "torch.linalg.solve(M, x)": "torch.linalg.solve(M[0], x).expand_as(v)",
    },
).says("the M of arm 0 is used for all arms; each has its own")
linucb_last_of_equal = edit(
    "linucb",
    {
        "int((theta @ x + alpha * torch.sqrt(z @ x)).argmax())": (
            "len(v) - 1 - int((theta @ x + alpha * torch.sqrt(z @ x)).flip(0).argmax())"
        )
    },
).says("of arms with the same bound this is the last, as with >=; the first is asked for")

# --- linucb_update

learned_in_place = edit("linucb_update", {"M.clone(), v.clone()": "M, v"}).says(
    "M and v that were handed in are changed; new ones are to be returned, as after clone()"
)
learned_by_all = edit("linucb_update", {"M[a] +=": "M +=", "v[a] +=": "v +="}).says(
    "M and v of every arm change; only those of arm a do"
)
learned_by_all_M = edit("linucb_update", {"M[a] +=": "M +="}).says("M of every arm changes; only that of arm a does")
learned_by_all_v = edit("linucb_update", {"v[a] +=": "v +="}).says("v of every arm changes; only that of arm a does")
learned_without_reward = edit("linucb_update", {"r * x": "x"}).says("the reward is missing in v: r·x is added")
learned_reward_alone = edit("linucb_update", {"r * x": "r"}).says("r alone is added to every entry of v; it is r·x")
learned_reward_in_M = edit("linucb_update", {"torch.outer(x, x)": "r * torch.outer(x, x)"}).says(
    "the reward is in M, too; M counts situations only, and v their rewards"
)
learned_squares = edit("linucb_update", {"torch.outer(x, x)": "torch.diag(x * x)"}).says(
    "only the diagonal of M changes; xxᵀ is a whole matrix of products"
)
learned_broadcast = edit("linucb_update", {"torch.outer(x, x)": "x * x"}).says(
    "the squares of x are added to every row of M, as with x * x; xxᵀ has the product of x's entries i and j at [i, j]"
)
learned_inner = edit("linucb_update", {"torch.outer(x, x)": "x @ x"}).says(
    "one number, x·x, is added to all of M, as with x @ x; xxᵀ is a matrix of products"
)
learned_M_stays = edit("linucb_update", {"M[a] += torch.outer(x, x)\n": ""}).says("M stays as it was; xxᵀ is added")
learned_v_stays = edit("linucb_update", {"v[a] += r * x\n": ""}).says("v stays as it was; r·x is added")
learned_subtracted = edit("linucb_update", {"M[a] +=": "M[a] -="}).says("xxᵀ is subtracted from M; it is added")
learned_penalty_again = edit(
    "linucb_update", {"torch.outer(x, x)": "torch.outer(x, x) + torch.eye(len(x), dtype=M.dtype, device=M.device)"}
).says("the identity is added with every reward; it is in M from the beginning, and only xxᵀ is added")
learned_as_inverse = edit(
    "linucb_update", {"torch.outer(x, x)": "-torch.outer(M[a] @ x, M[a] @ x) / (1 + x @ M[a] @ x)"}
).says(
    "M changes as if it were the inverse (by the formula of Sherman and Morrison); M is not inverted, and xxᵀ is added"
)
learned_theta = edit("linucb_update", {"v[a] += r * x": "v[a] = torch.linalg.solve(M[a], v[a] + r * x)"}).says(
    "θ is returned in the place of v; v is the sum of all r·x, and θ = M⁻¹v is only computed from it"
)
learned_error = edit(
    "linucb_update",
    {
        "M[a] += torch.outer(x, x)\n": "",
        "v[a] += r * x": "v[a] += (r - torch.linalg.solve(M[a], v[a]) @ x) * x\nM[a] += torch.outer(x, x)",
    },
).says("r − θ·x, the error of the prediction, is multiplied by x; the reward itself is, as r·x")
learned_replaced = edit("linucb_update", {"M[a] +=": "M[a] =", "v[a] +=": "v[a] ="}).says(
    "M and v of the arm are replaced by xxᵀ and r·x; these are added to what is there"
)
learned_replaced_M = edit("linucb_update", {"M[a] +=": "M[a] ="}).says(
    "M of the arm is replaced by xxᵀ; it is added to what is there"
)
learned_replaced_v = edit("linucb_update", {"v[a] +=": "v[a] ="}).says(
    "v of the arm is replaced by r·x; it is added to what is there"
)
