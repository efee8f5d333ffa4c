# grade course: deep-learning-by-exercise
"""Detection and segmentation: what boxes have in common, one box where several were found, the mean IoU of labels.

A box is a row of a tensor, float32 or float64. No function changes its inputs.

检测与分割：两个框重叠了多少；检测器在一处给出好几个框时只留一个；像素标签的平均交并比。

一个框是张量的一行，dtype 是 float32 或 float64。所有函数都不改动输入。
"""

from __future__ import annotations

import torch


def to_xyxy(b: torch.Tensor) -> torch.Tensor:
    """Boxes given by center and size, as boxes given by two corners.

    b: [N, 4], rows cx, cy, w, h, with w and h at least 0; N may be 0. Returns: [N, 4], rows x1, y1, x2, y2: the corner
    with the smaller coordinates, then the one with the larger; dtype as b.

    把用中心和宽高表示的框，改用两个角点表示。

    b：[N, 4]，每行是 cx、cy、w、h，w 和 h 不小于 0；N 可以是 0。返回：[N, 4]，每行是 x1、y1、x2、y2：先是坐标较小的角点，再是坐标较大的角点；dtype 与 b 相同。
    """
    raise NotImplementedError("to_xyxy")


def iou(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Intersection over union of every box of a with every box of b.

    a: [N, 4], b: [M, 4], rows x1, y1, x2, y2 with x1 ≤ x2 and y1 ≤ y2, one dtype; N and M may be 0. Returns: [N, M],
    that dtype, from 0 to 1; 0 where the union has no area.

    a 的每个框与 b 的每个框的交并比，即交集面积除以并集面积。

    a：[N, 4]，b：[M, 4]，每行是 x1、y1、x2、y2，x1 ≤ x2，y1 ≤ y2，两者 dtype 相同；N 和 M 可以是 0。返回：[N, M]，dtype 与输入相同，取值在 0 到 1 之间；并集没有面积时是 0。
    """
    raise NotImplementedError("iou")


def nms(boxes: torch.Tensor, scores: torch.Tensor, threshold: float) -> torch.Tensor:
    """Non-maximum suppression: the best boxes, without those that overlap a better one too much.

    boxes: [N, 4], rows x1, y1, x2, y2. scores: [N], dtype as boxes, no two equal; any sign. N may be 0. threshold: 0 to
    1. Returns: [K], int64, the row numbers of the boxes that are kept, by falling score: a box is dropped if its IoU
    with one that is kept is above the threshold.

    非极大值抑制：留下最好的框，去掉与更好的框重叠太多的框。

    boxes：[N, 4]，每行是 x1、y1、x2、y2。scores：[N]，dtype 与 boxes 相同，互不相等，正负都可以。N 可以是 0。threshold：0 到 1。返回：[K]，int64，留下的框的行号，分数高的在前：与某个留下的框的交并比大于阈值的框要去掉。
    """
    raise NotImplementedError("nms")


def mean_iou(pred: torch.Tensor, y: torch.Tensor, C: int, ignore: int = 255) -> float:
    """The mean over the classes of the IoU of the pixels labelled as a class and those predicted as it.

    pred, y: [N, H, W], int64, 0 … C−1; y may also be `ignore`, which may itself be one of 0 … C−1: where y is `ignore`,
    a pixel does not count. N may be 0. All images are judged together. A class that is in neither of the two is left
    out. Returns: a Python float; nan if all classes are left out.

    平均交并比：对每个类别，求标签是这一类的像素与预测成这一类的像素的交并比，再对类别求平均。

    pred、y：[N, H, W]，int64，取值 0 … C−1；y 还可以是 `ignore`，它本身也可能是 0 … C−1 之一：y 等于 `ignore` 的像素要忽略。N 可以是 0。所有图像合在一起算。pred 和 y 里都没有的类别不参与平均。返回：Python 浮点数；没有类别参与平均时是 nan。
    """
    raise NotImplementedError("mean_iou")
