"""Scores a class with attackers in it, by the real command, and judges what came of each attack."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from glob import glob
from pathlib import Path
from typing import Literal

import msgspec

from grader.errors import GraderFault
from grader.result import Result, read_result
from grader.seed import fresh_seed
from grader.selftest.attack import EXERCISE, Attack, read_attacks
from grader.selftest.layout import Class, lay_out, lay_out_sources
from grader.selftest.watch import Measured, Watch, end_survivors
from grader.selftest.witness import Witnesses
from grader.table import from_table
from grader.text import Message, Text, say

#: How many honest students are between the attackers.
NEIGHBOURS = int(os.environ.get("GRADE_NEIGHBOURS", "24"))
#: How large the sources are that take long to read; in full before a release.
SOURCES = (10_000, 100_000, 1_000_000) if "GRADE_SHAPES" in os.environ else (100_000,)
#: The exercise's budget for one of them, and what a busy machine may add.
SOURCE_SECONDS = 20 + 5
#: What a run may use at most: a process, the zygote's size and an exercise's 256 MiB; a scratch folder's 64 MiB, for
#: each scorer, and what is written between two looks at it.
MEMORY_MB, DISK_MB, DESCRIPTORS = 1024, 512, 8
#: Small libraries that every C library has: LD_PRELOAD takes a copy, under a name that nobody else loads.
_LIBRARIES = ("/lib/*/libutil.so.1", "/usr/lib/*/libutil.so.1", "/usr/lib64/libutil.so.1", "/lib/libutil.so.1")
_SITE = """
import sys
if any("grader.untrusted" in word for word in sys.orig_argv):
    open({made!r}, "w").close()
"""

Outcome = Literal["stopped", "not_stopped", "not_tried"]


class Finding(msgspec.Struct, frozen=True):
    """What came of one attack, or of a promise to all: `why` it was not stopped, or not tried."""

    name: str
    title: Message | Text
    outcome: Outcome
    why: tuple[Message, ...] = ()


class SelfTest(msgspec.Struct, frozen=True):
    """What came of all. confinement: the tier of the run. promises: to neighbours and to the machine."""

    confinement: str
    attacks: tuple[Finding, ...]
    promises: tuple[Finding, ...]
    measured: Measured

    @property
    def held(self) -> bool:
        """Whether everything that was tried was stopped."""
        return all(finding.outcome != "not_stopped" for finding in (*self.attacks, *self.promises))


def selftest(
    *,
    attacks: Sequence[Attack] | None = None,
    neighbours: int = NEIGHBOURS,
    jobs: int | None = None,
    allow_unconfined: bool = False,
    language: str = "en",
    sizes: Sequence[int] = SOURCES,
) -> SelfTest:
    """Attack the grader on this machine. No attack does harm where nothing stops it: each is bounded.

    attacks: all, if None. sizes: in bytes, of each source that takes long to read. jobs, allow_unconfined: as for
    `score`. language: of what `score` says when it refuses.
    Raises GraderFault if nothing could be scored.
    """
    if sys.platform != "linux":
        raise GraderFault(
            say(
                "Submissions are confined on Linux only, and there the attacks can be tried. Grade only "
                "work that you trust here."
            )
        )
    attacks = read_attacks() if attacks is None else attacks
    with tempfile.TemporaryDirectory(prefix="grade-selftest-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        library = _preloaded(folder)
        missing = {attack.name: why for attack in attacks if (why := _missing(attack, library)) is not None}
        tried = [attack for attack in attacks if attack.name not in missing]
        with Witnesses() as witnesses:
            made = lay_out(folder, tried, neighbours, witnesses)
            scorer = _Scorer(made, witnesses, jobs, allow_unconfined, language, library)
            alone = scorer.score(made.alone, folder / "out-alone")
            watch = Watch(made.scratch)
            together = scorer.score(made.all, made.out)
            survivors = end_survivors(witnesses.pids())
            measured = watch.end()
            findings = []
            for attack in attacks:
                if unmet := missing.get(attack.name):
                    findings.append(Finding(attack.name, attack.title, "not_tried", (unmet,)))
                else:
                    student = made.attackers[attack.name]
                    signs = (
                        *_verdicts(attack, student, together),
                        *_seen(attack, witnesses, together.result(student), str(scorer.seed)),
                    )
                    findings.append(Finding(attack.name, attack.title, "not_stopped" if signs else "stopped", signs))
            promises = _promises(made, alone, together, survivors, measured)
            if sizes:
                count = lay_out_sources(made, sizes)
                sources = scorer.score(made.sources, folder / "out-sources", made.searching)
                promises = (*promises, _sources_kept(sources, count))
            return SelfTest(together.confinement, tuple(findings), promises, measured)


def _missing(attack: Attack, library: Path | None) -> Message | None:
    """Why the attack can't be tried here."""
    if attack.needs == "root" and os.geteuid() != 0:
        return say("making devices takes root")
    if attack.needs == "preload" and library is None:
        return say("there is no small library here that could be loaded in advance")
    return None


def _preloaded(folder: Path) -> Path | None:
    path = next((path for pattern in _LIBRARIES for path in glob(pattern)), None)
    return None if path is None else Path(shutil.copy(path, folder / "libgrade-selftest.so"))


class _Scored(msgspec.Struct, frozen=True):
    """A folder of results. rows: of the table of scores, by student."""

    out: Path
    rows: dict[str, dict[str, str]]

    def result(self, student: str) -> Result | None:
        """A student's result on disk."""
        path = self.out / "results" / student / f"{EXERCISE}.json"
        return read_result(path.read_bytes()) if path.exists() else None

    @property
    def confinement(self) -> str:
        """The tier that the workers had; what could not be graded had none."""
        found = (self.result(student) for student, row in self.rows.items() if row["status"] == "graded")
        return next((result.confinement for result in found if result), "none")


class _Scorer:
    """Runs `grade score` with everything around it that must not reach a submission."""

    def __init__(
        self,
        made: Class,
        witnesses: Witnesses,
        jobs: int | None,
        allow_unconfined: bool,
        language: str,
        library: Path | None,
    ) -> None:
        self.seed = fresh_seed()
        self._made = made
        self._canary = witnesses.canary
        self._words = ["--seed", str(self.seed), "--lang", language]
        self._words += [] if jobs is None else ["-j", str(jobs)]
        self._words += ["--allow-unconfined"] if allow_unconfined else []
        site = made.folder / "site"
        site.mkdir()
        witness = witnesses.place / "obeys_the_environment"
        (site / "sitecustomize.py").write_text(_SITE.format(made=str(witness)), "utf-8")
        paths = [str(site), *filter(None, [os.environ.get("PYTHONPATH")])]
        self._environment = {
            **os.environ,
            "TMPDIR": str(made.scratch),
            "GRADE_SELFTEST": self._canary,
            "GRADE_WARM": "0",
            "PYTHONPATH": os.pathsep.join(paths),
            "PYTHONBREAKPOINT": self._canary,
            **({} if library is None else {"LD_PRELOAD": str(made.preload)}),
        }

    def score(self, submissions: Path, out: Path, course: Path | None = None) -> _Scored:
        """Score a folder, with the class's course if none is given. Raises GraderFault if there is no table of scores
        afterwards."""
        secret = self._made.folder / "secret"
        secret.write_text(self._canary)
        inherited = os.open(secret, os.O_RDONLY)
        command = [sys.executable, "-P", "-m", "grader", "score", str(submissions), "--out", str(out)]
        command += ["--course", str(course or self._made.course), *self._words]
        try:
            done = subprocess.run(
                command,
                env=self._environment,
                pass_fds=(inherited,),
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
            )
        finally:
            os.close(inherited)
        if not (out / "scores.csv").exists():
            said = done.stderr.strip().removeprefix("grade: ")
            raise GraderFault(say("Nothing could be graded: {reason}", reason=said[-2000:]))
        rows = from_table((out / "scores.csv").read_bytes())
        return _Scored(out, {row["student"]: row for row in rows})


def _verdicts(attack: Attack, student: str, scored: _Scored) -> list[Message]:
    """What of the result is not as it must be."""
    row = scored.rows.get(student)
    if row is None:
        return [say("it has no line in the table of scores")]
    why = []
    if float(row["score"]) > attack.score:
        why.append(
            say("it got {points} points, and only {own} were its own", points=row["score"], own=f"{attack.score:g}")
        )
    result = scored.result(student)
    checks = () if result is None else result.checks
    verdicts = [row["status"], *(check.verdict for check in checks if check.id == "cube")]
    for verdict, allowed in zip(verdicts, (attack.status, attack.cube), strict=False):
        # What was not gradable has the same verdict in every check.
        if verdict not in allowed and not (allowed is attack.cube and row["status"] in ("error", "limit")):
            why.append(say("its verdict is {got}, and not {wanted}", got=verdict, wanted="/".join(allowed)))
    return why


def _seen(attack: Attack, witnesses: Witnesses, result: Result | None, seed: str) -> list[Message]:
    """All else that shows that the attack succeeded."""
    printed = "" if result is None else result.stdout
    secrets = witnesses.canary in msgspec.json.encode(result).decode() or seed in printed
    seen = (
        (secrets, say("it read a secret")),
        (f"succeeded: {attack.name}" in printed, say("it did what it was after, and said so")),
        (witnesses.file_was_made(attack), say("it made a file outside of its folder")),
        (witnesses.file_was_changed(attack), say("it changed a file that is not its own")),
        (witnesses.was_heard(attack), say("it reached a socket")),
        (witnesses.victim_was_harmed(attack), say("it ended another process")),
    )
    return [message for true, message in seen if true]


def _promises(
    made: Class, alone: _Scored, together: _Scored, survivors: int, measured: Measured
) -> tuple[Finding, ...]:
    changed = sum(_kept(alone, name) != _kept(together, name) for name in made.neighbours)
    left = len(list(made.scratch.iterdir()))
    memory, disk = measured.memory_mb, measured.disk_mb
    return (
        _promise(
            "neighbours",
            say(
                "neighbours whose result is another with attackers: {changed} of {count}",
                changed=changed,
                count=len(made.neighbours),
            ),
            changed == 0,
        ),
        _promise("processes", say("processes left: {count}", count=survivors), survivors == 0),
        _promise("files", say("temporary files left: {count}", count=left), left == 0),
        _promise(
            "memory",
            say("memory of the largest process: {got} MiB, at most {most}", got=memory, most=MEMORY_MB),
            memory <= MEMORY_MB,
        ),
        _promise(
            "disk",
            say("files of all submissions at a time: {got} MiB, at most {most}", got=disk, most=DISK_MB),
            disk <= DISK_MB,
        ),
        _promise(
            "descriptors",
            say(
                "descriptors that a grading process does not close: {got}, at most {most}",
                got=max(0, measured.descriptors),
                most=DESCRIPTORS,
            ),
            measured.descriptors <= DESCRIPTORS,
        ),
    )


def _sources_kept(scored: _Scored, count: int) -> Finding:
    """Whether each source got its own result in time, no points, and no neighbour another score."""
    results = {student: scored.result(student) for student in scored.rows if student.startswith("source")}
    late = count - sum(
        result is not None
        and result.status in ("graded", "error", "limit")
        and result.seconds <= SOURCE_SECONDS
        and result.score == 0
        for result in results.values()
    )
    neighbours = [row["score"] for student, row in sorted(scored.rows.items()) if student not in results]
    title = say(
        "sources made to take minutes or gigabytes to read: {count}; not judged within their own time: {late}",
        count=count,
        late=late,
    )
    return _promise("sources", title, late == 0 and neighbours == _NEIGHBOURS)


#: The scores of a right answer, a wrong one and a stub.
_NEIGHBOURS = ["4", "1", "1"]


def _promise(name: str, title: Message, held: bool) -> Finding:
    return Finding(name, title, "stopped" if held else "not_stopped")


def _kept(scored: _Scored, student: str) -> tuple[bytes, dict[str, str]] | None:
    """A student's result without its duration, and their line in the table."""
    result = scored.result(student)
    if result is None or student not in scored.rows:
        return None
    return msgspec.json.encode(msgspec.structs.replace(result, seconds=0.0)), scored.rows[student]
