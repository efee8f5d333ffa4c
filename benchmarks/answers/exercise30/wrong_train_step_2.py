# %% step_modes_alternate
# The network that is not trained is in evaluation mode.
# named: g_evaluates, d_evaluates
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    D.train()
    G.eval()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_d.step()
    G.train()
    D.eval()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_losses_afterwards
# The losses after the updates.
# named: losses_after_each_update, losses_afterwards
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    fake = G(z_d).detach()
    d_loss(D(real), D(fake)).backward()
    opt_d.step()
    opt_g.zero_grad()
    g_loss(D(G(z_g))).backward()
    opt_g.step()
    with torch.no_grad():
        return d_loss(D(real), D(fake)).item(), g_loss(D(G(z_g))).item()

# %% step_losses_swapped
# (g, d).
# named: losses_exchanged
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_d.step()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return loss_g.item(), loss_d.item()

# %% step_d_twice
# Both optimizers step after G's backward pass.
# named: d_updated_twice, d_updated_twice_after_reset
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_d.step()
    opt_g.zero_grad()
    opt_d.zero_grad()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    opt_d.step()
    return loss_d.item(), loss_g.item()

# %% step_optimizers_swapped
# Each loss with the other network's optimizer.
# named: optimizers_exchanged, d_unchanged, g_unchanged
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_g.step()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_d.step()
    return loss_d.item(), loss_g.item()

# %% step_d_stays_frozen
# requires_grad is not set back.
# named: -
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_d.step()
    D.requires_grad_(False)
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_g_never_moves
# opt_g makes no step.
# named: g_unchanged
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_d.step()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    return loss_d.item(), loss_g.item()

# %% step_d_never_moves
# opt_d makes no step.
# named: d_unchanged
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_no_grad_around_d
# D's predictions in G's step are made under no_grad.
# named: -
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_d.step()
    opt_g.zero_grad()
    fake = G(z_g)
    with torch.no_grad():
        logits = D(fake)
    loss_g = g_loss(logits)
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_real_detached
# D's prediction on the real samples without history.
# named: -
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    with torch.no_grad():
        on_real = D(real)
    loss_d = d_loss(on_real, D(G(z_d).detach()))
    loss_d.backward()
    opt_d.step()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_logits_detached
# detach() on D's prediction in place of the sample.
# named: detached_after_d
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d)).detach())
    loss_d.backward()
    opt_d.step()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_averaged
# D's loss halved, as in many programs.
# named: half_for_d
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    loss_d = 0.5 * d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_d.step()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_d_by_real_and_fake
# A step of D for each half of its loss.
# named: d_two_steps
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    on_real = F.softplus(-D(real)).mean()
    on_real.backward()
    opt_d.step()
    opt_d.zero_grad()
    on_fake = F.softplus(D(G(z_d).detach())).mean()
    on_fake.backward()
    opt_d.step()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return on_real.item() + on_fake.item(), loss_g.item()

# %% step_arguments_swapped
# D(G(z)) passed as the real ones.
# named: kinds_exchanged
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    loss_d = d_loss(D(G(z_d).detach()), D(real))
    loss_d.backward()
    opt_d.step()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g)))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_plain_descent
# Updates by hand with the learning rate of the optimizer, without its momentum.
# like: gradients_by_hand
# named: own_sgd
def _update(loss, network, optimizer):
    parameters = list(network.parameters())
    with torch.no_grad():
        for p, g in zip(parameters, torch.autograd.grad(loss, parameters)):
            p -= optimizer.param_groups[0]["lr"] * g
    return loss.item()

# %% step_both_losses_for_g
# G's step on the sum of both losses.
# named: -
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d).detach()))
    loss_d.backward()
    opt_d.step()
    opt_g.zero_grad()
    fake = D(G(z_g))
    loss_g = g_loss(fake)
    (loss_g + d_loss(D(real), fake)).backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()

# %% step_noise_cut
# The noise of G's step is cut to the number of real samples.
# named: -
def train_step(G, D, real, z_d, z_g, opt_g, opt_d):
    G.train()
    D.train()
    opt_d.zero_grad()
    loss_d = d_loss(D(real), D(G(z_d[: len(real)]).detach()))
    loss_d.backward()
    opt_d.step()
    opt_g.zero_grad()
    loss_g = g_loss(D(G(z_g[: len(real)])))
    loss_g.backward()
    opt_g.step()
    return loss_d.item(), loss_g.item()
