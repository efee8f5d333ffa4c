"""What the learner's page shows of exercise 36: losses, confusions, misread digits, filters."""

from __future__ import annotations

import torch

from grader.pictures import picture

SHOWN = 20
ACROSS = 10


def answers(trained):
    """Of the held-out images: which digit each shows, and which one the network takes it for."""
    return trained.digit_of[trained.held_out[1]], trained.digit_of[trained.logits["held_out"].argmax(dim=1)]


@picture("Losses during training")
def losses(draw, record):
    steps, train_loss, val_loss = record("portrait").curve
    chart = draw.chart(
        draw.line("training images, unshifted", steps, train_loss),
        draw.line("validation images", steps, val_loss),
        x="steps",
        y="loss",
    )
    says = "At the end the loss is {train} on the training images and {val} on the validation images."
    return draw.frame(chart, says, train=train_loss[-1].item(), val=val_loss[-1].item())


@picture("Which digit is taken for which, in per cent: rows are what an image shows, columns what the network says")
def confusions(draw, record):
    shows, answer = answers(record("training"))
    counts = torch.zeros(10, 10).index_put((shows, answer), torch.ones(len(shows)), accumulate=True)
    shares = 100 * counts / counts.sum(dim=1, keepdim=True).clamp(min=1)
    names = [str(digit) for digit in range(10)]
    wrong = int((shows != answer).sum())
    return draw.frame(
        draw.heat_map(shares, names, names),
        "Misread: {wrong} of {count} held-out images.",
        wrong=wrong,
        count=len(shows),
    )


@picture(
    "Held-out digits that are hardest for the network, the misread ones among them: those whose class it doubts most"
)
def hardest(draw, record):
    trained = record("training")
    shows, answer = answers(trained)
    x, y = trained.noisy_held_out[:, 0], trained.held_out[1]
    right = trained.logits["held_out"].softmax(dim=1)[torch.arange(len(y)), y]
    rows = right.argsort()[:SHOWN]
    return draw.frame(
        draw.images(x[rows], ACROSS),
        "Misread of these: {wrong}. The first one shows {shows}; the network takes it for {answer}, and gives the "
        "right digit a probability of {percent}%.",
        wrong=int((shows != answer)[rows].sum()),
        shows=shows[rows[0]].item(),
        answer=answer[rows[0]].item(),
        percent=100 * right[rows[0]].item(),
    )


@picture("Filters of the first convolution, from black for its lowest weight to white for its highest")
def filters(draw, record):
    found = record("portrait").filters
    return draw.frame(
        draw.images(found, 8), "Shown: {count} of the kernels that every place is compared with.", count=len(found)
    )
