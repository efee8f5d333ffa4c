# grade course: deep-learning-by-exercise
"""Markov decision processes: values and policies from a known model, returns and a loss from experience.

S states, A actions. P: [S, A, S], the probability of each next state. R: [S, A], the mean reward. end: [S], bool, true
for end states, where nothing is earned any more. Floats are float32 or float64, and results have their dtype and
device. No function changes its inputs.

马尔可夫决策过程：模型已知时求价值和策略，有了经验时求回报和损失。

S 个状态，A 个动作。P：[S, A, S]，到各个下一个状态的概率。R：[S, A]，平均奖励。end：[S]，bool，终止状态为真，到了那里就不再有奖励。浮点数是 float32 或 float64，结果的 dtype 和设备与它们相同。所有函数都不改动输入。
"""

from __future__ import annotations

import torch


def bellman_backup(V: torch.Tensor, P: torch.Tensor, R: torch.Tensor, end: torch.Tensor, gamma: float) -> torch.Tensor:
    """What each action earns in each state, if the states that it leads to are worth V.

    V: [S], counted as 0 at end states, whatever it is there. gamma: from 0 to 1. Returns: [S, A], 0 in the rows of end
    states.

    假设走到的各个状态价值为 V，在每个状态做每个动作能得到多少。

    V：[S]，在终止状态不管是多少都算作 0。gamma：从 0 到 1。返回：[S, A]，终止状态的行是 0。
    """
    raise NotImplementedError("bellman_backup")


def value_iteration(
    P: torch.Tensor, R: torch.Tensor, end: torch.Tensor, gamma: float, tol: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """The values of the best policy, and its actions: backups from V = 0 on, until no value changes by more than tol.

    gamma: from 0 to below 1. Returns: V, [S], 0 at end states; the best action of each state, [S], int64.

    最优策略的价值和动作：从 V = 0 开始反复更新，直到每个值的变化都不超过 tol。

    gamma：从 0 到 1，不含 1。返回：V，[S]，在终止状态是 0；每个状态的最优动作，[S]，int64。
    """
    raise NotImplementedError("value_iteration")


def policy_evaluation(
    pi: torch.Tensor, P: torch.Tensor, R: torch.Tensor, end: torch.Tensor, gamma: float
) -> torch.Tensor:
    """The values of a given policy: V = Σₐ π(a|s) (R + γ Σ P V), a linear system.

    pi: [S, A], the probability of each action; its rows at end states don't matter. gamma: from 0 to below 1.
    Returns: [S], 0 at end states.

    给定策略的价值：V = Σₐ π(a|s) (R + γ Σ P V)，一个线性方程组。

    pi：[S, A]，各个动作的概率；终止状态的行不起作用。gamma：从 0 到 1，不含 1。返回：[S]，在终止状态是 0。
    """
    raise NotImplementedError("policy_evaluation")


def discounted_returns(r: torch.Tensor, done: torch.Tensor, gamma: float) -> torch.Tensor:
    """The return of each step: its reward and, discounted, what comes after it in the same episode.

    r: [T], rewards in the order of time; T may be 0. done: [T], bool, true at the last step of an episode. gamma: from
    0 to 1. Returns: [T].

    每一步的回报：它的奖励，加上同一回合里之后的奖励，逐步打折扣。

    r：[T]，按时间排列的奖励；T 可以是 0。done：[T]，bool，在每个回合的最后一步为真。gamma：从 0 到 1。返回：[T]。
    """
    raise NotImplementedError("discounted_returns")


def reinforce_loss(
    logits: torch.Tensor, actions: torch.Tensor, returns: torch.Tensor, baseline: float | torch.Tensor
) -> torch.Tensor:
    """REINFORCE: minus the mean over the steps of (G − b) log π(a); its gradient goes to the logits only.

    logits: [T, A], T at least 1. actions: [T], int64, 0 … A−1. returns: [T]; it may require gradients and gets none.
    baseline: a number, or a tensor like returns. Returns: [].

    REINFORCE：(G − b) log π(a) 对各步求平均，再取负；梯度只传到 logits。

    logits：[T, A]，T 至少是 1。actions：[T]，int64，取值 0 … A−1。returns：[T]；可以需要梯度，但得不到梯度。baseline：一个数，或者与 returns 形状相同的张量。返回：[]。
    """
    raise NotImplementedError("reinforce_loss")
