"""Distances as ‖x‖² − 2xc + ‖c‖², by einsum; features that grow degree by degree; in place."""

import torch


def samples_needed(per_axis, n):
    count = 1
    for _ in range(n):
        count *= per_axis
    return count


def squared_distances(A, B):
    lengths_a, lengths_b = torch.einsum("nd,nd->n", A, A), torch.einsum("md,md->m", B, B)
    return (lengths_a[:, None] - 2 * torch.einsum("nd,md->nm", A, B) + lengths_b).clamp_(min=0)


def distance_contrast(X, q):
    distance = squared_distances(X, q.unsqueeze(0)).squeeze(1).sqrt_().sort().values
    return (distance[-1] - distance[0]) / distance[0]


def random_projection(X, R):
    return torch.einsum("nd,dk->nk", X, R * R.shape[1] ** -0.5)


def rbf_features(X, centers, gamma):
    features = squared_distances(X, centers)
    features *= -gamma
    return features.exp_()


def polynomial_features(X, degree):
    N, D = X.shape
    result = [X.new_ones(N)]
    # (column, first axis that may still be multiplied in): what comes before that axis is written already.
    last = [(result[0], [])]
    for _ in range(degree):
        grown = []
        for column, axes in last:
            for axis in range(axes[-1] if axes else 0, D):
                grown.append((column * X[:, axis], [*axes, axis]))
        result.extend(column for column, _ in grown)
        last = grown
    return torch.stack(result).T.contiguous()


def space_tiling(X, low, high, bins):
    X = torch.minimum(torch.maximum(X, low), high)
    width = (high - low) / bins
    places = torch.floor((X - low) / width).to(torch.int64)
    places[places == bins] = bins - 1
    powers = bins ** torch.arange(X.shape[1] - 1, -1, -1)
    return places @ powers


def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma)
    K.diagonal().add_(lam)
    return torch.linalg.solve(K.T, rbf_features(Xq, X, gamma).T).T @ y
