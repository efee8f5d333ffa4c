"""Which language to speak to this reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from grader.text import LANGUAGES, listed, say


class UnknownLanguage(ValueError):
    """A language was asked for by name that neither the grader nor the course has; `message` says which there are."""

    def __init__(self, source: str, value: str, known: Sequence[str]) -> None:
        super().__init__(f"{source}: {value}")
        fields = {"source": source, "value": value, "languages": listed(dict.fromkeys(known))}
        self.message = say("{source} asks for the language '{value}'; the languages there are: {languages}.", **fields)


def choose_language(
    option: str | None,
    learner_choice: str | None,
    environ: Mapping[str, str],
    of_course: Callable[[], Sequence[str]] = tuple,
) -> str:
    """The tag of the language to use: one of `LANGUAGES`, or of the course's, whose texts it then shows among the
    grader's sentences in English.

    In order: `--lang`, `GRADE_LANG`, `learner_choice` (`language` in .grade/config.toml), the locale, English.
    of_course: the course's languages; asked for a tag that means none of `LANGUAGES`. Raises `UnknownLanguage` for one
    of the first three that is neither.
    """
    named = {"--lang": option, "GRADE_LANG": environ.get("GRADE_LANG"), ".grade/config.toml": learner_choice}
    for source, value in named.items():
        if value:
            if language := _language_of(value) or _language_of(value, of_course()):
                return language
            raise UnknownLanguage(source, value, (*LANGUAGES, *of_course()))
    name = _locale(environ)
    # C and POSIX are no languages.
    further = of_course() if name and name not in ("C", "POSIX") and not _language_of(name) else ()
    return _language_of(name, further) or locale_language(environ)


def locale_language(environ: Mapping[str, str]) -> str:
    """The language of the POSIX locale; English where that is another one or none."""
    return _language_of(_locale(environ)) or "en"


def _locale(environ: Mapping[str, str]) -> str:
    """The locale's name, such as zh_CN, without its encoding; empty if none is set."""
    name = next((environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(key)), "")
    return name.split(".")[0].split("@")[0]


def _language_of(tag: str, known: Sequence[str] = LANGUAGES) -> str | None:
    """The one of the `known` languages that this tag or locale means.

    `zh_CN.UTF-8`, `zh-Hans` and `zh` are zh-CN, `en_GB` is en, `pt` is pt-BR if that is the only Portuguese; but
    traditional Chinese is not simplified Chinese.
    """
    asked = tag.split(".")[0].split("@")[0].replace("_", "-").lower()
    asked = _SAME_SCRIPT.get(asked, asked)
    language = asked.partition("-")[0]
    by_tag = {language.lower(): language for language in known}
    if asked == language:
        regional = [tag for lower, tag in by_tag.items() if lower.startswith(f"{language}-")]
        return by_tag.get(language) or (regional[0] if regional else None)
    return by_tag.get(asked) or by_tag.get(language)


def language_called(name: str) -> str | None:
    """The one of `LANGUAGES` that a tag or a word such as "Chinese" or "英语" means; None if it is none of them."""
    return _language_of(name.strip()) or _WORDS.get(name.strip().casefold())


#: What a table of people may have in place of a tag.
_WORDS = {
    **dict.fromkeys(("english", "英语", "英文"), "en"),
    **dict.fromkeys(("chinese", "simplified chinese", "中文", "汉语", "简体中文"), "zh-CN"),
}
#: Other ways to ask for the Chinese that is written in mainland China.
_SAME_SCRIPT = {"zh-sg": "zh-cn", "zh-hans": "zh-cn", "zh-hans-cn": "zh-cn", "zh-hans-sg": "zh-cn"}
