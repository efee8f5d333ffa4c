"""What PyTorch and NumPy say of a beginner's error → what it means.

A sentence says only what is sure wherever that text is raised; what may be the cause is asked. The first that fits
counts.
"""

from __future__ import annotations

from grader.text import Message, say

_DTYPES = say(
    "Tensors of different dtypes meet here, such as float32 and float64. Make new ones with dtype=x.dtype, "
    "or convert one with .to(x.dtype)."
)
_MATMUL = say(
    "In a product a @ b, the last size of a must be the one before last of b (of a vector b, its only one). "
    "Print both shapes just before this line; is a transpose missing, or one too many?"
)
_BROADCAST = say(
    "Two shapes are compared from their last dimension on: in each, the sizes must be equal, or one of them 1. Print "
    "both shapes just before this line; unsqueeze or keepdim=True adds a dimension of size 1."
)
_BROADCAST_OF_ARRAYS = say(
    "Two shapes are compared from their last axis on: in each, the sizes must be equal, or one of them 1. Print both "
    "shapes just before this line; keepdims=True keeps an axis of size 1, and [:, None] adds one."
)
_ONE_VALUE = say(
    "A single number is needed here, and this tensor does not have just one entry. Pick one by its index, "
    "or make one with .sum() or .mean(); to compute with all of them, use torch's functions."
)
_TRUTH = say(
    "A tensor with several entries is neither true nor false, so it can't stand in `if`, `while`, `and`, "
    "`or`, `not`, or in Python's own max() and min(). Choose entry by entry with torch.where (or "
    "torch.clamp, &, |), or ask for one answer with .any() or .all()."
)
_INIT = say(
    "A class that derives from nn.Module must call super().__init__() in its own __init__, before it sets "
    "anything on self."
)
_TENSORS_WANTED = say(
    "This function takes tensors, and got something else. Make a tensor of it first with torch.tensor(...) (of a NumPy "
    "array: torch.from_numpy), or use the math module for single Python numbers."
)
_FLOATS = say(
    "This needs numbers with a fraction, and the tensor holds whole numbers or truth values. Convert it "
    "first, with .float() or .to(x.dtype)."
)
_LIST_OF_TENSORS = say(
    "A list of tensors is needed here, and something in it is no tensor. torch.tensor(...) makes a tensor of numbers."
)
_SAME_SIZES = say(
    "The tensors that are put together here must have the same shape (for torch.cat, but in the one "
    "dimension along which they are joined). Print their shapes just before this line."
)
_NUMPY_ONLY = say(
    "This is a NumPy array, no tensor: it lacks a tensor's methods. Make a tensor of it with "
    "torch.from_numpy, or use NumPy's own functions."
)

#: Attributes that tensors have and arrays lack.
_TENSORS_ALONE = (
    "unsqueeze clone detach backward requires_grad dim to numpy float grad exp abs sigmoid view_as numel long cpu "
    "permute log sqrt softmax"
)

#: Parts of the exception's text, with … between them, or others after | → the sentence where all of them are in it.
BY_PYTORCH: dict[str, Message] = {
    "Boolean value of Tensor with more than one value": _TRUTH,
    "Boolean value of Tensor with no values": say(
        "This tensor is empty, so it is neither true nor false. Ask for its size instead, as in x.numel() == 0."
    ),
    "The truth value of an array with more than one element is ambiguous": say(
        "An array with several entries is neither true nor false, so it can't stand in `if`, `and`, `or`, `not`, "
        "or in Python's own max() and min(). Choose entry by entry with np.where (or np.maximum, np.minimum, &, "
        "|), or ask for one answer with .any() or .all()."
    ),
    # -- autograd
    "leaf Variable that requires grad … in-place operation": say(
        "A tensor that requires gradients must not be changed in place, by +=, x[...] = or a method whose name ends in "
        "_. To update a parameter, do it inside `with torch.no_grad():`; in a computation write x = x + 1 in place of "
        "x += 1."
    ),
    "Can't call numpy() on Tensor that requires grad": say(
        "NumPy records no gradients, and a plot makes arrays of what it draws. Use torch's functions where gradients "
        "must flow through; where they need not, call .detach() on the tensor first."
    ),
    "Trying to backward through the graph a second time": say(
        "backward() throws away what the computation recorded. Compute the result anew before each backward(), or "
        "call it once on the sum."
    ),
    "does not require grad and does not have a grad_fn": say(
        "Nothing recorded leads from this result to a tensor that requires gradients. Is there an .item(), "
        ".detach(), .numpy(), torch.tensor(...), a comparison or no_grad on the way, or requires_grad missing?"
    ),
    "grad can be implicitly created only for scalar outputs": say(
        "backward() needs a single number to start from. Call .sum() or .mean() first, or pass it a gradient of "
        "the result's shape."
    ),
    "needed for gradient computation has been modified by an inplace operation": say(
        "A tensor that the gradient still needs was overwritten, by +=, x[...] =, a method whose name ends in _ or an "
        "optimizer's step. Make a new tensor instead, as in x = x + 1; call backward() before the step."
    ),
    "appears to not have been used in the graph": say(
        "One of the tensors that the gradient is asked for plays no part in the result. Was it replaced by a copy, "
        "or detached, on the way?"
    ),
    "ensors of floating point … can require gradients": _FLOATS,
    "can't optimize a non-leaf Tensor": say(
        "An optimizer takes tensors that were made directly, not results of a computation. Set requires_grad_() "
        "after .to(...) and the like, or use nn.Parameter."
    ),
    "optimizer got an empty parameter list": say(
        "The module has no parameters. Are they set on self, as nn.Parameter or as layers, and not kept in a plain "
        "list?"
    ),
    "Only Tensors created explicitly by the user … deepcopy": say(
        "A result of a computation can't be copied by deepcopy. Use .detach().clone()."
    ),
    # -- dtypes
    "to have the same dtype | must have the same dtype": _DTYPES,
    "to have same dtype | expected scalar type … but found | Input type ( … should be the same": _DTYPES,
    "could not infer output dtype … must be either a floating point or complex dtype": _FLOATS,
    "std and var only support floating point | Input must be floating point": _FLOATS,
    "can't be cast to the desired output type": say(
        "The result has another dtype than the tensor that is changed in place. Write x = x + y in place of x += "
        "y, or convert x first, with .float()."
    ),
    "not implemented for '": say(
        "PyTorch has this operation, but not for the dtype that it names. Convert the tensor first: .float() for "
        "numbers with a fraction, .long() for whole numbers such as class labels."
    ),
    "tensors used as indices must be": say(
        "Only whole numbers and truth values can be indices. Convert the index with .long()."
    ),
    # -- shapes
    "shapes cannot be multiplied | size mismatch, got | inconsistent tensor size, expected tensor": _MATMUL,
    "Expected size for first two dimensions of batch2 tensor | both arguments to … need to be at least 1D": _MATMUL,
    "matmul: Input operand … mismatch in its core dimension": _MATMUL,
    "must be a matrix": say("This function takes matrices: tensors with two dimensions. a @ b takes others, too."),
    "1D tensors expected": say("dot takes two vectors. For matrices write a @ b."),
    "must match the size of tensor b": _BROADCAST,
    "operands could not be broadcast together": _BROADCAST_OF_ARRAYS,
    "not broadcastable to | must match the existing size": _BROADCAST,
    "doesn't match the broadcast shape": say(
        "What is changed in place can't grow, and the result would be larger. Write x = x + y in place of x += y."
    ),
    "to a single memory location": say(
        "Several entries of this tensor are one and the same number in memory. Call .clone() before you change it."
    ),
    "shape ' … is invalid for input of size": say(
        "view and reshape keep all entries: the sizes, multiplied, must give as many as there are. With -1 in one "
        "place PyTorch works that size out."
    ),
    "view size is not compatible with input tensor's size and stride": say(
        "view can't do this, because the entries do not lie in order in memory (after a transpose, say). Use "
        ".reshape(...)."
    ),
    "Dimension out of range": say(
        "There is no such dimension. They are counted from 0, so a tensor with two has dim=0 and dim=1; -1 is the last."
    ),
    "too many indices for tensor of dimension": say(
        "There are more indices than the tensor has dimensions. Print its shape just before this line."
    ),
    "invalid index of a 0-dim tensor | slice() cannot be applied to a 0-dim tensor": say(
        "This tensor is a single number, so it has no index. Is it an entry already, or was it summed too far?"
    ),
    "is out of bounds for dimension": say("The index is too large: a dimension of size n has the indices 0 to n-1."),
    "index out of range in self": say("An index is too large (or below 0): a table of n rows has the rows 0 to n-1."),
    "Target … is out of bounds": say("A class label is too large: with n classes they go from 0 to n-1."),
    "does not match the length of the desired ordering of dimensions": say(
        "permute wants every dimension once, in the new order: as many numbers as the tensor has dimensions. To change "
        "two places use transpose."
    ),
    "step must be greater than zero": say(
        "A tensor has no negative steps, unlike a list. To turn it round use torch.flip(x, dims=(0,))."
    ),
    "stack expects each tensor to be equal size | Sizes of tensors must match except in dimension": _SAME_SIZES,
    "Tensors must have same number of dimensions": _SAME_SIZES,
    "zero-dimensional tensor … cannot be concatenated": say(
        "torch.cat joins tensors that have a dimension, and these are single numbers. torch.stack makes a vector "
        "of them."
    ),
    "expected a non-empty | stack expects a non-empty": say(
        "The list of tensors is empty. Is it filled before this line?"
    ),
    "iteration over a 0-d tensor": say(
        "This tensor is a single number: there is nothing to go through. Was it summed too far, or is .item() meant?"
    ),
    "len() of a 0-d tensor": say("This tensor is a single number, so it has no length. Was it summed too far?"),
    # -- one number of a tensor, and tensors where others are meant
    "cannot be converted to Scalar | only one element tensors can be converted": _ONE_VALUE,
    "only integer tensors of a single element can be converted to an index": say(
        "A single whole number is needed here, and this is another tensor. Take it out with .item(), or convert it "
        "with int(...)."
    ),
    "maximum(): argument | minimum(): argument": say(
        "torch.maximum and torch.minimum take two tensors. With a single number: x.clamp(min=0) is at least 0, "
        "x.clamp(max=1) at most 1."
    ),
    "must be Tensor, not": _TENSORS_WANTED,
    "must be tuple of Tensors, not | expected Tensor as element": _LIST_OF_TENSORS,
    "expected np.ndarray (got": say(
        "torch.from_numpy takes NumPy arrays. Of numbers and lists torch.tensor(...) makes a tensor; a tensor is "
        "one already."
    ),
    "new(): invalid data type": say(
        "torch.Tensor with a capital T can't make a tensor of this. torch.tensor(...) takes numbers and lists."
    ),
    "as parameter … torch.nn.Parameter or None expected": say(
        "Only an nn.Parameter can take the place of a parameter. Write nn.Parameter(...) around the tensor, or "
        "change its numbers inside `with torch.no_grad():`."
    ),
    "before Module.__init__() call": _INIT,
    **{
        f"has no attribute '{name}'": _INIT
        for name in ("_parameters", "_modules", "_buffers", "_backward_hooks", "_forward_hooks", "_backward_pre_hooks")
    },
    'is missing the required "forward" function': say(
        "The module is called, and its class has no method forward. Is it spelled and indented right, inside the class?"
    ),
    "'Tensor' object is not callable": say(
        "Brackets ( ) stand behind a tensor, as if it were a function. Is an operator missing, as in a * (b + c), "
        "are [ ] meant, or has a variable the name of a function?"
    ),
    "'Tensor' object has no attribute 'astype'": say("That method is NumPy's. For a tensor, write .to(dtype)."),
    "'Tensor' object has no attribute 'copy'": say("That method is NumPy's. For a tensor, write .clone()."),
    "'Tensor' object has no attribute 'append'": say(
        "A tensor can't grow. Collect tensors in a list, then call torch.stack or torch.cat once."
    ),
    **{f"'numpy.ndarray' object has no attribute '{name}'": _NUMPY_ONLY for name in _TENSORS_ALONE.split()},
}
