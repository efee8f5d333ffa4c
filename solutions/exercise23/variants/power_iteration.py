"""One component after another: a direction that is often multiplied by the covariance matrix turns to the largest
variance. Sums written as loops."""

import torch


def fit(X, k):
    n = len(X)
    mean = sum(X) / n
    rest = X.double() - mean
    components, variance = [], []
    for _ in range(k):
        u = rest[rest.norm(dim=1).argmax()]  # not orthogonal to the direction that is sought, or only by chance
        for _ in range(300):
            u = (rest @ u) @ rest
            u = u / u.norm()
        along = rest @ u
        components.append(u)
        variance.append(along @ along / (n - 1))
        rest = rest - along[:, None] * u
    return mean, torch.stack(components).to(X), torch.stack(variance).to(X)


def transform(X, mean, components):
    Z = X.new_zeros(len(X), len(components))
    for n in range(len(X)):
        for j in range(len(components)):
            Z[n, j] = ((X[n] - mean) * components[j]).sum()
    return Z


def inverse_transform(Z, mean, components):
    X = mean.repeat(len(Z), 1)
    for j, component in enumerate(components):
        X += Z[:, j, None] * component
    return X


def explained_variance_ratio(X, k):
    _, _, variance = fit(X, k)
    mean = X.mean(dim=0)
    total = sum(((x - mean) ** 2).sum() for x in X) / (len(X) - 1)
    return variance / total


def anomaly_score(X, mean, components):
    scores = [((x - mean) - components.T @ (components @ (x - mean))).pow(2).sum() for x in X]
    return torch.stack(scores) if scores else X.new_zeros(0)
