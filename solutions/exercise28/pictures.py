"""What the learner's page shows of exercise 28: who attends to whom in a sentence, without a mask and with one."""

from __future__ import annotations

import torch

from grader.pictures import picture

#: "my dog saw your cat": how much each word is a possessive, a noun, a verb, of the first group, of the second.
WORDS = ((3, 0, 0, 2, 0), (0, 3, 0, 2, 0), (0, 0, 3, 0, 0), (3, 0, 0, 0, 2), (0, 3, 0, 0, 2))
#: What each of these asks for: a possessive for its noun, a noun for its possessive, a verb for nouns.
ASKS = ((0, 1, 0, 0, 0), (1, 0, 0, 0, 0), (0, 1, 0, 0, 0), (0, 0, 0, 1, 0), (0, 0, 0, 0, 1))
SAW, CAT = 2, 4


@picture("Who attends to whom in a sentence made by hand")
def sentence(draw, student, probe):
    keys = torch.tensor(WORDS, dtype=torch.float64) / 2
    queries = keys @ torch.tensor(ASKS, dtype=torch.float64)
    frames = []
    for causal, says in (
        (
            False,
            "Without a mask. The words: 1 my, 2 dog, 3 saw, 4 your, 5 cat. A row for each query, a column for each "
            "key. Word 3, the verb, asks for nouns: word 2 gets {dog}, and word 5, which comes later, {cat}.",
        ),
        (
            True,
            "With the causal mask each word attends to itself and to those before it: for word 3, the weight of "
            "word 2 is now {dog}, and that of word 5 is {cat}.",
        ),
    ):
        weights = student(probe("weights"), queries, keys, causal)
        names = [str(place + 1) for place in range(len(keys))]
        heat = draw.heat_map(weights.round(decimals=2), names, names)
        frames.append(draw.frame(heat, says, dog=float(weights[SAW, 1]), cat=float(weights[SAW, CAT])))
    return frames
