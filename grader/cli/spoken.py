"""click's commands and options, speaking the reader's language: help is rendered when it is asked for."""

from __future__ import annotations

import shutil
from typing import Any

import click
from click.shell_completion import CompletionItem

from grader.cli.verb_table import MAIN_VERB, VERBS, load_verb
from grader.errors import UsageError
from grader.report.layout import cells, pad, wrap
from grader.text import Message, render, say

_WIDEST = 88


def language_of(ctx: click.Context | None = None) -> str:
    """The language that `run` chose for this command, by default the one that runs now."""
    language = (ctx or click.get_current_context()).find_root().obj
    return language if isinstance(language, str) else "en"


class SpokenOption(click.Option):
    """An option whose help is a message."""

    def __init__(self, *args: Any, text: Message, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.text = text

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """What may stand as the value, as far as the metavar tells: one of several words, a file, a folder."""
        kind = self.metavar or ""
        if kind == "DIR":
            return [CompletionItem(incomplete, type="dir")]
        if kind.startswith("FILE"):
            return [CompletionItem(incomplete, type="file")]
        return [CompletionItem(word) for word in kind.split("|") if "|" in kind and word.startswith(incomplete)]

    def row(self, language: str) -> tuple[str, str]:
        """Its two columns in a help page."""
        names = ", ".join(self.opts)
        return (names if self.is_flag else f"{names} {self.metavar}"), render(self.text, language)


class SpokenCommand(click.Command):
    """A command whose help is made of messages. usage: its synopsis; text: what it does; examples: lines to copy."""

    def __init__(self, *args: Any, usage: Message, text: Message, examples: tuple[str, ...], **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.usage = usage
        self.text = text
        self.examples = examples
        # Words too many are kept, so that `invoke` can name them in the reader's language.
        self.allow_extra_args = True

    def get_help(self, ctx: click.Context) -> str:
        """The whole help page."""
        language = language_of(ctx)
        return _page(
            [render(say("Usage: {usage}", usage=self.usage), language)],
            wrap(render(self.text, language), _width()),
            _table(say("Options:"), self.option_rows(language), language),
            self.example_lines(language),
        )

    def example_lines(self, language: str) -> list[str]:
        """The examples below their heading."""
        return [render(say("Examples:"), language), *(f"  {line}" for line in self.examples)]

    def option_rows(self, language: str) -> list[tuple[str, str]]:
        """Every option with its help; --help last."""
        rows = [param.row(language) for param in self.params if isinstance(param, SpokenOption)]
        return [*rows, ("--help", render(say("show this page"), language))]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """click's own, with the command noted in every error."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """click's own, the options with their help in the reader's language."""
        options = [param for param in self.params if isinstance(param, SpokenOption)]
        helps = {name: render(option.text, language_of(ctx)) for option in options for name in option.opts}
        return [
            CompletionItem(item.value, type=item.type, help=helps.get(item.value, item.help))
            for item in super().shell_complete(ctx, incomplete)
        ]

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command unless there are words that it has no place for."""
        if ctx.args:
            raise UsageError(
                say("`{word}` is one word too many here. Usage: {usage}", word=ctx.args[0], usage=self.usage)
            )
        return super().invoke(ctx)


class SpokenGroup(click.Group):
    """`grade`: the first word that belongs to no option is a verb, or else an exercise for the main verb."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        # Options may stand before the word that says whose they are: leave them to its command.
        self.context_settings["ignore_unknown_options"] = True
        self.context_settings["help_option_names"] = ["--help", "-h"]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """click's own; `grade help` and `grade help VERB` are the pages that --help shows."""
        first = _first_word(args, load_verb(MAIN_VERB))
        if first is not None and args[first] == "help":
            args = [*(word for word in args[first + 1 :][:1] if word in VERBS), "--help"]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, in the order of the help page."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb's command, imported now."""
        return load_verb(cmd_name) if cmd_name in VERBS else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that these words are for, and the words without its name."""
        main = load_verb(MAIN_VERB)
        first = _first_word(args, main)
        if first is not None and args[first] in VERBS:
            return args[first], load_verb(args[first]), args[:first] + args[first + 1 :]
        return MAIN_VERB, main, args

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """For the first word: a verb, or an exercise for the main verb."""
        if incomplete.startswith("-"):
            return load_verb(MAIN_VERB).shell_complete(ctx, incomplete)
        from grader.cli.completion import exercise_names

        language = language_of(ctx)
        verbs = [CompletionItem(name, help=render(verb.text, language)) for name, verb in VERBS.items()]
        return [*(item for item in verbs if item.value.startswith(incomplete)), *exercise_names(ctx, None, incomplete)]

    def get_help(self, ctx: click.Context) -> str:
        """The page of `grade --help`: the main verb, the others, the main verb's options."""
        language = language_of(ctx)
        main = load_verb(MAIN_VERB)
        assert isinstance(main, SpokenCommand)
        usages = [(render(main.usage, language), render(say("grade an exercise"), language))]
        usages += [(render(verb.usage, language), render(verb.text, language)) for verb in VERBS.values()]
        return _page(
            wrap(render(say("Grades exercises in deep learning against a reference solution."), language), _width()),
            _table(say("Usage:"), usages, language),
            _table(say("Options of grade EXERCISE:"), main.option_rows(language), language),
            main.example_lines(language),
            [render(say("Options of a verb: grade VERB --help"), language)],
        )


def _first_word(args: list[str], command: click.Command) -> int | None:
    """The index of the first word that is neither an option nor an option's value."""
    options = [param for param in command.params if isinstance(param, click.Option) and not param.is_flag]
    valued = {name for option in options for name in option.opts}
    skip = False
    for index, word in enumerate(args):
        if not skip and (not word.startswith("-") or word == "-"):
            return index
        skip = not skip and word in valued
    return None


def _page(*blocks: list[str]) -> str:
    return "\n\n".join("\n".join(block) for block in blocks)


def _table(heading: Message, rows: list[tuple[str, str]], language: str) -> list[str]:
    """Two columns under a heading; the second one wraps."""
    first = max(cells(name) for name, _ in rows)
    lines = [render(heading, language)]
    for name, text in rows:
        wrapped = wrap(text, max(_width() - first - 4, 20))
        lines += [f"  {pad(name if number == 0 else '', first)}  {line}" for number, line in enumerate(wrapped)]
    return lines


def _width() -> int:
    return min(shutil.get_terminal_size().columns, _WIDEST)
