# %% generate_context_ignored
# The model gets all ids.
# named: generate_no_context
def generate(model, ids, steps, temperature, top_k, context, u):
    for t in range(steps):
        logits = model(ids)[:, -1]
        if temperature == 0:
            new = logits.argmax(dim=-1, keepdim=True)
        else:
            logits = logits / temperature
            if top_k > 0:
                smallest = torch.topk(logits, top_k).values[:, -1:]
                logits = logits.masked_fill(logits < smallest, float("-inf"))
            cumulative = torch.softmax(logits, dim=-1).cumsum(dim=-1)
            new = (cumulative <= u[:, t : t + 1]).sum(dim=-1, keepdim=True)
        ids = torch.cat([ids, new], dim=1)
    return ids

# %% generate_first_ids
# The first context ids, not the last.
# like: classes
# named: generate_first_ids
def generate(model, ids, steps, temperature, top_k, context, u):
    sampler = Sampler(temperature, top_k)
    for t in range(steps):
        logits = model(ids[:, :context])[:, -1]
        ids = torch.cat([ids, sampler.choose(logits, u[:, t]).unsqueeze(1)], dim=1)
    return ids

# %% generate_ids_forgotten
# The ids no longer shown are cut off for good.
# like: classes
# named: generate_window, generate_window_each_step
def generate(model, ids, steps, temperature, top_k, context, u):
    sampler = Sampler(temperature, top_k)
    for t in range(steps):
        ids = ids[:, -context:]
        logits = model(ids)[:, -1]
        ids = torch.cat([ids, sampler.choose(logits, u[:, t]).unsqueeze(1)], dim=1)
    return ids

# %% generate_new_only
# Returns the new ids without the old.
# like: doubles_inside
# named: generate_new_alone
def generate(model, ids, steps, temperature, top_k, context, u):
    new = []
    for t in range(steps):
        window = torch.cat([ids, *new], 1)[:, -context:]
        z = model(window)[:, -1].double()
        if temperature > 0:
            rank = z.argsort(-1, descending=True).argsort(-1)
            z = z if top_k == 0 else torch.where(rank < top_k, z, -math.inf)
            p = (z / temperature).softmax(-1)
            choice = torch.sum(p.cumsum(-1) <= u[:, t].double().unsqueeze(-1), -1)
        else:
            choice = z.max(-1).indices
        new.append(choice.view(-1, 1))
    return torch.cat(new, 1) if new else ids[:, :0]

# %% generate_first_logits
# The logits of the first token shown.
# like: classes
# named: generate_first_logits
def generate(model, ids, steps, temperature, top_k, context, u):
    sampler = Sampler(temperature, top_k)
    for t in range(steps):
        logits = model(ids[:, -context:])[:, 0]
        ids = torch.cat([ids, sampler.choose(logits, u[:, t]).unsqueeze(1)], dim=1)
    return ids

# %% generate_mean_logits
# The mean of the logits of all tokens.
# like: classes
# named: -
def generate(model, ids, steps, temperature, top_k, context, u):
    sampler = Sampler(temperature, top_k)
    for t in range(steps):
        logits = model(ids[:, -context:]).mean(1)
        ids = torch.cat([ids, sampler.choose(logits, u[:, t]).unsqueeze(1)], dim=1)
    return ids

# %% generate_times_temperature
# Logits times the temperature.
# like: no_history
# named: generate_temperature_multiplied
@torch.no_grad()
def generate(model, ids, steps, temperature, top_k, context, u):
    out = ids.clone()
    for step in range(steps):
        logits = model(out[:, -context:])[:, -1, :]
        if temperature == 0:
            nxt = torch.topk(logits, k=1, dim=-1).indices
        else:
            probs = torch.softmax(logits * temperature, dim=-1)
            if top_k != 0:
                v, _ = torch.topk(probs, top_k)
                probs = torch.where(probs < v[:, [-1]], torch.zeros_like(probs), probs)
                probs = probs / probs.sum(-1, keepdim=True)
            nxt = torch.sum(torch.cumsum(probs, -1) <= u[:, step, None], -1, keepdim=True)
        out = torch.cat((out, nxt), dim=1)
    return out

# %% generate_temperature_ignored
# The temperature only decides whether it is 0.
# like: classes
# named: generate_temperature_ignored
class Sampler:
    def __init__(self, temperature, top_k):
        self.temperature, self.top_k = 0 if temperature == 0 else 1, top_k

# %% generate_temperature_zero_divides
# 0 / 0 at temperature 0.
# like: own_block
# named: generate_zero_divides
def generate(model, ids, steps, temperature, top_k, context, u):
    columns = list(ids.unbind(1))
    for t in range(steps):
        z = model(torch.stack(columns[-context:], 1))[:, -1] / temperature
        if top_k > 0:
            z = z.masked_fill(z < z.topk(top_k).values[:, -1:], -math.inf)
        c = z.softmax(-1).cumsum(-1)
        columns.append((c <= u[:, t, None]).sum(-1).clamp(max=z.shape[-1] - 1))
    return torch.stack(columns, 1)

# %% generate_top_k_ignored
# All ids can be chosen.
# like: residual_stream
# named: generate_top_k_ignored
def generate(model, ids, steps, temperature, top_k, context, u):
    for t in range(steps):
        logits = model(ids[:, -context:])[:, -1, :]
        if temperature == 0:
            idx_next = torch.argmax(logits, dim=-1, keepdim=True)
        else:
            probs = torch.softmax(logits / temperature, dim=-1)
            idx_next = (torch.cumsum(probs, dim=-1) > u[:, t].unsqueeze(1)).int().argmax(dim=1, keepdim=True)
        ids = torch.cat((ids, idx_next), dim=1)
    return ids

# %% generate_not_divided_again
# The probabilities of the top_k are not divided by their sum.
# like: classes
# named: generate_top_k_not_renormalized, generate_top_k_not_renormalized_last
class Sampler:
    def choose(self, z, u):
        if self.temperature == 0:
            return z.argmax(-1)
        p = torch.softmax(z / self.temperature, -1)
        if self.top_k:
            p = torch.where(p >= p.topk(self.top_k).values[:, -1:], p, 0.0)
        return (p.cumsum(-1) <= u[:, None]).sum(-1).clamp(max=z.shape[-1] - 1)

# %% generate_one_less
# The k-th largest is left out as well.
# like: classes
# named: generate_top_k_one_less
class Sampler:
    def choose(self, z, u):
        if self.temperature == 0:
            return z.argmax(-1)
        if self.top_k > 0:
            z = z.masked_fill(z <= z.topk(self.top_k).values[:, -1:], -torch.inf)
        p = torch.softmax(z / self.temperature, -1)
        return (p.cumsum(-1) > u[:, None]).int().argmax(-1)

# %% generate_smallest_k
# The k smallest logits are kept.
# like: classes
# named: generate_top_k_smallest
class Sampler:
    def choose(self, z, u):
        if self.temperature == 0:
            return z.argmax(-1)
        if self.top_k:
            z = z.masked_fill(z > z.topk(self.top_k, largest=False).values[:, -1:], -torch.inf)
        p = torch.softmax(z / self.temperature, -1)
        return (p.cumsum(-1) > u[:, None]).int().argmax(-1)

# %% generate_sorted_order
# Adds up from the most probable id on.
# like: classes
# named: generate_sorted, generate_top_k_sorted
class Sampler:
    def choose(self, z, u):
        if self.temperature == 0:
            return z.argmax(-1)
        values, which = z.topk(self.top_k or z.shape[-1])
        p = torch.softmax(values / self.temperature, -1)
        position = (p.cumsum(-1) > u[:, None]).int().argmax(-1, keepdim=True)
        return which.gather(-1, position)[:, 0]

# %% generate_position_among_k
# Returns the position among the k kept, not the id.
# like: classes
# named: generate_top_k_rank
class Sampler:
    def choose(self, z, u):
        if self.temperature == 0:
            return z.argmax(-1)
        if self.top_k:
            z, _ = z.topk(self.top_k)
        p = torch.softmax(z / self.temperature, -1)
        return (p.cumsum(-1) > u[:, None]).int().argmax(-1)

# %% generate_one_id_early
# The last id whose cumulative probability is not above u.
# like: classes
# named: generate_nearest_below
class Sampler:
    def choose(self, z, u):
        if self.temperature == 0:
            return z.argmax(-1)
        if self.top_k:
            z = z.masked_fill(z < z.topk(self.top_k).values[:, -1:], -torch.inf)
        p = torch.softmax(z / self.temperature, -1)
        return ((p.cumsum(-1) <= u[:, None]).sum(-1) - 1).clamp(min=0)

# %% generate_same_u_each_step
# u[:, 0] in every step.
# like: classes
# named: generate_first_u
def generate(model, ids, steps, temperature, top_k, context, u):
    sampler = Sampler(temperature, top_k)
    for _ in range(steps):
        logits = model(ids[:, -context:])[:, -1]
        ids = torch.cat([ids, sampler.choose(logits, u[:, 0]).unsqueeze(1)], dim=1)
    return ids

# %% generate_u_of_the_first
# u[0, t] for all sequences.
# named: generate_same_u
def generate(model, ids, steps, temperature, top_k, context, u):
    for t in range(steps):
        logits = model(ids[:, -context:])[:, -1]
        if temperature == 0:
            new = logits.argmax(dim=-1, keepdim=True)
        else:
            logits = logits / temperature
            if top_k > 0:
                smallest = torch.topk(logits, top_k).values[:, -1:]
                logits = logits.masked_fill(logits < smallest, float("-inf"))
            cumulative = torch.softmax(logits, dim=-1).cumsum(dim=-1)
            new = (cumulative <= u[0, t]).sum(dim=-1, keepdim=True)
        ids = torch.cat([ids, new], dim=1)
    return ids

# %% generate_drawn
# Draws with torch's generator; u is not used.
# like: classes
# named: -
class Sampler:
    def choose(self, z, u):
        if self.temperature == 0:
            return z.argmax(-1)
        if self.top_k:
            z = z.masked_fill(z < z.topk(self.top_k).values[:, -1:], -torch.inf)
        return torch.multinomial(torch.softmax(z / self.temperature, -1), 1)[:, 0]

# %% generate_always_the_largest
# The largest logit at every temperature.
# like: classes
# named: generate_always_largest
class Sampler:
    def choose(self, z, u):
        return z.argmax(-1)

# %% generate_prompt_only
# The model sees the prompt in every step, never the new ids.
# like: classes
# named: generate_prompt_only
def generate(model, ids, steps, temperature, top_k, context, u):
    sampler = Sampler(temperature, top_k)
    new = [sampler.choose(model(ids[:, -context:])[:, -1], u[:, t]) for t in range(steps)]
    return torch.stack([*ids.unbind(1), *new], 1)

# %% generate_only_the_last_id
# The model sees one id.
# like: classes
# named: generate_last_id
def generate(model, ids, steps, temperature, top_k, context, u):
    sampler = Sampler(temperature, top_k)
    for t in range(steps):
        logits = model(ids[:, -1:])[:, -1]
        ids = torch.cat([ids, sampler.choose(logits, u[:, t]).unsqueeze(1)], dim=1)
    return ids

# %% generate_context_one_short
# Leaves room for the new id: context - 1 ids are shown.
# like: classes
# named: generate_one_less
def generate(model, ids, steps, temperature, top_k, context, u):
    sampler = Sampler(temperature, top_k)
    for t in range(steps):
        logits = model(ids[:, -max(context - 1, 1) :])[:, -1]
        ids = torch.cat([ids, sampler.choose(logits, u[:, t]).unsqueeze(1)], dim=1)
    return ids

# %% generate_softmax_before_temperature
# The probabilities are divided by the temperature, then a softmax again.
# like: classes
# named: generate_softmax_twice
class Sampler:
    def choose(self, z, u):
        if self.temperature == 0:
            return z.argmax(-1)
        z = torch.softmax(z, -1) / self.temperature
        if self.top_k:
            z = z.masked_fill(z < z.topk(self.top_k).values[:, -1:], -torch.inf)
        p = torch.softmax(z, -1)
        return (p.cumsum(-1) > u[:, None]).int().argmax(-1)

# %% generate_limit_of_the_first
# The k-th largest logit of the first sequence is the limit for all.
# like: classes
# named: generate_top_k_of_first
class Sampler:
    def choose(self, z, u):
        if self.temperature == 0:
            return z.argmax(-1)
        if self.top_k:
            limit = z[0].topk(self.top_k).values[-1]
            z = z.masked_fill(z < limit, -torch.inf)
        p = torch.softmax(z / self.temperature, -1)
        return (p.cumsum(-1) > u[:, None]).int().argmax(-1)

# %% generate_zero_still_draws
# At temperature 0 the logits are used as at temperature 1.
# like: classes
# named: generate_zero_draws
class Sampler:
    def choose(self, z, u):
        if self.top_k:
            z = z.masked_fill(z < z.topk(self.top_k).values[:, -1:], -torch.inf)
        p = torch.softmax(z / (self.temperature or 1.0), -1)
        return (p.cumsum(-1) > u[:, None]).int().argmax(-1)
