# %% step_not_detached
# No detach; G's gradients are reset after D's step.
# named: not_detached_but_reset
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d)))
    loss_d.backward()
    opt_d.step()

    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_not_detached_reset_first
# No detach; both reset at the beginning, so that D's loss counts in G's gradient.
# named: not_detached
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    opt_g.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d)))
    loss_d.backward()
    opt_d.step()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_d_not_reset
# D's gradients are never reset.
# named: no_zero_grad_d
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_d.step()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_g_not_reset
# G's gradients are never reset.
# named: no_zero_grad_g
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_d.step()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_never_reset
# No gradient is reset at all.
# named: no_zero_grad_at_all
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_d.step()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_d_reset_after_its_step
# D is reset after its own step only: G's backward pass comes later.
# named: zero_grad_d_afterwards
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_d.step()
    opt_d.zero_grad()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_reset_at_the_end
# Both are reset at the end: what was there before the call counts.
# named: zero_grad_both_at_the_end
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_d.step()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    opt_d.zero_grad()
    opt_g.zero_grad()
    return loss_d.item(), loss_g.item()

# %% step_reset_before_step
# D is reset after the backward pass, before its step.
# named: d_unchanged
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_d.zero_grad()
    opt_d.step()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_g_first
# G's step before D's.
# named: g_first
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_d.step()
    return loss_d.item(), loss_g.item()

# %% step_old_d
# Both gradients are computed before either step.
# like: gradients_by_hand
# named: old_d_for_g
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    ld = d_loss(D(real), D(G(z_d).detach()))
    lg = g_loss(D(G(z_g)))
    gd = torch.autograd.grad(ld, list(D.parameters()))
    gg = torch.autograd.grad(lg, list(G.parameters()))
    for p, g in zip(D.parameters(), gd):
        p.grad = g
    for p, g in zip(G.parameters(), gg):
        p.grad = g
    opt_d.step()
    opt_g.step()
    return ld.item(), lg.item()

# %% step_graph_of_old_d
# D's step between the forward and the backward pass of G's loss.
# named: -
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    opt_g.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_g = g_loss(D(G(z_g)))
    loss_d.backward()
    opt_d.step()
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_g_detached
# detach() in G's step as well.
# named: g_unchanged
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_d.step()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g).detach()))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_same_noise
# The samples of D's step are judged again in G's.
# named: same_noise
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    fake = G(z_d)
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(fake.detach()))
    loss_d.backward()
    opt_d.step()
    opt_g.zero_grad()
    loss_g = g_loss(D(fake))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_noise_of_g_for_both
# z_g in both steps.
# named: only_z_g
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    fake = G(z_g)
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(fake.detach()))
    loss_d.backward()
    opt_d.step()
    opt_g.zero_grad()
    loss_g = g_loss(D(fake))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_noise_swapped
# z_g in D's step, z_d in G's.
# named: noise_exchanged
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_g).detach()))
    loss_d.backward()
    opt_d.step()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_d)))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_own_noise
# Draws its own noise.
# named: -
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(torch.randn_like(z_d)).detach()))
    loss_d.backward()
    opt_d.step()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(torch.randn_like(z_g))))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_saturating
# G's step on the opposite of D's loss.
# named: g_saturating_in_the_step
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_d.step()
    opt_g.zero_grad()
    loss_g = -F.softplus(D(G(z_g))).mean()
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_no_train
# The mode is left as it is.
# named: no_training_mode
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_d.step()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_train_g_only
# D's mode is left as it is.
# named: no_training_mode_d
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_d.step()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()
