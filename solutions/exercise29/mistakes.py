"""What learners get wrong here, each as an edit of reference.py."""

from __future__ import annotations

from grader.checks import edit

#: What several of the edits below replace.
ROWS = "f.reshape(N, C, H * W)"
PRODUCT = "rows @ rows.mT / (C * H * W)"
MEAN = "((f - target.detach()) ** 2).mean()"
GRAMS = "gram_matrix(f) - gram_matrix(target).detach()"
STYLE_MEAN = f"(({GRAMS}) ** 2).mean()"
LEAF = "x = img.detach().requires_grad_()"
STYLES = "map(style_loss, maps, extractor(style))"
SUM = " + beta * sum(styles)"
FOR_X = "(gradient,) = torch.autograd.grad(loss, x)"

# --- gram_matrix

gram_undivided = edit("gram_matrix", {" / (C * H * W)": ""}).says("the sums of products are not divided by C·H·W")
gram_by_positions = edit("gram_matrix", {"(C * H * W)": "(H * W)"}).says(
    "the sums are divided by H·W; divide by C·H·W, by the channels as well"
)
gram_by_channels = edit("gram_matrix", {"(C * H * W)": "C"}).says(
    "the sums are divided by C; divide by C·H·W, by the positions as well"
)
gram_by_all = edit("gram_matrix", {"(C * H * W)": "(N * C * H * W)"}).says(
    "the sums are divided by N·C·H·W; the number of images does not belong there: each has a matrix of its own"
)
gram_of_positions = edit("gram_matrix", {"rows @ rows.mT": "rows.mT @ rows"}).says(
    "these are products of positions, summed over the channels, [N, H·W, H·W]; exchange the two factors"
)
gram_read_across = edit("gram_matrix", {ROWS: "f.reshape(N, H * W, C).mT"}).says(
    "channels and positions are mixed: reshape keeps the numbers in their sequence, and does not exchange axes"
)
gram_across_batch = edit("gram_matrix", {ROWS: "f.reshape(C, N, H * W).transpose(0, 1)"}).says(
    "images and channels are mixed: reshape keeps the numbers in their sequence, and does not exchange axes"
)
gram_of_batch = edit("gram_matrix", {ROWS: "f.reshape(N * C, H * W)"}).says(
    "this is one matrix [N·C, N·C], with products of channels of different images; each image has its own [C, C]"
)
gram_of_batch_by_all = edit("gram_matrix", {ROWS: "f.reshape(N * C, H * W)", "(C * H": "(N * C * H"}).says(
    "this is one matrix [N·C, N·C], with products of channels of different images; each image has its own [C, C]"
)
gram_first_image = edit("gram_matrix", {PRODUCT: "(rows @ rows.mT / (C * H * W))[0]"}).says(
    "this is the matrix of the first image alone; each image has its own"
)
gram_added_up = edit("gram_matrix", {PRODUCT: "(rows @ rows.mT / (C * H * W)).sum(dim=0)"}).says(
    "the matrices of all images are added up; each image has its own"
)
gram_added_up_for_each = edit(
    "gram_matrix", {PRODUCT: "(rows @ rows.mT / (C * H * W)).sum(dim=0, keepdim=True).repeat(N, 1, 1)"}
).says("the matrices of all images are added up; each image has its own")
gram_averaged = edit("gram_matrix", {PRODUCT: "(rows @ rows.mT / (C * H * W)).mean(dim=0)"}).says(
    "this is the mean of the matrices of all images; each image has its own"
)
gram_centred = edit("gram_matrix", {ROWS: f"{ROWS}\nrows = rows - rows.mean(dim=2, keepdim=True)"}).says(
    "the mean of each channel is subtracted first, which gives covariances; the products themselves are asked for"
)
gram_of_directions = edit(
    "gram_matrix", {PRODUCT: "torch.cosine_similarity(rows[:, :, None], rows[:, None], dim=3)"}
).says("each channel is scaled to length 1 first; the products of the channels as they are, are asked for")
gram_of_directions_divided = edit("gram_matrix", {ROWS: f"torch.nn.functional.normalize({ROWS}, dim=2)"}).says(
    "each channel is scaled to length 1 first; the products of the channels as they are, are asked for"
)
gram_diagonal = edit("gram_matrix", {PRODUCT: "torch.diag_embed((rows * rows).sum(dim=2)) / (C * H * W)"}).says(
    "only the diagonal is there; each channel is multiplied with each other one as well"
)
gram_upper_half = edit("gram_matrix", {PRODUCT: f"({PRODUCT}).triu()"}).says(
    "below the diagonal there are zeros; the matrix is symmetric, and G[j, i] is G[i, j]"
)
gram_detached = edit("gram_matrix", {ROWS: "f.detach().reshape(N, C, H * W)"}).says(
    "the result is cut off the graph: autograd can't go through it"
)

# --- content_loss

content_sum = edit("content_loss", {"mean": "sum"}).says("this is the sum of the squares; the mean is asked for")
content_half = edit("content_loss", {"mean()": "mean() / 2"}).says(
    "this is half of the mean: there is no factor ½ here"
)
content_half_sum = edit("content_loss", {"mean()": "sum() / 2"}).says(
    "this is half of the sum of the squares; their mean is asked for, without a factor ½"
)
content_sum_per_image = edit("content_loss", {"mean()": "sum() / len(f)"}).says(
    "the squares of each image are added up, and only the images are averaged; take the mean over all entries"
)
content_sum_of_means = edit("content_loss", {"mean()": "mean() * len(f)"}).says(
    "the means of the images are added up; take the mean over all entries, those of all images"
)
content_each_image = edit("content_loss", {"mean()": "mean(dim=(1, 2, 3))"}).says(
    "there is a number for each image; one number, the mean over all entries, is asked for"
)
content_unreduced = edit("content_loss", {".mean()": ""}).says(
    "these are the squares entry by entry; one number, their mean, is asked for"
)
content_root = edit("content_loss", {"mean()": "mean().sqrt()"}).says(
    "this is the root of the mean square; the mean square itself is asked for"
)
content_absolute = edit("content_loss", {MEAN: "(f - target.detach()).abs().mean()"}).says(
    "this is the mean of the absolute differences; they are to be squared"
)
content_square_of_mean = edit("content_loss", {MEAN: "(f - target.detach()).mean() ** 2"}).says(
    "the mean is taken before the square, so that differences of opposite sign cancel"
)
content_length = edit("content_loss", {MEAN: "torch.dist(f, target.detach())"}).says(
    "this is the length ‖f − target‖; the mean of the squares is asked for"
)
content_of_grams = edit("content_loss", {MEAN: "((gram_matrix(f) - gram_matrix(target).detach()) ** 2).mean()"}).says(
    "Gram matrices are compared; the content is compared by the maps themselves"
)
content_to_target = edit("content_loss", {".detach()": ""}).says(
    "a gradient goes to the target as well: it is a constant here, also where it requires gradients"
)
content_to_target_only = edit("content_loss", {"f - target.detach()": "f.detach() - target"}).says(
    "the gradient goes to the target and not to f: it is the target that is a constant"
)
content_detached = edit("content_loss", {MEAN: f"{MEAN}.detach()"}).says(
    "the loss is cut off the graph: no gradient arrives at f"
)

# --- style_loss

style_sum = edit("style_loss", {"mean": "sum"}).says("this is the sum of the squares; the mean is asked for")
style_half = edit("style_loss", {"mean()": "mean() / 2"}).says("this is half of the mean: there is no factor ½ here")
style_quarter = edit("style_loss", {"mean()": "mean() / 4"}).says(
    "this is a quarter of the mean: there is no factor ¼ here"
)
style_quarter_sum = edit("style_loss", {"mean()": "sum() / 4"}).says(
    "this is a quarter of the sum of the squares; their mean is asked for, without a factor ¼"
)
style_sum_per_image = edit("style_loss", {"mean()": "sum() / len(f)"}).says(
    "the squares of each image are added up, and only the images are averaged; take the mean over all entries"
)
style_sum_of_means = edit("style_loss", {"mean()": "mean() * len(f)"}).says(
    "the means of the images are added up; take the mean over all entries, those of all images"
)
style_each_image = edit("style_loss", {"mean()": "mean(dim=(1, 2))"}).says(
    "there is a number for each image; one number, the mean over all entries, is asked for"
)
style_unreduced = edit("style_loss", {".mean()": ""}).says(
    "these are the squares entry by entry; one number, their mean, is asked for"
)
style_root = edit("style_loss", {"mean()": "mean().sqrt()"}).says(
    "this is the root of the mean square; the mean square itself is asked for"
)
style_absolute = edit("style_loss", {STYLE_MEAN: f"({GRAMS}).abs().mean()"}).says(
    "this is the mean of the absolute differences; they are to be squared"
)
style_of_maps = edit("style_loss", {STYLE_MEAN: "((f - target.detach()) ** 2).mean()"}).says(
    "the maps themselves are compared, position by position; the style is compared by Gram matrices"
)
style_of_mean_gram = edit(
    "style_loss", {STYLE_MEAN: "((gram_matrix(f).mean(dim=0) - gram_matrix(target).detach().mean(dim=0)) ** 2).mean()"}
).says("the Gram matrices of all images are averaged before they are compared; each image has its own")
style_undivided = edit(
    "style_loss", {GRAMS: "gram_matrix(f) * f[0].numel() - gram_matrix(target).detach() * target[0].numel()"}
).says("the Gram matrices are those without the division by C·H·W")
style_divided_again = edit(
    "style_loss", {GRAMS: "gram_matrix(f) / f[0].numel() - gram_matrix(target).detach() / target[0].numel()"}
).says("style_loss divides the Gram matrices by C·H·W as well; gram_matrix alone is to do that")
style_mean_divided_again = edit("style_loss", {"mean()": "mean() / f[0].numel()"}).says(
    "the mean is divided by C·H·W as well; gram_matrix alone is to do that"
)
style_of_difference = edit("style_loss", {STYLE_MEAN: "(gram_matrix(f - target.detach()) ** 2).mean()"}).says(
    "this is the Gram matrix of a difference of maps; the difference of their Gram matrices is asked for"
)
style_by_size_of_f = edit(
    "style_loss",
    {GRAMS: "(gram_matrix(f) * f[0].numel() - gram_matrix(target).detach() * target[0].numel()) / f[0].numel()"},
).says("both Gram matrices are divided by the C·H·W of f; that of the target is divided by the target's own")
style_resized = edit(
    "style_loss", {"return": "target = torch.nn.functional.interpolate(target, size=f.shape[2:])\nreturn"}
).says("the target is brought to the size of f first; its Gram matrix is that of all its own positions")
style_resized_smoothly = edit(
    "style_loss",
    {"return": 'target = torch.nn.functional.interpolate(target, size=f.shape[2:], mode="bilinear")\nreturn'},
).says("the target is brought to the size of f first; its Gram matrix is that of all its own positions")
style_to_target = edit("style_loss", {".detach()": ""}).says(
    "a gradient goes to the target as well: it is a constant here, also where it requires gradients"
)
style_to_target_only = edit("style_loss", {GRAMS: "gram_matrix(f).detach() - gram_matrix(target)"}).says(
    "the gradient goes to the target and not to f: it is the target that is a constant"
)
style_detached = edit("style_loss", {STYLE_MEAN: f"({STYLE_MEAN}).detach()"}).says(
    "the loss is cut off the graph: no gradient arrives at f"
)

# --- image_gradient

image_weights_exchanged = edit("image_gradient", {"alpha *": "beta *", "+ beta *": "+ alpha *"}).says(
    "alpha and beta are exchanged: alpha belongs to the content, beta to the style"
)
image_without_alpha = edit("image_gradient", {"alpha * content_loss": "content_loss"}).says("alpha is not used")
image_without_beta = edit("image_gradient", {"beta * sum": "sum"}).says("beta is not used")
image_without_weights = edit("image_gradient", {"alpha * content_loss": "content_loss", "beta * sum": "sum"}).says(
    "neither alpha nor beta is used"
)
image_beta_twice = edit("image_gradient", {"beta * sum": "beta * beta * sum"}).says(
    "the style losses are multiplied by beta twice"
)
image_content_only = edit("image_gradient", {SUM: ""}).says("the style losses are missing")
image_style_only = edit("image_gradient", {"alpha * content_loss": "0 * content_loss"}).says(
    "the content loss is missing"
)
image_content_of_first = edit(
    "image_gradient", {"maps[-1], extractor(content)[-1]": "maps[0], extractor(content)[0]"}
).says("the content loss is that of the first map; the last one is asked for")
image_content_of_all = edit(
    "image_gradient",
    {"content_loss(maps[-1], extractor(content)[-1])": "sum(map(content_loss, maps, extractor(content)))"},
).says("the content losses of all maps are added up; that of the last map alone counts")
image_content_of_pixels = edit("image_gradient", {"maps[-1], extractor(content)[-1]": "x, content"}).says(
    "the content loss compares the images themselves; it compares their last maps"
)
image_style_of_last = edit("image_gradient", {STYLES: "[style_loss(maps[-1], extractor(style)[-1])]"}).says(
    "the style loss is that of the last map; those of all maps are added up"
)
image_style_of_first = edit("image_gradient", {STYLES: "[style_loss(maps[0], extractor(style)[0])]"}).says(
    "the style loss is that of the first map; those of all maps are added up"
)
image_style_without_last = edit("image_gradient", {STYLES: "map(style_loss, maps[:-1], extractor(style))"}).says(
    "the style loss of the last map is missing: it counts for both content and style"
)
image_style_mean = edit("image_gradient", {"sum(styles)": "sum(styles) / len(maps)"}).says(
    "the style losses of the maps are averaged; their sum is asked for"
)
image_style_of_content = edit("image_gradient", {"extractor(style)": "extractor(content)"}).says(
    "the style is compared with that of the content image; it is to be that of the style image"
)
image_content_of_style = edit("image_gradient", {"extractor(content)": "extractor(style)"}).says(
    "the content is compared with that of the style image; it is to be that of the content image"
)
image_images_exchanged = edit(
    "image_gradient", {"extractor(content)": "extractor(style)", "extractor(style)": "extractor(content)"}
).says("the content image and the style image are exchanged")
image_style_by_maps = edit("image_gradient", {"map(style_loss": "map(content_loss"}).says(
    "the style, too, is compared by the maps themselves; it is compared by their Gram matrices"
)
image_style_cut_off = edit(
    "image_gradient", {STYLES: "map(style_loss, [f.detach() for f in maps], extractor(style))"}
).says("the gradient is that of the content alone: the style losses are in the loss, but cut off the graph")
image_exchanged = edit("image_gradient", {"loss.item(), gradient": "gradient, loss.item()"}).says(
    "the two results are exchanged: the loss comes first, then the gradient"
)
image_tensor_loss = edit("image_gradient", {"loss.item()": "loss"}).says(
    "the loss is a tensor; a Python number, which keeps no graph, is asked for"
)
image_downhill = edit("image_gradient", {"loss.item(), gradient": "loss.item(), -gradient"}).says(
    "the sign is the other way round: this is the direction downhill; the gradient itself is asked for"
)
image_stepped = edit("image_gradient", {"loss.item(), gradient": "loss.item(), img - gradient"}).says(
    "this is the image after a step; the gradient itself is asked for"
)
image_gradient_of_unit_length = edit(
    "image_gradient", {"loss.item(), gradient": "loss.item(), gradient / gradient.norm()"}
).says("the gradient is scaled to length 1; the gradient itself is asked for")
image_of_content = edit("image_gradient", {"img.detach()": "content.detach()"}).says(
    "loss and gradient are those at the content image; img is where they are asked for"
)
image_backward = edit("image_gradient", {FOR_X: "loss.backward()\ngradient = x.grad"}).says(
    "the gradients of the extractor's parameters are written, too: backward() goes to every leaf that it reaches"
)
image_backward_emptied = edit(
    "image_gradient",
    {
        FOR_X: "loss.backward()\ngradient = x.grad\nfor parameter in getattr(extractor, 'parameters', list)():\n"
        "    parameter.grad = None"
    },
).says("the .grad of the extractor's parameters is emptied: whoever needs what was there has lost it")
image_frozen = edit(
    "image_gradient",
    {
        FOR_X: f"{FOR_X}\nfor parameter in getattr(extractor, 'parameters', list)():\n"
        "    parameter.requires_grad_(False)"
    },
).says("the parameters of the extractor do not require gradients any more afterwards")
image_flag_left = edit("image_gradient", {LEAF: "x = img.requires_grad_()"}).says(
    "img itself is told to require gradients, and stays so; work with a tensor of your own"
)
image_into_img = edit(
    "image_gradient", {LEAF: "x = img.requires_grad_()", FOR_X: "loss.backward()\ngradient = x.grad"}
).says("img itself is told to require gradients, and its .grad is written; work with a tensor of your own")
image_written = edit(
    "image_gradient",
    {
        LEAF: "x = img\nneeded = img.requires_grad\nx.requires_grad_()",
        FOR_X: "loss.backward(inputs=[x])\ngradient = x.grad.clone()\nif not needed:\n    img.requires_grad_(False)",
    },
).says("the .grad of img is written; work with a tensor of your own")
image_grad_emptied = edit("image_gradient", {LEAF: f"img.grad = None\n{LEAF}"}).says(
    "the .grad of img is emptied: whoever needs what was there has lost it"
)
image_through_own_history = edit(
    "image_gradient",
    {
        LEAF: "import copy\nx = img.clone().requires_grad_()\nx.retain_grad()",
        "maps = extractor(x)": "maps = copy.deepcopy(extractor)(x)",
        FOR_X: "loss.backward()\ngradient = x.grad",
    },
).says("backward does not stop at the image: it goes on through img's own history")
image_through_history = edit(
    "image_gradient",
    {LEAF: "x = img.clone().requires_grad_()\nx.retain_grad()", FOR_X: "loss.backward()\ngradient = x.grad"},
).says("backward does not stop at the image: it goes on through img's own history, and to the parameters")
image_with_history = edit("image_gradient", {"(loss, x)": "(loss, x, create_graph=True)"}).says(
    "the gradient that is returned has a history: whoever keeps it keeps a graph in memory"
)
