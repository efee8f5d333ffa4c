# %% pick_device_mps_first
# pick_device prefers mps to cuda.
# named: mps_first
def pick_device(name="auto"):
    if name != "auto":
        return torch.device(name)
    if torch.backends.mps.is_available():
        return torch.device("mps")
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("cpu")

# %% pick_device_forgets_mps
# pick_device knows only cuda and cpu.
# named: mps_forgotten
def pick_device(name="auto"):
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.device(name)

# %% pick_device_returns_name
# pick_device returns the name, a str, and no torch.device.
# named: a_string
def pick_device(name="auto"):
    if name == "auto":
        if torch.cuda.is_available():
            return "cuda"
        elif torch.backends.mps.is_available():
            return "mps"
        return "cpu"
    return name

# %% pick_device_missing_call
# pick_device forgets the brackets after is_available; the function itself counts as true, so cuda is always taken.
# named: not_called
def pick_device(name="auto"):
    if name == "auto":
        if torch.cuda.is_available:
            return torch.device("cuda")
        if torch.backends.mps.is_available:
            return torch.device("mps")
        return torch.device("cpu")
    return torch.device(name)

# %% pick_device_remembers
# pick_device keeps its first answer, so it asks the two functions only once.
# named: -
from functools import lru_cache

@lru_cache(maxsize=None)
def pick_device(name="auto"):
    if name != "auto":
        return torch.device(name)
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps") if torch.backends.mps.is_available() else torch.device("cpu")

# %% pick_device_asked_at_import
# pick_device looks for a GPU once, when the file is loaded, not in each call.
# named: always_the_cpu
BEST = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"

def pick_device(name="auto"):
    if name == "auto":
        return torch.device(BEST)
    return torch.device(name)

# %% pick_device_falls_back
# pick_device returns the cpu for a cuda name where there is no cuda.
# named: named_if_available, cuda_if_available
def pick_device(name="auto"):
    if name == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda")
        if torch.backends.mps.is_available():
            return torch.device("mps")
        return torch.device("cpu")
    if name.startswith("cuda") and not torch.cuda.is_available():
        return torch.device("cpu")
    return torch.device(name)

# %% pick_device_ignores_name
# pick_device never looks at the name.
# named: name_ignored
def pick_device(name="auto"):
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")

# %% pick_device_drops_index
# pick_device keeps only the kind of the named device: "cuda:1" becomes cuda.
# named: number_lost
def pick_device(name="auto"):
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    return torch.device(name.split(":")[0])

# %% pick_device_default_cpu
# pick_device has "cpu" as its default name in place of "auto".
# named: always_the_cpu, cpu_by_default
def pick_device(name="cpu"):
    if name == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda")
        if torch.backends.mps.is_available():
            return torch.device("mps")
        return torch.device("cpu")
    return torch.device(name)

# %% pick_device_last_if_wins
# pick_device takes the last kind that is available, since the second if overwrites the first.
# named: -
def pick_device(name="auto"):
    if name != "auto":
        return torch.device(name)
    device = "cpu"
    if torch.cuda.is_available():
        device = "cuda"
    else:
        device = "cpu"
    if torch.backends.mps.is_available():
        device = "mps"
    else:
        device = "cpu"
    return torch.device(device)
