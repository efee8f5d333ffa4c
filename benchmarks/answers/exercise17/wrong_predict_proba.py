# %% predict_proba_quotient
# predict_proba: exp(z)/(1+exp(z)) is nan for large z
# named: proba_quotient
def predict_proba(X, w, b):
    ez = torch.exp(X.matmul(w) + b)
    return ez / (1 + ez)

# %% predict_proba_minus_missing
# predict_proba: 1 / (1 + exp(z)), where the exponent is -z.
# named: proba_of_zero
def predict_proba(X, w, b):
    return 1 / (1 + torch.exp(X @ w + b))

# %% predict_proba_without_bias
# predict_proba: b is not used.
# named: proba_without_bias
def predict_proba(X, w, b):
    return torch.sigmoid((X * w).sum(dim=1))
