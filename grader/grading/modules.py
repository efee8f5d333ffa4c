"""What is said of modules that are not there: declared by the course, misspelled, not installed, or left at home."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from grader.course.packages import import_names
from grader.text import Message, say

#: Packages that people import in such exercises: no files of their own.
_KNOWN = sys.stdlib_module_names | {
    "absl", "accelerate", "albumentations", "bs4", "catboost", "cupy", "cv2", "d2l", "datasets", "diffusers", "dill",
    "einops", "fastai", "fastprogress", "flax", "gensim", "google", "gradio", "gym", "gymnasium", "h5py", "imageio",
    "jax", "jaxlib", "jaxtyping", "joblib", "keras", "librosa", "lightgbm", "lightning", "matplotlib", "nest_asyncio",
    "networkx", "nltk", "numba", "onnx", "onnxruntime", "openai", "opt_einsum", "optax", "optuna", "pandas", "PIL",
    "plotly", "polars", "psutil", "pyarrow", "pytorch_lightning", "requests", "safetensors", "scipy", "sentencepiece",
    "shap", "simplejson", "skimage", "sklearn", "spacy", "statsmodels", "streamlit", "tabulate", "tensorboard",
    "tensorboardX", "tensorflow", "tiktoken", "timm", "tokenizers", "torchaudio", "torchdata", "torchinfo",
    "torchmetrics", "torchsummary", "torchtext", "torchtyping", "torchvision", "torchviz", "tqdm", "transformers",
    "triton", "typeguard", "ujson", "umap", "wandb", "xarray", "xgboost", "yaml",
}  # fmt: skip
#: What a misspelled import may mean, beside Python's own modules.
_MEANT = (
    "torch", "numpy", "torch.nn", "torch.nn.functional", "torch.nn.init", "torch.nn.utils", "torch.optim",
    "torch.optim.lr_scheduler", "torch.utils", "torch.utils.data", "torch.autograd", "torch.distributions",
    "torch.linalg", "torch.fft", "torch.special", "torch.cuda", "torch.random", "numpy.random", "numpy.linalg",
    "matplotlib", "matplotlib.pyplot",
)  # fmt: skip


def absent_note(name: str, packages: Sequence[str]) -> Message:
    """What is said of a module that was stood in for. packages: what the course declares and this machine lacks."""
    declared = next((package for package in packages if name.partition(".")[0] in import_names(package)), None)
    if declared is not None:
        return say(
            "The module {module} is missing on the machine that grades, although this course asks for it: that "
            "is no mistake of yours. Whoever runs the grader installs it with: pip install {package}",
            module=name,
            package=declared,
        )
    if name.partition(".")[0] in _KNOWN:
        return say("The module {module} is not installed where this is graded; only what uses it fails.", module=name)
    meant = near(name)
    if meant is not None:
        return say(
            "There is no module {module} where this is graded; only what uses it fails. Is {name} meant?",
            module=name,
            name=meant,
        )
    return say(
        "There is no module {module} where this is graded; only what uses it fails. If it is a file of yours, "
        "hand it in beside this one.",
        module=name,
    )


def near(name: str) -> str | None:
    """The module that a misspelled name means."""
    import difflib

    known = [*_MEANT, *(name for name in sys.stdlib_module_names if not name.startswith("_"))]
    found = difflib.get_close_matches(name, known, n=1, cutoff=0.8)
    return found[0] if found and found[0] != name else None
