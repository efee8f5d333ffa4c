"""The time that `grade watch` spends with one exercise: what each event does, and what is on the screen after it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from grader.cli.closing import completed_lines
from grader.cli.watch.pages import Pages, checks_page, hint_page, list_page, solution_page
from grader.cli.watch.screen import Foot, Head, Screen
from grader.course.model import Course, Exercise
from grader.errors import UsageError
from grader.follow.files import Follower, Others, Places
from grader.follow.inbox import Event, Gone, Inbox, Key, Moved, Resized, Saved
from grader.follow.memory import Memory
from grader.follow.trial import absence, attempt, get_ready
from grader.grading.grade_files import RepeatedGrading
from grader.learner.record import Noted
from grader.learner.reset import reset
from grader.report.screenful import screenful
from grader.report.wording import checks_ran, near, points
from grader.result import Result
from grader.text import Message, say

#: Asked with y and n: the question, and what yes does.
Question = tuple[Message, Callable[[], bool]]
_LONGEST_KEY = 12


class Visit:
    """following: where to go after it, None to quit. parting: what to say there."""

    def __init__(
        self,
        course: Course,
        exercise: Exercise,
        places: Places,
        inbox: Inbox,
        screen: Screen,
        memory: Memory,
        notices: list[Message],
    ) -> None:
        self.course, self.exercise = course, exercise
        self.places, self.inbox, self.screen, self.memory = places, inbox, screen, memory
        self.following: Exercise | None = None
        self.parting: list[Message] = []
        self.notices, self.fresh = notices, True  # fresh: not to be taken away by the next result
        self.latest: Result | None = None
        self.compared: Result | None = None
        self.ran: Result | None = None  # the last result whose checks ran
        self.noted: Noted | None = None
        self.problem: Message | None = None  # why there is no result
        self.stale = False  # a save was not graded to the end
        self.page: Pages | None = None
        self.question: Question | None = None

    def greet(self) -> None:
        """Say where we are: the first result takes a moment."""
        if self.screen.clears:
            self._draw()

    def run(self, again: RepeatedGrading, others: Others) -> None:
        """Answer events until it is time to leave."""
        self.again = again
        with Follower(self.places, self.exercise, lambda: again.companions, self.inbox.put, others):
            while self._answer(self.inbox.take()):
                get_ready(again, self.inbox)

    @property
    def done(self) -> bool:
        """Whether the file as it is passes every check."""
        return self.problem is None and self.latest is not None and self.latest.passed

    def _answer(self, event: Event) -> bool:
        """Do what an event asks for; False once this exercise is left."""
        if isinstance(event, Saved | Gone) and not self.fresh:
            self.notices = []
        match event:
            case Saved():
                return self._grade()
            case Gone():
                return self._gone(None)
            case Moved(exercise=name):
                return self._follow(name)
            case Resized():
                return self._draw()
            case Key(key=key):
                self.notices = []
                return self._reply(key) if self.question else self._press(key)

    # What there is to see

    def _draw(self) -> bool:
        """Draw the screen; True, since nothing is left by that."""
        result = self.latest
        head = Head(self.exercise.id, self.exercise.title, instead=say("not graded"))
        if result is not None and self.problem is None and checks_ran(result) and result.status != "grader_error":
            head = Head(self.exercise.id, self.exercise.title, result.score, result.max_score)
        body = self.page.body if self.page else self._report
        foot = self._foot(several=False)
        if self.page and self.page.several(self.screen.room(head, foot)):
            foot = self._foot(several=True)
        self.screen.show(head, body, foot)
        return True

    def _foot(self, *, several: bool) -> Foot:
        """several: whether there are pages to turn."""
        asked = [self.question[0]] if self.question else []
        return Foot(
            notices=[*self.notices, *asked],
            keys=self._keys(several),
            complete=len(self.memory.complete()),
            count=len(self.course.exercises),
            file=Path(self.latest.submission) if self.latest else None,
        )

    def _report(self, room: int) -> list[str]:
        if self.problem is not None:
            return self.screen.paragraph(self.problem)
        if self.latest is None:
            return self.screen.paragraph(say("Grading ..."))
        ending = ["", *self._ending()] if self.done else []
        height = room - self.screen.rows_of(ending)
        language, console = self.screen.language, self.screen.console
        return [*screenful(self.latest, self.compared, language=language, console=console, height=height), *ending]

    def _ending(self) -> list[str]:
        """What there is to say once every check passes: what it took, the solution, what comes now."""
        lines, keys = [], self.screen.keys
        if self.noted is not None:
            lines += completed_lines(self.course, self.exercise, self.noted, self.screen.language, self.screen.width)
        texts = []
        if self._has_solution():
            open_now = say("The course's solution is open now: s shows it.")
            typed = say("The course's solution is open now: grade solution {exercise}", exercise=self.exercise.id)
            texts.append(open_now if keys else typed)
        following = self._next()
        if following is None:
            texts.append(say("That was the last exercise of the course."))
        elif keys:
            texts.append(say("Enter goes on to {exercise}: {title}", exercise=following.id, title=following.title))
        else:
            texts.append(say("Next is {exercise}: save its file, and it is graded here.", exercise=following.id))
        return [*lines, *self.screen.paragraph(*texts)]

    def _keys(self, several: bool) -> list[Message]:
        if self.question:
            return [say("y yes"), say("n no"), say("q quit")]
        first = []
        if self.page:
            first = [say("enter back"), *([say("space more")] if several else [])]
            if self.screen.low:
                return [*first, say("q quit")]
        elif self.done:
            first = [say("enter go on")]
        keys = [say("h hint"), say("l list"), say("a all checks"), say("r rerun"), say("n next"), say("p previous")]
        solution = [say("s solution")] if self._solution_open() else []
        return [*first, *keys, say("x reset"), *solution, say("q quit")]

    # Results

    def _grade(self) -> bool:
        self.question, self.page, self.stale = None, None, False
        with self.screen.patience():
            tried = attempt(self.again, self.places)
        if not isinstance(tried, Result):
            return self._gone(tried)
        if self.inbox.urgent():
            self.stale = True
            return True
        return self._take(tried)

    def _take(self, result: Result) -> bool:
        self.noted = self.memory.note(self.exercise, result)
        if self.noted is not None and self.noted.trouble is not None:
            self.notices = [*self.notices, self.noted.trouble]
        self.problem, self.fresh = None, False
        self.latest, self.compared = result, self.ran
        if checks_ran(result):
            self.ran = result
        return self._draw()

    def _trouble(self, problem: Message) -> bool:
        self.problem, self.page, self.question = problem, None, None
        return self._draw()

    def _gone(self, otherwise: Message | None) -> bool:
        """Tell that there is no file. otherwise: what to tell if there is one."""
        problem = absence(self.exercise, self.places, self.memory, keys=self.screen.keys) or otherwise
        # Without one it is back, and an event of its own.
        return self._trouble(problem) if problem else True

    # Keys

    def _press(self, key: str) -> bool:
        match key.lower():
            case "h":
                return self._turn_to(hint_page(self.screen, self.memory, self.exercise))
            case "l":
                return self._turn_to(list_page(self.screen, self.memory, self.course, self.exercise))
            case "a":
                return self._all_checks()
            case "s":
                return self._solution()
            case " " if self.page and self.page.more():
                return self._draw()
            case "\n" | "\r" | "ESC" | "esc" if self.page:
                return self._turn_to(None)
            case "\n" | "\r":
                return self._go_on()
            case "r":
                return self._grade()
            case "n":
                return self._leave()
            case "p":
                return self._previous()
            case "x":
                return self._ask_reset()
            case "q" | "":
                return False
        return self._say(_unknown(key))

    def _reply(self, key: str) -> bool:
        """To a question."""
        assert self.question is not None
        _, yes = self.question
        match key.lower():
            case "y":
                self.question = None
                return yes()
            case "n" | "esc":
                self.question = None
                return self._grade() if self.stale else self._draw()
            case "q" | "":
                return False
        return self._say(_unknown(key))

    def _say(self, *notices: Message) -> bool:
        self.notices = [*notices]
        return self._draw()

    def _turn_to(self, page: Pages | None) -> bool:
        self.page = page
        if self.stale:
            return self._grade()
        return self._draw()

    def _all_checks(self) -> bool:
        if self.latest is None or self.problem is not None:
            return self._say(say("Nothing is graded yet."))
        return self._turn_to(checks_page(self.screen, self.latest))

    def _has_solution(self) -> bool:
        return (self.exercise.folder / "reference.py").is_file()

    def _solution_open(self) -> bool:
        return self._has_solution() and (self.done or self.exercise.id in self.memory.complete())

    def _solution(self) -> bool:
        if self._solution_open():
            return self._turn_to(solution_page(self.screen, self.memory, self.exercise))
        if self._has_solution():
            return self._say(say("The solution opens once every check passes. For a hint: h"))
        return self._say(say("This course comes without the solution of {exercise}.", exercise=self.exercise.id))

    # Other exercises

    def _after(self) -> Exercise | None:
        later = (other for other in self.course.exercises if other.number > self.exercise.number)
        return next(later, None)

    def _next(self) -> Exercise | None:
        """Where to go on once this one is complete."""
        return self.memory.following(self.exercise, self._after())

    def _go_on(self) -> bool:
        if self.stale or not self.done:
            return self._grade()
        return self._go_to(self._next())

    def _leave(self) -> bool:
        """To the next exercise; if this one is not complete, only after a question."""
        if self.done and not self.stale:
            return self._go_on()
        after = self._after()
        if after is None:
            return self._say(say("{exercise} is the last exercise of the course.", exercise=self.exercise.id))
        if self.exercise.id in self.memory.complete():
            return self._go_to(after)
        self.question = self._leaving(after), lambda: self._go_to(after)
        return self._draw()

    def _leaving(self, after: Exercise) -> Message:
        fields = {"exercise": self.exercise.id, "next": after.id}
        if self.latest is None or not checks_ran(self.latest) or self.stale:
            return say("{exercise} is not complete. Go on to {next} all the same?", **fields)
        score, most = points(self.latest.score), points(self.latest.max_score)
        return say(
            "{exercise} is not complete: {score} of {most}. Go on to {next} all the same?",
            score=score,
            most=most,
            **fields,
        )

    def _previous(self) -> bool:
        earlier = [other for other in self.course.exercises if other.number < self.exercise.number]
        if not earlier:
            return self._say(say("{exercise} is the first exercise of the course.", exercise=self.exercise.id))
        return self._go_to(earlier[-1])

    def _go_to(self, exercise: Exercise | None) -> bool:
        self.following = exercise
        return False

    def _follow(self, name: str) -> bool:
        """To the exercise whose file was saved."""
        if name == self.exercise.id:
            return True
        self.following = next(other for other in self.course.exercises if other.id == name)
        self.parting = [say("You saved the file of {exercise}, so that is watched now.", exercise=name)]
        return False

    # The stub again

    def _ask_reset(self) -> bool:
        if self.memory.folder() is None:
            return self._say(say("x works in a folder made by grade init, and there is none here."))
        try:
            file = near(str(self.places.find(self.exercise)))
        except (UsageError, OSError):
            return self._reset()  # nothing gives way
        asked = say("Put {file} back as it was handed out? Yours is kept as a backup.", file=file)
        self.question = asked, self._reset
        return self._draw()

    def _reset(self) -> bool:
        folder = self.memory.folder()
        if folder is None:
            return self._draw()
        try:
            put_back = reset(self.course, self.exercise, folder, self.screen.language)
        except UsageError as error:
            return self._say(error.message)
        kept = [say("Your file is kept: {backup}", backup=near(str(backup))) for _, backup in put_back.kept]
        file = near(str(put_back.file))
        if not put_back.written and not kept:
            kept = [say("{file} is as it was handed out; there was nothing to do.", file=file)]
        self.fresh = put_back.written
        return self._say(*(kept or [say("Ready to begin anew: {file}", file=file)]))


def _unknown(key: str) -> Message:
    if key == "ARROW" or key == "ESC":
        return say("That key does nothing here; the keys are below.")
    if len(key) > 1:
        return say("Pasted text does nothing here; the keys are below.")
    return say("{key} is no key here; the keys are below.", key=repr(key))
