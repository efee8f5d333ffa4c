"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

#: What several of the edits below replace.
SCALE = " / math.sqrt(q.shape[-1])"
FILL = "scores.masked_fill(~mask, -torch.inf)"
WEIGHTS = "torch.softmax(scores, dim=-1)"
MASKED = "if mask is not None:\n    scores = scores.masked_fill(~mask, -torch.inf)"
SPLIT = "y.reshape(N, T, heads, D // heads).permute(0, 2, 1, 3)"
MERGE = "out.permute(0, 2, 1, 3).reshape(N, T, D)"
VARIANCE = "x.var(dim=-1, correction=0, keepdim=True)"
Q, K, V = "split(x @ Wq.T)", "split(x @ Wk.T)", "split(x @ Wv.T)"
OUT = f"out = attention({Q}, {K}, {V}, mask)"
NORM1 = 'layer_norm(x, p["g1"], p["c1"])'
NORM2 = 'layer_norm(a, p["g2"], p["c2"])'
GELU = "h * (1 + torch.erf(h / math.sqrt(2))) / 2"
WINDOW = "ids[:, -context:]"
LIMIT = "logits.masked_fill(logits < least, -torch.inf)"
PROBABILITIES = "torch.softmax(logits / temperature, dim=1)"
TOTAL = f"{PROBABILITIES}.cumsum(dim=1)"
NEW = "(total <= u[:, step, None]).sum(dim=1)"
#: The largest top_k keep the probabilities that they had; what comes where u is above their sum differs.
NOT_RENORMALIZED = {
    "logits = logits.masked_fill(logits < least, -torch.inf)": "pass",
    ".cumsum(dim=1)": ".mul(logits >= (least if top_k else logits)).cumsum(dim=1)",
}
SHORT = "the probabilities outside the largest top_k become 0, but the others do not add up to 1 again"
SORTED = "the probabilities are added up from the largest one down; add them up in the order of the ids"


def sorted_where(condition: str) -> dict[str, str]:
    """With top_k and without it are two mistakes, so that whoever makes both is told so in both checks."""
    return {
        TOTAL: PROBABILITIES,
        NEW: "(total.cumsum(dim=1) <= u[:, step, None]).sum(dim=1)\n"
        f"if {condition}:\n"
        "    found = total.sort(dim=1, descending=True)\n"
        "    rank = (found.values.cumsum(dim=1) <= u[:, step, None]).sum(dim=1, keepdim=True)\n"
        "    new = found.indices.gather(1, rank)[:, 0]",
    }


# --- attention

attention_unscaled = edit("attention", {SCALE: ""}).says("the scores are not divided by √d")
attention_divided_by_d = edit("attention", {SCALE: " / q.shape[-1]"}).says(
    "the scores are divided by d; it is its root, √d"
)
attention_multiplied = edit("attention", {SCALE: " * math.sqrt(q.shape[-1])"}).says(
    "the scores are multiplied by √d; they are to be divided by it"
)
attention_scaled_by_values = edit("attention", {SCALE: " / math.sqrt(v.shape[-1])"}).says(
    "the scores are divided by √e, from the size of the values; d is that of queries and keys"
)
attention_scaled_by_keys = edit("attention", {SCALE: " / math.sqrt(k.shape[-2])"}).says(
    "the scores are divided by √S, from the number of keys; d is the size of one"
)
attention_over_queries = edit("attention", {WEIGHTS: "torch.softmax(scores, dim=-2)"}).says(
    "the softmax runs over the queries; each query shares out its weights among the keys"
)
attention_over_first_axis = edit("attention", {WEIGHTS: "torch.softmax(scores, dim=0)"}).says(
    "the softmax runs over the first axis; each query shares out its weights among the keys"
)
attention_over_axis_one = edit("attention", {WEIGHTS: "torch.softmax(scores, dim=1)"}).says(
    "the softmax always runs over axis 1, whichever the keys have; each query shares out its weights among the keys"
)
attention_over_all = edit("attention", {WEIGHTS: "torch.softmax(scores.flatten(-2), dim=-1).view_as(scores)"}).says(
    "the softmax runs over all scores together; the weights of each query add up to 1"
)
attention_no_softmax = edit("attention", {WEIGHTS: "scores.masked_fill(scores == -torch.inf, 0)"}).says(
    "the values are weighted with the scores themselves; the softmax is missing"
)
attention_mean = edit("attention", {WEIGHTS: "torch.softmax(scores * 0, dim=-1)"}).says(
    "all keys that a query may attend to get the same weight, whatever their scores"
)
attention_of_keys = edit("attention", {f"{WEIGHTS} @ v": f"{WEIGHTS} @ k"}).says(
    "the weights are those of the keys, but it is the keys that they average; it should be the values"
)
attention_exchanged = edit("attention", {"q @ k.mT": "(k @ q.mT)"}).says(
    "the scores are transposed, k qᵀ: a row for each key; there is one for each query"
)
attention_weights_alone = edit("attention", {f"{WEIGHTS} @ v": WEIGHTS}).says(
    "these are the weights; what they make of the values is asked for"
)
attention_overflow = edit("attention", {WEIGHTS: "scores.exp() / scores.exp().sum(dim=-1, keepdim=True)"}).says(
    "the exponentials of large scores overflow, or all of a row underflow: subtract the largest score of each row first"
)
attention_one_maximum = edit(
    "attention",
    {
        f"return {WEIGHTS} @ v": "e = torch.exp(scores - scores.max()) if scores.numel() else scores\n"
        "return e / e.sum(dim=-1, keepdim=True) @ v"
    },
).says(
    "one maximum is subtracted from all scores, and in a row far below it all exponentials underflow to 0, and 0/0 is "
    "NaN: subtract the largest score of each row"
)
attention_epsilon = edit(
    "attention",
    {
        f"return {WEIGHTS} @ v": "e = torch.exp(scores - scores.amax(dim=-1, keepdim=True))\n"
        "return e / (e.sum(dim=-1, keepdim=True) + 1e-8) @ v"
    },
).says("a small number is added to the sum that the exponentials are divided by; the sum is never 0")
attention_mask_ignored = edit("attention", {MASKED: ""}).says("the mask has no effect")
attention_mask_inverted = edit("attention", {"~mask": "mask"}).says(
    "the mask is read the wrong way round: true says that the query may attend to the key"
)
attention_mask_zero = edit("attention", {"-torch.inf": "0"}).says(
    "the score of a masked key is 0, which still gets weight, exp(0) = 1; its weight must be 0"
)
attention_mask_added = edit("attention", {FILL: "scores + mask"}).says(
    "the mask is added to the scores as a number, so that true only adds 1; what is false must get no weight"
)
attention_mask_after = edit(
    "attention", {MASKED: "", WEIGHTS: "(torch.softmax(scores, dim=-1) * (True if mask is None else mask))"}
).says("weights are set to 0 after the softmax, so that the others no longer add up to 1")
attention_mask_renormalized = edit(
    "attention",
    "scores = q @ k.mT / math.sqrt(q.shape[-1])\nweights = torch.softmax(scores, dim=-1)\n"
    "if mask is not None:\n    weights = weights * mask\n    weights = weights / weights.sum(dim=-1, keepdim=True)\n"
    "return weights @ v",
).says(
    "where a masked score is far above the others, their weights underflow to 0 before the mask comes, and 0/0 is NaN: "
    "the mask belongs before the softmax"
)
attention_mask_too_high = edit("attention", {"-torch.inf": "-1e4"}).says(
    "the score of a masked key is −10,000, and where the other scores are lower still, it gets weight"
)
attention_mask_high = edit("attention", {"-torch.inf": "-1e3"}).says(
    "the score of a masked key is −1,000, and where the other scores are lower still, it gets weight"
)
attention_mask_transposed = edit("attention", {"~mask": "~mask.mT"}).says(
    "the mask is transposed: its rows are the queries, its columns the keys"
)
attention_mask_by_query = edit("attention", {"~mask": "~mask[..., :1]"}).says(
    "a whole row of scores is masked or not, by the first entry of the mask's row; each entry is about one key"
)
attention_always_causal = edit(
    "attention",
    {
        MASKED: "mask = scores.new_ones(scores.shape[-2:]).tril() > 0 if mask is None else mask\n"
        "scores = scores.masked_fill(~mask, -torch.inf)"
    },
).says("without a mask the causal one is used; None masks nothing")
attention_detached = edit("attention", {f"{WEIGHTS} @ v": f"{WEIGHTS}.detach() @ v"}).says(
    "no gradient reaches q and k: the weights have lost their history"
)
attention_weights_detached = edit("attention", {"q @ k.mT": "q @ k.detach().mT"}).says(
    "no gradient reaches k: it has lost its history"
)
attention_query_detached = edit("attention", {"q @ k.mT": "q.detach() @ k.mT"}).says(
    "no gradient reaches q: it has lost its history"
)

# --- causal_mask

mask_strict = edit("causal_mask", {".tril()": ".tril(-1)"}).says(
    "the diagonal is false, so that no token attends to itself, and the first one to nothing"
)
mask_upper = edit("causal_mask", {".tril()": ".triu()"}).says(
    "this is the upper triangle: each token attends to itself and to those after it"
)
mask_inverted = edit("causal_mask", {".tril()": ".triu(1)"}).says(
    "true and false are exchanged: true says that the token may attend"
)
mask_one_further = edit("causal_mask", {".tril()": ".tril(1)"}).says(
    "each token also attends to the next one, which is what it is to predict"
)
mask_full = edit("causal_mask", {".tril()": ""}).says(
    "everything is true: each token attends to those after it as well"
)
mask_diagonal = edit(
    "causal_mask", {"torch.ones(T, T, dtype=torch.bool).tril()": "torch.eye(T, dtype=torch.bool)"}
).says("each token attends to itself alone; those before it count as well")

# --- multi_head

heads_untransposed = edit("multi_head", {"Wq.T": "Wq", "Wk.T": "Wk", "Wv.T": "Wv", "Wo.T": "Wo"}).says(
    "no matrix is transposed: they are W[out, in], so y = x Wᵀ"
)
heads_output_untransposed = edit("multi_head", {"Wo.T": "Wo"}).says(
    "Wo is not transposed: it is W[out, in], so y = x Wᵀ"
)
heads_inputs_untransposed = edit("multi_head", {"Wq.T": "Wq", "Wk.T": "Wk", "Wv.T": "Wv"}).says(
    "Wq, Wk and Wv are not transposed: they are W[out, in], so y = x Wᵀ"
)
heads_without_output = edit("multi_head", {" @ Wo.T": ""}).says("the heads' outputs are not multiplied by Wo")
heads_single = edit("multi_head", {"N, T, D = x.shape": "N, T, D = x.shape\nheads = 1"}).says(
    "there is only one head, of all D columns"
)
heads_each_own_number = edit("multi_head", {"N, T, D = x.shape": "N, T, D = x.shape\nheads = D // heads"}).says(
    "`heads` is taken for the number of columns in a head; it is the number of heads"
)
heads_interleaved = edit(
    "multi_head",
    {
        SPLIT: "y.reshape(N, T, D // heads, heads).permute(0, 3, 1, 2)",
        MERGE: "out.permute(0, 2, 3, 1).reshape(N, T, D)",
    },
).says("the columns of a head lie `heads` apart; consecutive columns form a head")
heads_interleaved_in = edit("multi_head", {SPLIT: "y.reshape(N, T, D // heads, heads).permute(0, 3, 1, 2)"}).says(
    "the columns of a head lie `heads` apart; consecutive columns form a head"
)
heads_reshaped = edit("multi_head", {SPLIT: "y.reshape(N, heads, T, D // heads)"}).says(
    "a reshape alone makes [N, heads, T, D/heads], which mixes tokens and columns: reshape to [N, T, heads, D/heads], "
    "then exchange axes"
)
heads_reshaped_there_and_back = edit(
    "multi_head", {SPLIT: "y.reshape(N, heads, T, D // heads)", MERGE: "out.reshape(N, T, D)"}
).says(
    "a reshape alone makes [N, heads, T, D/heads], which mixes tokens and columns: reshape to [N, T, heads, D/heads], "
    "then exchange axes"
)
heads_merged_by_reshape = edit("multi_head", {MERGE: "out.reshape(N, T, D)"}).says(
    "the heads' outputs are reshaped to [N, T, D] as they lie, which mixes tokens and heads: exchange axes first"
)
heads_over_heads = edit(
    "multi_head", {SPLIT: "y.reshape(N, T, heads, D // heads)", MERGE: "out.reshape(N, T, D)"}
).says("at each token the heads attend to each other; within each head the tokens are to attend to each other")
heads_of_split_x = edit(
    "multi_head",
    "d = x.shape[-1] // heads\nparts = []\nfor h in range(heads):\n    own = slice(h * d, (h + 1) * d)\n"
    "    parts.append(attention(*(x[..., own] @ W[own, own].T for W in (Wq, Wk, Wv)), mask))\n"
    "return torch.cat(parts, dim=-1) @ Wo.T",
).says(
    "each head gets its own columns of x; its queries, keys and values are to come from all of x, and are split after "
    "the multiplication"
)
heads_scaled_by_width = edit("multi_head", {Q: f"({Q} / math.sqrt(heads))"}).says(
    "the scores are divided by √D; in a head it is the root of D/heads"
)
heads_unscaled = edit("multi_head", {Q: f"({Q} * math.sqrt(D // heads))"}).says(
    "the scores are not divided by √(D/heads)"
)
heads_mask_ignored = edit("multi_head", {OUT: f"out = attention({Q}, {K}, {V})"}).says("the mask has no effect")
heads_mask_inverted = edit(
    "multi_head", {OUT: f"out = attention({Q}, {K}, {V}, None if mask is None else ~mask)"}
).says("the mask is read the wrong way round: true says that the token may attend")
heads_always_causal = edit("multi_head", {OUT: f"out = attention({Q}, {K}, {V}, causal_mask(T))"}).says(
    "the mask is always the causal one; the one that is handed in counts, and None masks nothing"
)
heads_exchanged = edit("multi_head", {"Wk.T": "Wv.T", "Wv.T": "Wk.T"}).says(
    "Wk and Wv are exchanged: keys come from Wk, values from Wv"
)
heads_query_and_key = edit("multi_head", {"Wq.T": "Wk.T", "Wk.T": "Wq.T"}).says(
    "Wq and Wk are exchanged: queries come from Wq, keys from Wk"
)
heads_raw_values = edit("multi_head", {V: "split(x)"}).says("the values are x itself; they are x Wvᵀ")

# --- layer_norm

norm_sample_variance = edit("layer_norm", {"correction=0": "correction=1"}).says(
    "the variance is divided by D − 1, as torch.var does unless told otherwise; here it is divided by D"
)
norm_first_axis = edit("layer_norm", {"x.mean(dim=-1": "x.mean(dim=0", "x.var(dim=-1": "x.var(dim=0"}).says(
    "mean and variance run over the first axis; each row of D numbers has its own"
)
norm_all = edit("layer_norm", {"x.mean(dim=-1, keepdim=True)": "x.mean()", VARIANCE: "x.var(correction=0)"}).says(
    "there is one mean and one variance for all of x; each row of D numbers has its own"
)
norm_eps_outside = edit("layer_norm", {"torch.sqrt(variance + eps)": "(torch.sqrt(variance) + eps)"}).says(
    "eps is added to the root; it belongs inside, to the variance"
)
norm_sample_deviation = edit("layer_norm", {"torch.sqrt(variance + eps)": "(x.std(dim=-1, keepdim=True) + eps)"}).says(
    "the variance is divided by D − 1, as torch.std does unless told otherwise, and eps is added to the root; it is "
    "divided by D, and eps belongs inside the root"
)
norm_without_eps = edit("layer_norm", {"variance + eps": "variance"}).says("eps is left out")
norm_fixed_eps = edit("layer_norm", {"variance + eps": "variance + 1e-5"}).says(
    "eps is 1e-5 whatever is handed in; that is only its default"
)
norm_without_mean = edit("layer_norm", {"g * (x - mean)": "g * x"}).says("the mean is not subtracted from x")
norm_by_mean_square = edit("layer_norm", {VARIANCE: "(x**2).mean(dim=-1, keepdim=True)"}).says(
    "the mean of x² takes the place of the variance, the mean of (x − mean)²"
)
norm_rms = edit("layer_norm", {VARIANCE: "(x**2).mean(dim=-1, keepdim=True)", "g * (x - mean)": "g * x"}).says(
    "no mean is subtracted, neither from x nor in the variance"
)
norm_by_variance = edit("layer_norm", {"torch.sqrt(variance + eps)": "(variance + eps)"}).says(
    "x − mean is divided by the variance; it is its root"
)
norm_without_gain = edit("layer_norm", {"g * (x - mean)": "(x - mean)"}).says("the factor g is missing")
norm_without_shift = edit("layer_norm", {" + c": ""}).says("c is not added")

# --- gpt_block: two of these at once are found as such; so many that all pairs can be tried

block_not_causal = edit("gpt_block", {"heads, mask)": "heads, None)"}).says(
    "each token attends to those after it as well; in a GPT it attends to itself and to those before it"
)
block_strict = edit("gpt_block", {"causal_mask(x.shape[1])": "causal_mask(x.shape[1]).mT"}).says(
    "each token attends to itself and to those after it; it should be itself and those before it"
)
block_one_head = edit("gpt_block", {"heads, mask)": "1, mask)"}).says("there is only one head, whatever `heads` is")
block_post_norm = edit(
    "gpt_block",
    {
        NORM1: "x",
        "h = " + NORM2: 'a = layer_norm(a, p["g1"], p["c1"])\nh = a',
        'return a + h @ p["W2"].T + p["d2"]': 'return layer_norm(a + h @ p["W2"].T + p["d2"], p["g2"], p["c2"])',
    },
).says("what is normalized is the sum after each part; here it is the input of each part, and the sum stays as it is")
block_first_not_added = edit("gpt_block", {"a = x + ": "a = "}).says("x is not added to what attention gives")
block_second_not_added = edit("gpt_block", {"return a + ": "return "}).says(
    "a is not added to what the two layers give"
)
block_adds_x_twice = edit("gpt_block", {"return a + ": "return x + "}).says(
    "x is added at the end; it should be a, which has attention's part in it"
)
block_adds_normalized = edit("gpt_block", {"a = x + ": f"a = {NORM1} + "}).says(
    "the normalized x is added to what attention gives; x itself is to be added"
)
block_second_adds_normalized = edit("gpt_block", {"return a + ": f"return {NORM2} + "}).says(
    "the normalized a is added to what the two layers give; a itself is to be added"
)
block_parallel = edit("gpt_block", {NORM2: 'layer_norm(x, p["g2"], p["c2"])'}).says(
    "the two layers get the normalized x; they should get the normalized a"
)
block_first_not_normalized = edit("gpt_block", {NORM1: "x"}).says("what attention gets is not normalized")
block_second_not_normalized = edit("gpt_block", {NORM2: "a"}).says("what the two layers get is not normalized")
block_first_norm_twice = edit("gpt_block", {'p["g2"], p["c2"]': 'p["g1"], p["c1"]'}).says(
    "g1 and c1 are used in both places; the second one has g2 and c2"
)
block_norms_exchanged = edit(
    "gpt_block", {'p["g2"], p["c2"]': 'p["g1"], p["c1"]', 'p["g1"], p["c1"]': 'p["g2"], p["c2"]'}
).says("g1, c1 and g2, c2 are exchanged")
block_tanh_gelu = edit(
    "gpt_block", {GELU: "h * (1 + torch.tanh(math.sqrt(2 / math.pi) * (h + 0.044715 * h**3))) / 2"}
).says("this is the approximation of gelu by tanh, off by up to 0.0005; the one with erf is asked for")
block_sigmoid_gelu = edit("gpt_block", {GELU: "h * torch.sigmoid(1.702 * h)"}).says(
    "this is the approximation of gelu by a sigmoid, off by up to 0.02; the one with erf is asked for"
)
block_silu = edit("gpt_block", {GELU: "h * torch.sigmoid(h)"}).says("h · sigmoid(h) takes the place of gelu")
block_relu = edit("gpt_block", {GELU: "torch.relu(h)"}).says("relu takes the place of gelu")
block_linear = edit("gpt_block", {GELU: "h"}).says("between the two layers there is no gelu")
block_erf_unscaled = edit("gpt_block", {"h / math.sqrt(2)": "h"}).says("erf is taken of h; in gelu it is that of h/√2")
block_gelu_twice_as_large = edit("gpt_block", {"(h / math.sqrt(2))) / 2": "(h / math.sqrt(2)))"}).says(
    "the factor ½ of gelu is missing"
)
block_normal_share = edit("gpt_block", {"h * (1 + ": "(1 + "}).says(
    "this is the factor ½(1 + erf(h/√2)) alone; gelu is h times it"
)
block_without_first_bias = edit("gpt_block", {' + p["d1"]': ""}).says("d1 is not added")
block_without_second_bias = edit("gpt_block", {' + p["d2"]': ""}).says("d2 is not added")

# --- generate

generate_first_logits = edit("generate", {")[:, -1]\n": ")[:, 0]\n"}).says(
    "the logits of the first token are used; those of the last one say what comes next"
)
generate_no_context = edit("generate", {WINDOW: "ids"}).says("the model is shown more than the last `context` ids")
generate_first_ids = edit("generate", {WINDOW: "ids[:, :context]"}).says(
    "the model is shown the first `context` ids; it should be the last ones"
)
generate_prompt_only = edit("generate", {"for step": "given = ids\nfor step", WINDOW: "given[:, -context:]"}).says(
    "in each step the model is shown the ids from before the first; new ones belong to them"
)
generate_last_id = edit("generate", {WINDOW: "ids[:, -1:]"}).says(
    "the model is shown the last id alone; it should be the last `context` ids"
)
generate_one_less = edit("generate", {WINDOW: "ids[:, -max(1, context - 1):]"}).says(
    "the model is shown one id less than `context`"
)
generate_new_alone = edit("generate", {"return ids": "return ids[:, ids.shape[1] - steps :]"}).says(
    "these are the new ids alone; those from before come first"
)
generate_window = edit("generate", {"for step": "ids = ids[:, -context:]\nfor step"}).says(
    "ids from before the last `context` are cut off; the model is not shown them, but they belong to the result"
)
generate_window_each_step = edit(
    "generate", {f"logits = model({WINDOW})": f"ids = {WINDOW}\nlogits = model(ids)"}
).says("ids from before the last `context` are cut off; the model is not shown them, but they belong to the result")
generate_in_front = edit("generate", {"[ids, new[:, None]]": "[new[:, None], ids]"}).says(
    "new ids are put in front; they belong at the end"
)
generate_one_step = edit("generate", {"range(steps)": "range(min(1, steps))"}).says("only one id is appended")
generate_always_largest = edit("generate", {"temperature == 0": "True"}).says(
    "the largest logit is taken at each temperature; above 0, u decides"
)
generate_smallest = edit("generate", {"argmax": "argmin"}).says("at temperature 0 the smallest logit is taken")
generate_zero_divides = edit("generate", {"temperature == 0": "False"}).says(
    "at temperature 0 the logits are divided by 0; take the id of the largest logit instead"
)
generate_zero_draws = edit(
    "generate", {"temperature == 0": "False", "logits / temperature": "logits / (temperature or 1)"}
).says("at temperature 0 ids are chosen as at temperature 1, by u; it is the id of the largest logit")
generate_temperature_ignored = edit("generate", {"logits / temperature": "logits"}).says(
    "the temperature has no effect; the logits are divided by it"
)
generate_temperature_multiplied = edit("generate", {"logits / temperature": "logits * temperature"}).says(
    "the logits are multiplied by the temperature; they are to be divided by it"
)
generate_temperature_after = edit(
    "generate",
    {
        TOTAL: "(torch.softmax(logits, dim=1) / temperature).cumsum(dim=1)",
        NEW: "(total > u[:, step, None]).int().argmax(dim=1)",
    },
).says("the probabilities are divided by the temperature; it is the logits, before the softmax")
generate_softmax_twice = edit("generate", {")[:, -1]\n": ")[:, -1].softmax(dim=1)\n"}).says(
    "there is a softmax before the division by the temperature, and another one after it; divide the logits, and take "
    "one softmax"
)
generate_first_u = edit("generate", {"u[:, step, None]": "u[:, :1]"}).says(
    "each step uses the first column of u; step t uses column t"
)
generate_same_u = edit("generate", {"u[:, step, None]": "u[0, step]"}).says(
    "all sequences use the first row of u; each has its own"
)
generate_next_u = edit("generate", {"u[:, step, None]": "u[:, step - 1, None]"}).says(
    "the columns of u are shifted by one; step t uses column t, counted from 0"
)
generate_from_one = edit("generate", {NEW: f"{NEW} + 1"}).says("each id is one too high")
generate_nearest_below = edit("generate", {NEW: "((total <= u[:, step, None]).sum(dim=1) - 1).clamp(min=0)"}).says(
    "this is the last id whose cumulative probability is not above u; the first one above it is asked for"
)
generate_from_above = edit(
    "generate",
    {
        TOTAL: "torch.softmax(logits / temperature, dim=1).flip(-1).cumsum(dim=1)",
        NEW: "total.shape[-1] - 1 - (total <= u[:, step, None]).sum(dim=1)",
    },
).says("the probabilities are added up from the highest id down; begin with id 0")
generate_sorted = edit("generate", sorted_where("top_k == 0")).says(SORTED)
generate_top_k_sorted = edit("generate", sorted_where("top_k > 0")).says(SORTED)
generate_rank = edit(
    "generate",
    {TOTAL: f"{PROBABILITIES}\ntotal = (total if top_k else total.sort(dim=1, descending=True).values).cumsum(dim=1)"},
).says("these are ranks among the sorted probabilities; ids are asked for")
generate_top_k_ignored = edit("generate", {LIMIT: "logits"}).says("top_k has no effect")
generate_top_k_zero = edit("generate", {LIMIT: "logits.masked_fill(logits < least, 0)"}).says(
    "the logits outside the largest top_k become 0, which still has a probability; they must become −∞"
)
generate_top_k_not_renormalized = edit(
    "generate", NOT_RENORMALIZED | {NEW: "(total > u[:, step, None]).int().argmax(dim=1)"}
).says(SHORT)
generate_top_k_not_renormalized_beyond = edit("generate", NOT_RENORMALIZED).says(SHORT)
generate_top_k_not_renormalized_last = edit(
    "generate", NOT_RENORMALIZED | {NEW: f"{NEW}.clamp(max=total.shape[-1] - 1)"}
).says(SHORT)
generate_top_k_smallest = edit(
    "generate", {LIMIT: "logits.masked_fill(logits > logits.topk(top_k, largest=False).values[:, -1:], -torch.inf)"}
).says("the smallest top_k logits are kept; it should be the largest")
generate_top_k_one_more = edit("generate", {"topk(top_k)": "topk(min(top_k + 1, logits.shape[-1]))"}).says(
    "one id more than top_k can be chosen"
)
generate_top_k_one_less = edit("generate", {"logits < least": "logits <= least"}).says(
    "only top_k − 1 ids can be chosen: the last of the largest top_k counts as well"
)
generate_top_k_of_first = edit("generate", {".values[:, -1:]": ".values[0, -1]"}).says(
    "one bound for all sequences, that of the first; each one has its own largest top_k"
)
generate_top_k_rank = edit("generate", {LIMIT: "logits.topk(top_k).values"}).says(
    "these are ranks among the largest top_k logits; ids are asked for"
)
