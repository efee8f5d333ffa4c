# %% predict_of_logits
# predict: the logit, not the probability, is compared with the threshold
# named: predict_logits
def predict(X, w, b, threshold):
    scores = X @ w + b
    return (scores >= threshold).to(torch.int64)

# %% predict_above
# predict: > instead of >= at the threshold
# named: predict_above
def predict(X, w, b, threshold):
    proba = torch.sigmoid(X @ w + b)
    return (proba > threshold).type(torch.long)

# %% predict_rounds
# predict: threshold ignored, always 0.5
# named: predict_half
def predict(X, w, b, threshold):
    return torch.round(torch.sigmoid(X @ w + b) + 1e-12).long()

# %% predict_bool
# predict: bool instead of int64
# named: -
def predict(X, w, b, threshold):
    return torch.sigmoid(X @ w + b) >= threshold

# %% predict_other_way
# predict: gives 1 to the samples below the threshold.
# named: predict_below
def predict(X, w, b, threshold):
    return torch.where(predict_proba(X, w, b) >= threshold, 0, 1)
