"""What the learner's page shows of exercise 21: the ROC curves of a good and of a poor score, and their AUC."""

from __future__ import annotations

import torch

from grader.pictures import picture


@picture("ROC curves: the rates at every threshold")
def roc(draw, student):
    y = (torch.arange(80) % 4 == 0).long()
    noise = torch.randn(80, generator=torch.Generator().manual_seed(21), dtype=torch.float64)
    layers, areas = [], []
    for label, gain in (("a good score", 1.8), ("a poor score", 0.4)):
        score = noise + gain * y
        rates = [(0.0, 0.0)]
        for threshold in score.sort(descending=True).values:
            (tn, fp), (fn, tp) = student.confusion_matrix(y, (score >= threshold).long(), 2).tolist()
            rates.append((fp / max(fp + tn, 1), tp / max(tp + fn, 1)))
        layers.append(draw.line(label, *torch.tensor(rates).T))
        areas.append(student.roc_auc(y, score))
    guessing = torch.tensor([0.0, 1.0])
    chart = draw.chart(
        *layers, draw.line("guessing", guessing, guessing), x="false positive rate", y="true positive rate"
    )
    return draw.frame(chart, "AUC: {good} with a good score, {poor} with a poor one.", good=areas[0], poor=areas[1])
