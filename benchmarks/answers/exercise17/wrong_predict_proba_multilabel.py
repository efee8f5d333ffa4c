# %% predict_proba_multilabel_reshaped
# predict_proba_multilabel: W is reshaped to [D,L], not transposed
# named: proba_multilabel_reshaped
def predict_proba_multilabel(X, W, b):
    L, D = W.shape
    return torch.sigmoid(X @ W.reshape(D, L) + b)

# %% predict_proba_multilabel_softmax
# predict_proba_multilabel: softmax over the labels
# named: proba_multilabel_softmax
def predict_proba_multilabel(X, W, b):
    return torch.softmax(X @ W.t() + b, dim=-1)

# %% predict_proba_multilabel_untransposed
# predict_proba_multilabel: X @ W, which fits only where L = D.
# named: proba_multilabel_untransposed
def predict_proba_multilabel(X, W, b):
    return torch.sigmoid(X @ W + b)
