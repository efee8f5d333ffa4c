"""Exercise 36: honest networks pass on every seed, wrong ones fail by its bounds, hostile ones get a clear sentence."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.result import CheckResult, Result
from tests.tiny import grading

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "solutions" / "exercise36"
REFERENCE = (FOLDER / "reference.py").read_text("utf-8")
#: GRADE_SEEDS says how many, 200 before a release.
SEEDS = range(min(int(os.environ.get("GRADE_SEEDS", "1")), 200))
HONEST = [FOLDER / "reference.py", *sorted((FOLDER / "variants").glob("*.py"))]
#: So many are drawn where no number of seeds is asked for: that all pass is recorded (tests/test_exercises.py sees that
#: the record is of today's code), and each trains a network.
DRAWN = len(HONEST) if "GRADE_SEEDS" in os.environ else 2

Grade = Callable[[Path, int], Result]
Submit = Callable[[str], dict[str, CheckResult]]


@pytest.fixture(scope="module")
def grade() -> Iterator[Grade]:
    with grading(ROOT, "exercise36") as grade:
        yield grade


@pytest.fixture
def submit(grade: Grade, tmp_path: Path) -> Submit:
    """Grades a source, and gives its checks."""

    def graded(source: str) -> dict[str, CheckResult]:
        file = tmp_path / "digits.py"
        file.write_text(source, "utf-8")
        return {check.id: check for check in grade(file, 1).checks}

    return graded


def changed(before: str, after: str) -> str:
    """The reference with one text replaced."""
    assert REFERENCE.count(before) == 1
    return REFERENCE.replace(before, after)


def network(layers: str, more: str = "") -> str:
    """The reference with another network; more: further lines of the file."""
    source = re.sub(r"nn\.Sequential\(.*?\n        \)\n", f"{layers}\n", REFERENCE, count=1, flags=re.DOTALL)
    return f"{source}\n{more}"


def message(check: CheckResult) -> str:
    return (check.message or {}).get("en", "")


def failed(checks: dict[str, CheckResult]) -> set[str]:
    return {name for name, check in checks.items() if not check.passed}


LINEAR = network("nn.Sequential(nn.Flatten(), nn.Linear(64, 10))")
UNSHIFTED = network("nn.Sequential(nn.Flatten(), nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10))").replace(
    "shift(x[rows], gen)", "x[rows]"
)
#: Convolutions that change nothing, so that the bounds alone are left to tell it from a network.
IDLE_CONVOLUTIONS = """
class Disguised(nn.Sequential):
    def forward(self, x):
        return super().forward(x) + 0 * F.conv2d(F.conv2d(x, torch.ones(1, 1, 3, 3)), torch.ones(1, 1, 3, 3)).mean()
"""


def disguised(source: str) -> str:
    return source.replace("nn.Sequential(", "Disguised(").replace("class Net", f"{IDLE_CONVOLUTIONS}\n\nclass Net")


#: Knows the images that it was given, by all their bytes.
TABLE = (
    changed("    def forward", "    table = {}\n\n    def forward")
    .replace(
        "        return self.layers(x)\n",
        "        known = [self.table.get(image.numpy().tobytes(), 0) for image in x.detach()]\n"
        "        return self.layers(x) * 0 + 20 * F.one_hot(torch.tensor(known), 10)\n",
    )
    .replace(
        "    x, y = train\n",
        "    x, y = train\n"
        "    for images, labels in (train, val):\n"
        "        Net.table |= {image.numpy().tobytes(): int(label) for image, label in zip(images, labels)}\n",
    )
)
#: Knows digits by their nearest stored image, with the digits for labels: what can be stored beforehand.
STORED = """
import base64

def _stored():
    images = base64.b85decode(IMAGES)
    return torch.tensor(list(images), dtype=torch.float32).reshape(-1, 64) / 16, torch.tensor(list(LABELS))
"""


def nearest_stored() -> str:
    import base64

    import numpy as np

    with np.load(FOLDER / "digits.npz", allow_pickle=False) as file:
        images, labels = base64.b85encode(file["images"].tobytes()).decode(), file["labels"].tobytes()
    head = f"IMAGES = {images!r}\nLABELS = {labels!r}\n{STORED}\n\nclass Net"
    forward = (
        "        images, labels = _stored()\n"
        "        found = labels[torch.cdist(x.flatten(1), images).argmin(dim=1)]\n"
        "        return self.layers(x) * 0 + 20 * F.one_hot(found, 10)\n"
    )
    return REFERENCE.replace("class Net", head, 1).replace("        return self.layers(x)\n", forward)


@pytest.mark.slow
def test_an_honest_network_passes_on_every_seed(grade: Grade) -> None:
    for file in random.SystemRandom().sample(HONEST, DRAWN):
        for seed in SEEDS:
            result = grade(file, seed)
            wrong = [(check.id, message(check)) for check in result.checks if not check.passed]
            assert result.passed, (file.stem, seed, wrong)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_verdict(grade: Grade, tmp_path: Path) -> None:
    weak = tmp_path / "digits.py"
    weak.write_text(changed("0.005 *", "0.0003 *"), "utf-8")
    first, second = grade(weak, 5), grade(weak, 5)
    assert [check.message for check in first.checks] == [check.message for check in second.checks]
    assert "accuracy" in failed({check.id: check for check in first.checks})


@pytest.mark.slow
def test_a_linear_model_fails_by_the_bounds(submit: Submit) -> None:
    assert {"net", "accuracy", "shifted_accuracy"} <= failed(submit(LINEAR))
    found = submit(disguised(LINEAR))
    assert {"accuracy", "shifted_accuracy"} <= failed(found)
    assert re.match(
        r"Right in \d\d\.\d% of 3976 shifted images; 85% are asked for\.", message(found["shifted_accuracy"])
    )


@pytest.mark.slow
def test_a_multilayer_perceptron_without_shifts_fails_by_the_bounds(submit: Submit) -> None:
    assert {"net", "accuracy", "shifted_accuracy"} <= failed(submit(UNSHIFTED))
    assert "shifted_accuracy" in failed(submit(disguised(UNSHIFTED)))


@pytest.mark.slow
def test_a_network_that_learns_from_unshifted_images_is_told_to_shift(submit: Submit) -> None:
    found = submit(changed("shift(x[rows], gen)", "x[rows]"))
    assert failed(found) == {"shifted_accuracy"}
    assert message(found["shifted_accuracy"]).endswith("Does train shift the images that it learns from?")


@pytest.mark.slow
@pytest.mark.parametrize("source", [TABLE, nearest_stored()], ids=["looked up", "nearest stored"])
def test_memorised_answers_fail_by_the_bounds(submit: Submit, source: str) -> None:
    found = submit(source)
    assert {"accuracy", "shifted_accuracy"} <= failed(found)
    right = re.match(r"Right in (\d+\.\d)%", message(found["accuracy"]))
    assert right is not None, message(found["accuracy"])
    assert float(right[1]) < 40


@pytest.mark.slow
def test_points_of_accuracy_need_a_training_within_its_limits(submit: Submit) -> None:
    found = submit(changed("(64,)", "(80,)"))
    assert {"train", "accuracy", "shifted_accuracy"} <= failed(found)
    assert message(found["accuracy"]) == (
        "Images that the model was given in training mode: 48000; allowed: 1 to 38400."
    )


def test_a_billion_parameters(submit: Submit) -> None:
    found = submit(changed("nn.Linear(24 * 4 * 4, 10),", "nn.Linear(384, 4_000_000), nn.Linear(4_000_000, 10),"))
    assert {"net", "accuracy", "shifted_accuracy", "reports", "save_and_load"} <= failed(found)
    assert "memory" in message(found["net"])
    assert found["evaluate"].passed
    assert found["train"].passed


def test_nan(submit: Submit) -> None:
    found = submit(changed("return self.layers(x)", "return self.layers(x) * float('nan')"))
    assert {"accuracy", "shifted_accuracy", "reports"} <= failed(found)
    assert "nan" in message(found["accuracy"]).lower()


def test_a_million_lines(submit: Submit) -> None:
    found = submit(changed("        model.train()\n", "        model.train()\n        print('step\\n' * 1_000_000)\n"))
    assert {"train", "accuracy", "shifted_accuracy"} <= failed(found)
    assert "printed more than 1024 KB" in message(found["train"])
    assert found["net"].passed


def test_two_gigabytes_saved(submit: Submit) -> None:
    found = submit(
        changed("torch.save(model.state_dict(), path)", "open(path, 'wb').write(b'0' * (1 << 20)) and _fill(path)")
        + "\n\ndef _fill(path):\n    with open(path, 'ab') as file:\n        for _ in range(2048):\n"
        "            file.write(b'0' * (1 << 20))\n"
    )
    assert failed(found) == {"save_and_load", "no_code"}
    assert "4 MB" in message(found["save_and_load"])


def test_a_pickle_of_its_own(submit: Submit) -> None:
    found = submit(
        changed("model.load_state_dict(torch.load(path, weights_only=True))", "return pickle.load(open(path, 'rb'))")
        .replace("torch.save(model.state_dict(), path)", "pickle.dump(model, open(path, 'wb'))")
        .replace("import torch\n", "import pickle\n\nimport torch\n", 1)
    )
    assert failed(found) == {"save_and_load", "no_code"}
    assert "pickle.load" in message(found["save_and_load"])


@pytest.mark.slow
def test_a_training_that_never_returns(submit: Submit) -> None:
    # It sleeps: a minute of a core would be everyone's.
    endless = "    x, y = train\n    while len(x) > 900:\n        time.sleep(1)\n"
    found = submit(changed("    x, y = train\n", endless).replace("import torch\n", "import time\n\nimport torch\n", 1))
    assert found["train"].passed
    assert {"accuracy", "shifted_accuracy", "reports", "save_and_load"} <= failed(found)
    assert message(found["accuracy"]).startswith("In train: The call took longer than 60 s and was stopped.")
