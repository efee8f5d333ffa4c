"""The checks of exercise 29.

An error in one function costs its own checks only: where style_loss or image_gradient is not right by itself, right
functions stand in for those that it may call. What the probes say of .grad and of flags only ever takes points: each
check judges numbers too.
"""

from __future__ import annotations

import torch

from grader.checks import check

#: Sums of products keep fourteen digits in float64; what went through float32 on the way keeps seven.
TEN_DIGITS = {"rtol": 1e-10, "atol": 1e-12}
#: The same through an extractor, where numbers in the thousands may nearly cancel.
NINE_DIGITS = {"rtol": 1e-9, "atol": 1e-9}
#: The same in float32.
FLOAT32 = {"rtol": 1e-4, "atol": 1e-5}
FLOAT32_NEARLY_CANCELLED = {"rtol": 1e-3, "atol": 1e-3}

BUILT_ON = {
    "style_loss": ("gram_matrix", "content_loss"),
    "image_gradient": ("gram_matrix", "content_loss", "style_loss"),
}


# --- inputs


def maps(sample, *shape, size=1.0):
    """Entries of both signs, whose mean is not 0."""
    return size * sample.normal(*shape, mean=0.4)


def turned(x):
    """The same entries, in memory the last axis first."""
    return x.permute(3, 2, 1, 0).contiguous().permute(3, 2, 1, 0)


def cut_out(x):
    """The same entries, as a part of a larger tensor."""
    return torch.stack([x, 1 + x], dim=-1)[..., 0]


def scene(sample, n, height, width, style_height, style_width, d=3, size=1.0):
    """img, content, style."""
    shapes = ((n, d, height, width), (n, d, height, width), (n, d, style_height, style_width))
    return [maps(sample, *shape, size=size) for shape in shapes]


def kernels(sample, d=3):
    """The weights of an extractor with three maps, of four, five and two channels."""
    return [sample.normal(4, d, 3, 3, std=0.4), sample.normal(5, 4, 2, 2, std=0.5), sample.normal(2, 5, 1, 1)]


def weights_of_losses(sample):
    """alpha and beta, neither of them 0."""
    return sample.number(0.5, 2), sample.number(3, 9)


# --- the two functions that are built on others


def stand_ins(student, reference, probe, name, args, rtol, atol, **options):
    """Nothing where the submission's own functions lead to the right numbers, else right ones."""
    size = {"style_loss": 1 + args[0].numel() + args[1].numel(), "image_gradient": 1 + args[0].numel()}[name]
    trial = probe(f"{name}_alone"), size, *args
    fits = torch.allclose(student(*trial), reference(*trial), rtol=rtol, atol=atol)
    return {} if fits else {other: probe(f"right_{other}") for other in BUILT_ON[name]}


def judge_style(compare, student, reference, probe, *args, **options):
    options = {**TEN_DIGITS, **options}
    replace = stand_ins(student, reference, probe, "style_loss", args, **options)
    compare("style_loss", *args, replace=replace, **options)


def judge_image(compare, student, reference, probe, *args, **options):
    options = {**NINE_DIGITS, **options}
    replace = stand_ins(student, reference, probe, "image_gradient", args, **options)
    compare("image_gradient", *args, replace=replace, **options)


def judge_scenario(compare, student, reference, probe, scenario, args, alone):
    """A scenario of `image_gradient`. alone: the arguments of a plain call that gives the same loss and gradient."""
    replace = stand_ins(student, reference, probe, "image_gradient", alone, **NINE_DIGITS)
    compare(probe(scenario), *args, about="image_gradient", replace=replace, **NINE_DIGITS)


# --- gram_matrix


@check(points=1, title="gram_matrix: products of channels, summed over positions, divided by C·H·W; one per image")
def test_gram(compare, sample):
    # Sizes that differ; that agree; as many positions as channels.
    for shape in ((2, 3, 4, 5), (3, 3, 3, 3), (2, 6, 3, 2), (3, 2, 1, 4)):
        compare("gram_matrix", maps(sample, *shape), effects=True, **TEN_DIGITS)
    compare("gram_matrix", maps(sample, 2, 4, 3, 2, size=1000), **TEN_DIGITS)


@check(points=0.5, title="gram_matrix: autograd goes through it")
def test_gram_gradient(compare, sample):
    for shape in ((2, 3, 4, 5), (3, 3, 3, 3)):
        compare("gram_matrix", maps(sample, *shape), gradient=True, effects=True, **TEN_DIGITS)


# --- content_loss


@check(points=1, title="content_loss: the mean of the squared differences, over all entries")
def test_content(compare, sample):
    for shape in ((2, 3, 4, 5), (3, 3, 3, 3), (1, 4, 2, 3)):
        compare("content_loss", maps(sample, *shape), maps(sample, *shape), effects=True, **TEN_DIGITS)
    compare("content_loss", maps(sample, 2, 4, 3, 2, size=1000), maps(sample, 2, 4, 3, 2, size=1000), **TEN_DIGITS)


@check(points=0.5, title="content_loss: the gradient goes to f, and none to target")
def test_content_gradient(compare, sample):
    for shape in ((2, 3, 4, 5), (3, 3, 3, 3)):
        args = maps(sample, *shape), maps(sample, *shape)
        compare("content_loss", *args, gradient=(0, 1), effects=True, **TEN_DIGITS)


# --- style_loss


@check(
    points=1,
    title="style_loss: the mean of the squared differences of the Gram matrices (what is wrong in your gram_matrix "
    "does not count here)",
)
def test_style(compare, student, reference, sample, probe):
    for shape in ((2, 3, 4, 5), (3, 3, 3, 3), (3, 4, 2, 2)):
        args = maps(sample, *shape), maps(sample, *shape)
        judge_style(compare, student, reference, probe, *args, effects=True)
    args = maps(sample, 2, 4, 3, 2, size=1000), maps(sample, 2, 4, 3, 2, size=1000)
    judge_style(compare, student, reference, probe, *args)


@check(
    points=1,
    title="style_loss: a target with another height and width (what is wrong in your gram_matrix does not count here)",
)
def test_style_of_another_size(compare, student, reference, sample, probe):
    for n, c, sizes, others in ((2, 3, (4, 5), (6, 3)), (3, 2, (3, 3), (1, 4)), (2, 4, (2, 2), (5, 2))):
        args = maps(sample, n, c, *sizes), maps(sample, n, c, *others)
        judge_style(compare, student, reference, probe, *args, effects=True)


@check(
    points=0.5,
    title="style_loss: the gradient goes to f, and none to target (what is wrong in your gram_matrix does not count "
    "here)",
)
def test_style_gradient(compare, student, reference, sample, probe):
    for shape in ((2, 3, 4, 5), (3, 3, 3, 3)):
        args = maps(sample, *shape), maps(sample, *shape)
        judge_style(compare, student, reference, probe, *args, gradient=(0, 1), effects=True)


# --- image_gradient


@check(
    points=2,
    title="image_gradient: alpha · content loss of the last map + beta · the sum of all style losses, and the gradient "
    "(what is wrong in your other functions does not count here)",
)
def test_image(compare, student, reference, sample, probe):
    # The style image is as large as the others; has another size; then alpha is 0; then beta.
    for sizes, zero in (((1, 5, 4, 5, 4), None), ((2, 4, 4, 3, 6), None), ((3, 3, 3, 3, 3), 0), ((2, 3, 5, 5, 3), 1)):
        weights = [0.0 if place == zero else weight for place, weight in enumerate(weights_of_losses(sample))]
        args = *scene(sample, *sizes), probe("three_maps", *kernels(sample)), *weights
        judge_image(compare, student, reference, probe, *args, effects=True)


@check(
    points=1,
    title="image_gradient: every .grad of images and parameters stays as it was, and so do requires_grad and the mode "
    "(what is wrong in your other functions does not count here)",
)
def test_no_gradients_left(compare, student, reference, sample, probe):
    for old in (None, sample.number(1, 3)):
        images, weights, losses = scene(sample, 2, 4, 5, 3, 4), kernels(sample), weights_of_losses(sample)
        alone = *images, probe("three_maps", *weights), *losses
        judge_scenario(compare, student, reference, probe, "among_gradients", (*images, weights, *losses, old), alone)
    args = *scene(sample, 2, 4, 4, 4, 4), probe.build("Network", *kernels(sample)), *weights_of_losses(sample)
    judge_image(compare, student, reference, probe, *args, effects=True)


# --- hidden


@check(points=0.5, hidden=True, title="one image, one channel, one position; views of larger tensors")
def test_few(compare, student, reference, sample, probe):
    for shape in ((1, 1, 1, 1), (1, 3, 1, 1), (2, 1, 3, 2)):
        f, target = maps(sample, *shape), maps(sample, *shape)
        compare("gram_matrix", f, **TEN_DIGITS)
        compare("content_loss", f, target, **TEN_DIGITS)
        judge_style(compare, student, reference, probe, f, target)
    for change in (turned, cut_out):
        f, target = change(maps(sample, 2, 3, 4, 5)), change(maps(sample, 2, 3, 4, 5))
        compare("gram_matrix", f, **TEN_DIGITS)
        compare("content_loss", f, target, **TEN_DIGITS)
        judge_style(compare, student, reference, probe, f, target)
        images = [change(image) for image in scene(sample, 2, 4, 3, 4, 3)]
        args = *images, probe("three_maps", *kernels(sample)), *weights_of_losses(sample)
        judge_image(compare, student, reference, probe, *args)


@check(
    points=0.5,
    hidden=True,
    title="image_gradient: an extractor with a single map; one image; numbers in the thousands; an img that is the "
    "result of a computation; two calls",
)
def test_images_of_any_kind(compare, student, reference, sample, probe):
    judge = compare, student, reference, probe
    for sizes, size in (((1, 1, 1, 2, 1), 1.0), ((2, 3, 2, 2, 3), 1000.0)):
        args = *scene(sample, *sizes, size=size), probe("one_map", sample.normal(4, 3)), *weights_of_losses(sample)
        judge_image(*judge, *args)
    args = *scene(sample, 2, 3, 4, 4, 2), probe("one_map", sample.normal(4, 3)), *weights_of_losses(sample)
    judge_scenario(*judge, "called_twice", args, args)
    (base, content, style), weights = scene(sample, 2, 4, 3, 3, 4), kernels(sample)
    losses = weights_of_losses(sample)
    alone = 3 * base, content, style, probe("three_maps", *weights), *losses
    judge_scenario(*judge, "inner_node", (base, content, style, weights, *losses), alone)


@check(points=0.5, hidden=True, title="float32 in, float32 out")
def test_float32(compare, student, reference, sample, probe):
    f, target = maps(sample, 2, 3, 4, 5).float(), maps(sample, 2, 3, 4, 5).float()
    compare("gram_matrix", f, **FLOAT32)
    compare("content_loss", f, target, gradient=(0, 1), **FLOAT32)
    judge_style(compare, student, reference, probe, f, target, gradient=(0, 1), **FLOAT32)
    images = [image.float() for image in scene(sample, 2, 4, 5, 5, 3)]
    args = *images, probe("three_maps", *(k.float() for k in kernels(sample))), *weights_of_losses(sample)
    judge_image(compare, student, reference, probe, *args, **FLOAT32_NEARLY_CANCELLED)
