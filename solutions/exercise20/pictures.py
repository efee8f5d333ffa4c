"""What the learner's page shows of exercise 20: where early stopping ends training, and which epoch it keeps."""

from __future__ import annotations

import torch

from grader.pictures import picture

#: A loss that falls, rises twice for a while, falls to its lowest value, and rises again.
VALIDATION = [
    *(1.0, 0.9, 0.82, 0.76, 0.71, 0.67, 0.65, 0.69, 0.64, 0.69, 0.72, 0.68, 0.6, 0.53, 0.47, 0.43, 0.41),
    *(0.4, 0.41, 0.43, 0.46, 0.49, 0.53, 0.57, 0.61, 0.65, 0.7, 0.74, 0.79, 0.83),
]


@picture("The loss over the epochs: where early stopping ends training")
def losses(draw, student):
    epochs = torch.arange(len(VALIDATION), dtype=torch.float64)
    validation = torch.tensor(VALIDATION, dtype=torch.float64)
    training = 0.9 * torch.exp(-epochs / 9) + 0.02
    frames = []
    for patience in (1, 2, 5):
        best, stop = (
            min(max(epoch, 0), len(VALIDATION) - 1) for epoch in student.early_stopping(VALIDATION, patience, 0.0)
        )
        chart = draw.chart(
            draw.line("training", epochs, training),
            draw.line("validation", epochs, validation),
            draw.dots("best", epochs[[best]], validation[[best]]),
            draw.dots("stop", epochs[[stop]], validation[[stop]]),
            x="epoch",
            y="loss",
        )
        says = "Patience {patience}: training ends after epoch {stop}; the parameters of epoch {best} are kept."
        frames.append(draw.frame(chart, says, patience=patience, stop=stop, best=best))
    return frames
