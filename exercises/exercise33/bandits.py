# grade course: deep-learning-by-exercise
"""Bandits: several arms pay at random, and only the arm that is pulled shows its reward.

A arms, T steps, D numbers that describe a situation. No function changes its inputs.

赌博机：几条臂的奖励都是随机的，只有拉动的那条臂才看得到奖励。

A 条臂，T 步，描述情境的 D 个数。所有函数都不改动输入。
"""

from __future__ import annotations

import math

import torch


def update(q: torch.Tensor, n: torch.Tensor, a: int, r: float) -> tuple[torch.Tensor, torch.Tensor]:
    """The mean reward of an arm after one more reward, from the mean and the count before it.

    q: [A], floats, the mean reward of each arm. n: [A], int64, how many rewards each arm has had. a: the arm that was
    pulled. r: its reward. Returns: the new q and the new n; they differ at a only. A first reward is the mean.

    一条臂又得到一次奖励之后的均值，由之前的均值和次数算出。

    q：[A]，浮点数，每条臂的平均奖励。n：[A]，int64，每条臂得到过几次奖励。a：拉动的臂。r：它的奖励。
    返回：新的 q 和新的 n，只有 a 处不同。第一次奖励本身就是均值。
    """
    raise NotImplementedError("update")


def epsilon_greedy(q: torch.Tensor, eps: float, u1: float, u2: float) -> int:
    """A random arm where u1 < eps, else the arm with the highest mean; of equal ones the first.

    q: [A], floats. eps: from 0 to 1. u1, u2: random numbers from [0, 1); the random arm is ⌊u2·A⌋. Returns: the arm.

    u1 < eps 时是随机的一条臂，否则是均值最高的臂；均值相同时取第一条。

    q：[A]，浮点数。eps：0 到 1。u1、u2：[0, 1) 里的随机数；随机的臂是 ⌊u2·A⌋。返回：臂的编号。
    """
    raise NotImplementedError("epsilon_greedy")


def ucb1(q: torch.Tensor, n: torch.Tensor) -> int:
    """The first arm that was never pulled; without one, the arm with the highest q + √(2 ln N / n), N = Σn.

    q: [A], floats. n: [A], int64, how many rewards each arm has had. Returns: the arm; of equal ones the first.

    第一条从没拉动过的臂；如果都拉动过，就是 q + √(2 ln N / n) 最大的臂，N = Σn。

    q：[A]，浮点数。n：[A]，int64，每条臂得到过几次奖励。返回：臂的编号；相同时取第一条。
    """
    raise NotImplementedError("ucb1")


def run(rewards: torch.Tensor, eps: float, u: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Epsilon-greedy for T steps, with all means and counts 0 at first.

    rewards: [T, A], floats; in step t arm a would pay rewards[t, a], and no other entry of this row is seen.
    u: [T, 2], floats, u1 and u2 of each step. T may be 0. Returns: the arms pulled, [T], int64; and q, [A], of the
    dtype of rewards, after the last step.

    用 ε-贪心走 T 步；开始时均值和次数都是 0。

    rewards：[T, A]，浮点数；在第 t 步拉动臂 a，得到的是 rewards[t, a]，这一行的其他元素都看不到。
    u：[T, 2]，浮点数，每一步的 u1 和 u2。T 可以是 0。返回：拉动的臂，[T]，int64；最后一步之后的 q，[A]，
    dtype 与 rewards 相同。
    """
    raise NotImplementedError("run")


def linucb(x: torch.Tensor, M: torch.Tensor, v: torch.Tensor, alpha: float) -> int:
    """The arm with the highest θ·x + α√(xᵀM⁻¹x), θ = M⁻¹v: its expected reward here, and how uncertain that is.

    x: [D], floats, the situation. M: [A, D, D], symmetric and positive definite, and v: [A, D], one of each per arm.
    alpha: at least 0. Returns: the arm; of equal ones the first.

    θ·x + α√(xᵀM⁻¹x) 最大的臂，θ = M⁻¹v：在这个情境下的预期奖励，加上它有多不确定。

    x：[D]，浮点数，情境。M：[A, D, D]，对称正定；v：[A, D]；每条臂各有一份。alpha：不小于 0。
    返回：臂的编号；相同时取第一条。
    """
    raise NotImplementedError("linucb")


def linucb_update(
    M: torch.Tensor, v: torch.Tensor, x: torch.Tensor, a: int, r: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """What arm a has learned from the reward r in the situation x: M + xxᵀ and v + r·x.

    M: [A, D, D]. v: [A, D]. x: [D]. Returns: the new M and the new v; they differ at a only.

    臂 a 在情境 x 下得到奖励 r 之后学到的：M + xxᵀ 和 v + r·x。

    M：[A, D, D]。v：[A, D]。x：[D]。返回：新的 M 和新的 v，只有 a 处不同。
    """
    raise NotImplementedError("linucb_update")
