"""Exports in which something is wrong: it costs that one file, and a broken export gets one clear sentence."""

from __future__ import annotations

import os
import time
import zipfile
from pathlib import Path

import pytest

from tests.intake.exports import COURSE, NAME, RIGHT, SLUG, export, grade_score, moodle, notes, packed, rows_of, table
from tests.intake.hostile import bomb, changed, link, packed_pairs, zeros

#: The student's number → what scores.csv says of the file. 1 is right.
SAYS = {
    "1": "",
    "2": "leads out of the student's folder",
    "3": "is a link to another file",
    "4": "is encrypted",
    "5": "is larger than 4.0 MiB when unpacked",
    "6": "the zip has 2 entries called",
    "7": "has control characters in it",
    "8": "is longer than 255 bytes",
    "9": "can't be unpacked: Bad CRC-32",
    "10": "packed by a method that is not read (number 14)",
    "11": "is no zip file, or a broken one",
    "12": "is larger than 4.0 MiB when unpacked",
    "13": "packed as .rar, which is not read",
    "14": "leads out of the student's folder",
    "15": "",
    "16": "",
    "17": "no .py or .ipynb file in",
    "18": "can't be unpacked",
}


def hostile_export() -> bytes:
    """Moodle's export of a class in which each student tries something else."""
    crypt, zipped, strange, wrong = (moodle("x", number) for number in (4, 5, 10, 9))
    long_name = "a" * 300
    content = packed_pairs(
        [
            (moodle("Ada", 1), RIGHT),
            (moodle("x", 2, f"../../../evil_{NAME}"), RIGHT),
            (link(moodle("x", 3)), str(COURSE / "solutions/exercise03/reference.py")),
            (crypt, RIGHT),
            (zipped, zeros(10)),
            (moodle("x", 6), RIGHT),
            (moodle("x", 6), "import os\n"),
            (moodle("x", 7, f"\x1b[2J{NAME}"), RIGHT),
            (moodle("x", 8, f"{long_name}.py"), RIGHT),
            (wrong, "crc = 1\n" + RIGHT),
            (strange, RIGHT),
            (moodle("x", 11, "mine.zip"), "PK, but no zip"),
            (moodle("x", 12, "mine.zip"), bomb(NAME, 1)),
            (moodle("x", 13, "mine.rar"), b"Rar!"),
            (moodle("x", 14, "mine.zip"), packed({f"../../{NAME}": RIGHT})),
            (moodle("@@@@@@", 15), RIGHT),
            (moodle("M#ller", 16), RIGHT),
            (moodle("x", 17, "mine.zip"), packed({"inner.zip": packed({NAME: RIGHT})})),
            (moodle("x", 18), b"\x07" * 99),
            ("/etc/cron.d/evil.py", RIGHT),
            ("C:\\evil.py", RIGHT),
            ("../evil.py", RIGHT),
            ("a note of the teacher.txt", ""),
        ]
    )
    content = changed(content, crypt, flags=1)
    content = changed(content, zipped, method=zipfile.ZIP_DEFLATED, size=0xFFFFFFF0)
    content = changed(content, strange, method=zipfile.ZIP_LZMA)
    content = changed(content, moodle("x", 18), method=zipfile.ZIP_DEFLATED)
    content = content.replace(b"crc = 1", b"crc = 2")
    return content.replace(b"@@@@@@", "王小明".encode("gbk")).replace(b"M#ller", "Müller".encode("cp437"))


@pytest.mark.slow
def test_each_bad_entry_costs_only_itself(tmp_path: Path) -> None:
    source = tmp_path / "here" / "export.zip"
    source.parent.mkdir()
    source.write_bytes(hostile_export())
    begun = time.monotonic()
    done = grade_score(source, "--out", tmp_path / "here/out", "--exercise", "3", "-j", "2")
    # Reading ten gigabytes takes longer than all of this.
    assert time.monotonic() - begun < 60
    said = notes(tmp_path / "here/out")
    assert said.keys() == SAYS.keys()
    assert {number: text for number, text in said.items() if SAYS[number] not in text} == {}
    rows = rows_of(tmp_path / "here/out")
    assert [number for number, row in rows.items() if row["score"] == "10"] == ["1", "15", "16"]
    called = {row["student"]: row["handed_in_as"] for row in table(tmp_path / "here/out/students.csv")}
    assert (called["15"], called["16"]) == ("王小明_15", "Müller_16")
    # Nothing was written but below out/, no link was made, and no bomb went off.
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here"]
    assert sorted(path.name for path in source.parent.iterdir()) == ["export.zip", "out"]
    taken = [path for path in (tmp_path / "here/out/submissions").rglob("*") if not path.is_dir()]
    assert sorted(path.parts[-3:] for path in taken) == [(key, "exercise03", NAME) for key in ("1", "15", "16")]
    left_out = {row["file"]: row["reason"] for row in table(tmp_path / "here/out/left_out.csv")}
    assert "absolute path" in left_out["/etc/cron.d/evil.py"]
    assert "absolute path" in left_out["C:\\evil.py"]
    assert "leads out of" in left_out["../evil.py"]
    assert "can't be told" in left_out["a note of the teacher.txt"]
    assert "\x1b" not in done.stdout + done.stderr
    assert "Left out: /etc/cron.d/evil.py" in done.stdout


@pytest.mark.slow
def test_an_unpacked_export_with_links_pipes_and_other_encodings(tmp_path: Path) -> None:
    root = export(tmp_path / "unpacked", {moodle("Ada", 1): RIGHT, moodle("x", 4, "mine.zip"): bomb(NAME, 1)})
    for number in (2, 3, 5):
        (root / moodle("x", number)).parent.mkdir()
    (root / moodle("x", 2)).symlink_to(root / moodle("Ada", 1))
    os.mkfifo(root / moodle("x", 3))
    (root / moodle("x", 5)).write_bytes(bytes(5 << 20))
    (root / "linked_6_assignsubmission_file_").symlink_to(root / "Ada_1_assignsubmission_file_")
    foreign = os.fsencode(root) + "/王小明_7_assignsubmission_file_".encode("gbk")
    os.mkdir(foreign)
    with open(foreign + b"/" + os.fsencode(NAME), "w", encoding="utf-8") as file:
        file.write(RIGHT)
    grade_score(root, "--out", tmp_path / "out", "--exercise", "3")
    said = notes(tmp_path / "out")
    assert [number for number, row in rows_of(tmp_path / "out").items() if row["score"] == "10"] == ["1", "7"]
    assert "is a link" in said["2"]
    assert "a pipe" in said["3"]
    assert "when unpacked" in said["4"]
    assert "at most 4 MiB" in said["5"]
    assert "6" not in said or "link" in said["6"]


def truncated(path: Path) -> None:
    path.write_bytes(packed({moodle("Ada", 1): RIGHT})[:-30])


def no_file(path: Path) -> None:
    """There is nothing at the path."""


BROKEN = {
    "there is no file": no_file,
    "is no zip file, or a broken one": truncated,
    "no zip file": lambda path: path.write_bytes(b""),
    "is empty: there is no file in it": lambda path: path.write_bytes(packed({})),
    "is no export of Moodle, Canvas or Gradescope; its first file is ada/": (
        lambda path: path.write_bytes(packed({f"ada/exercise03/{NAME}": RIGHT}))
    ),
    "is a pipe": os.mkfifo,
    "is encrypted; it must be packed without a password": (
        lambda path: path.write_bytes(changed(packed({moodle("A", 1): RIGHT}), moodle("A", 1), flags=1))
    ),
    "submission_metadata.yml can't be read": (
        lambda path: path.write_bytes(packed({"submission_metadata.yml": "a: [", f"submission_1/{NAME}": RIGHT}))
    ),
    "submission_metadata.yml names no submissions": (
        lambda path: path.write_bytes(packed({"submission_metadata.yml": "- 1", f"submission_1/{NAME}": RIGHT}))
    ),
    "there is no .py or .ipynb file": lambda path: path.write_bytes(packed({moodle("A", 1, "a.txt"): ""})),
}


@pytest.mark.parametrize("says", BROKEN)
def test_an_export_of_which_nothing_can_be_graded(says: str, tmp_path: Path) -> None:
    BROKEN[says](tmp_path / "export.zip")
    done = grade_score(tmp_path / "export.zip", "--out", tmp_path / "out", status=2)
    assert says in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_broken_export_is_told_in_chinese(tmp_path: Path) -> None:
    truncated(tmp_path / "export.zip")
    done = grade_score(tmp_path / "export.zip", "--out", tmp_path / "out", status=2, language="zh-CN")
    assert "不是 zip 文件" in done.stderr


def test_a_yaml_tag_makes_no_object(tmp_path: Path) -> None:
    target = tmp_path / "made"
    metadata = f"submission_1: !!python/object/apply:os.mkdir ['{target}']\n"
    source = export(tmp_path / "export.zip", {"submission_metadata.yml": metadata, "submission_1/notes.txt": ""})
    grade_score(source, "--out", tmp_path / "out", status=2)
    assert not target.exists()


@pytest.mark.slow
def test_one_students_files_have_a_bound_together(tmp_path: Path) -> None:
    # Two notebooks of 200 MiB fit, the third one does not; the next student's is taken all the same.
    names = ("exercise01", "exercise03", "exercise10")
    large = packed({f"{name}.ipynb": bytes(200 << 20) for name in names})
    source = export(tmp_path / "export.zip", {moodle("x", 1, "all.zip"): large, moodle("y", 2, f"{SLUG}.py"): RIGHT})
    grade_score(source, "--out", tmp_path / "out")
    rows = {(row["student"], row["exercise"]): row for row in table(tmp_path / "out/scores.csv")}
    assert "is larger than 112.0 MiB when unpacked" in rows["1", "exercise10"]["note"]
    assert rows["2", "exercise03"]["score"] == "10"
