"""The training of a submission's Net on the digits, made once, and what is measured of it here.

The labels of the images that are held out never leave this process: the submission gives logits for images, and the
images come in an order in which nothing tells the held-out ones, their shifted copies and the validation ones apart.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import torch
import torch.nn.functional as F

TRAIN, VAL = 1000, 300
MAX_STEPS = 600
#: Of a range of 1; the images' own grey values are 1/16 apart.
NOISE = 0.03
#: Of a curve of losses, in the `curve` of probes.py.
POINTS = 13
#: Down and to the right, in pixels.
MOVES = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1) if (down, right) != (0, 0)]


def all_digits():
    """All images, [1797, 1, 8, 8] float32 from 0 to 1, and which digit each shows, [1797] int64."""
    with np.load(Path(__file__).with_name("digits.npz"), allow_pickle=False) as file:
        images, labels = torch.from_numpy(file["images"]), torch.from_numpy(file["labels"])
    return images.float().div(16).unsqueeze(1), labels.long()


def moved(x, down, right):
    """All images moved by so many pixels, zeros coming in."""
    padded = F.pad(x, (1, 1, 1, 1))
    return padded[:, :, 1 - down : 9 - down, 1 - right : 9 - right]


def digits(sample):
    """The images in three parts, drawn anew for each run, and which class stands for which digit."""
    x, digit = all_digits()
    rows = sample.permutation(len(x))
    class_of = sample.permutation(10)
    y = class_of[digit]
    train, val, held_out = rows[:TRAIN], rows[TRAIN : TRAIN + VAL], rows[TRAIN + VAL :]
    parts = SimpleNamespace(train=(x[train], y[train]), val=(x[val], y[val]), held_out=(x[held_out], y[held_out]))
    parts.digit_of = class_of.argsort()
    return parts


def noisy(x, sample):
    """The images with noise, still from 0 to 1: none of them is one that can be looked up."""
    return (x + NOISE * sample.normal(*x.shape, dtype=torch.float32)).clamp(0, 1)


def training(ask, sample, record):
    """What a Net is after `train`: what `train` returned, its logits for each part, and the file that `save` wrote."""
    parts = record("digits")
    numbers = {"steps": 0.0, "train_loss": 0.0, "val_loss": 0.0, "val_accuracy": 0.0}
    counts = {"parameters": 0, "convolutions": 0, "images in training mode": 0}
    given = parts.train, parts.val, MAX_STEPS, sample.integer(0, 10**6)
    found = ask("trained", *given, like={"returned": numbers, **counts}, about="train")
    x, y = parts.held_out
    shown = {"train": parts.train[0], "val": parts.val[0], "held_out": noisy(x, sample)}
    shown |= {f"moved {move}": noisy(moved(x, *move), sample) for move in MOVES}
    file = ask("file_of_the_kept", like="", about="save")
    logits = logits_of(ask, sample, shown)
    return SimpleNamespace(
        **vars(parts),
        given=given,
        allowed=64 * MAX_STEPS,
        noisy_held_out=shown["held_out"],
        returned=found["returned"],
        counts={name: found[name] for name in counts},
        file=file,
        logits=logits,
        moved_logits=torch.cat([logits[f"moved {move}"] for move in MOVES]),
        moved_labels=y.repeat(len(MOVES)),
    )


def logits_of(ask, sample, shown):
    """The kept Net's logits for several parts, asked for in one call and in random order."""
    images = torch.cat(list(shown.values()))
    order = sample.permutation(len(images))
    found = ask("logits_of_the_kept", images[order], like=torch.zeros(len(images), 10), about="Net")
    back = torch.empty_like(found)
    back[order] = found
    return dict(zip(shown, back.split([len(part) for part in shown.values()]), strict=True))


def loading(ask, sample, record):
    """The logits of the trained Net for held-out images, and those of what `load` makes of its file in a fresh process,
    to which nothing but this file has come."""
    trained = record("training")
    ask.anew()
    x = trained.noisy_held_out
    found = ask("logits_of_the_loaded", trained.file, x, like=torch.zeros(len(x), 10), about="load")
    return SimpleNamespace(before=trained.logits["held_out"], after=found)


def portrait(ask, record):
    """For the page: the same training once more, how its losses fell, and the filters of its first convolution."""
    trained = record("training")
    numbers = dict.fromkeys(trained.returned, 0.0)
    counts = dict.fromkeys(trained.counts, 0)
    ask("trained", *trained.given, like={"returned": numbers, **counts}, about="train")
    curve = ask("curve", like=torch.zeros(3, POINTS), about="train")
    return SimpleNamespace(curve=curve, filters=ask("filters", like=torch.zeros(8, 8, 8), about="Net"))
