"""What the learner's page shows of exercise 34: the values on a grid of cells, as value iteration goes on."""

from __future__ import annotations

import torch

from grader.pictures import picture

ROWS, COLUMNS = 4, 6
GOAL, PIT, START = (0, 5), (1, 5), (3, 0)
WALLS = ((1, 1), (2, 1), (1, 3), (2, 3))
MOVES = ((-1, 0), (0, 1), (1, 0), (0, -1))
GAMMA = 0.9


def cell(row, column):
    return row * COLUMNS + column


def grid_world():
    """P, R, end. A move succeeds with 0.8, and goes to either side with 0.1; against a wall nothing moves. The goal and
    the pit are ends; what leads into them earns 1 and −1."""
    S = ROWS * COLUMNS
    P = torch.zeros(S, 4, S, dtype=torch.float64)
    for row in range(ROWS):
        for column in range(COLUMNS):
            for action in range(4):
                for turn, chance in ((0, 0.8), (1, 0.1), (3, 0.1)):
                    down, right = MOVES[(action + turn) % 4]
                    to = row + down, column + right
                    free = 0 <= to[0] < ROWS and 0 <= to[1] < COLUMNS and to not in WALLS
                    P[cell(row, column), action, cell(*(to if free else (row, column)))] += chance
    end = torch.zeros(S, dtype=torch.bool)
    end[[cell(*place) for place in (GOAL, PIT, *WALLS)]] = True
    return P, P[:, :, cell(*GOAL)] - P[:, :, cell(*PIT)], end


@picture("The values of a small grid world, as the sweeps go on")
def values(draw, student, probe):
    P, R, end = grid_world()
    frames = []
    for sweeps in (1, 2, 4, 8, 16):
        V = student(probe("sweeps"), sweeps, P, R, end, GAMMA)
        says = (
            "Sweeps: {sweeps}. The start, lower left, is worth {start}. A move into the goal, upper right, earns 1, "
            "one into the cell below it −1; these two and the walls are ends, with the value 0."
        )
        frames.append(draw.frame(heat(draw, V), says, sweeps=sweeps, start=float(V[cell(*START)])))
    V = student.value_iteration(P, R, end, GAMMA, 1e-9)[0]
    says = "When no value changes any more, the start is worth {start}."
    frames.append(draw.frame(heat(draw, V), says, start=float(V[cell(*START)])))
    return frames


def heat(draw, V):
    return draw.heat_map(V.reshape(ROWS, COLUMNS).round(decimals=2))
