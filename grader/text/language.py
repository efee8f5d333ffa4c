"""Which language to speak to this reader."""

from __future__ import annotations

from collections.abc import Mapping

from grader.text import LANGUAGES, say


class UnknownLanguage(ValueError):
    """A language was asked for by name and there is no catalogue for it; `message` says which there are."""

    def __init__(self, source: str, value: str) -> None:
        super().__init__(f"{source}: {value}")
        fields = {"source": source, "value": value, "languages": ", ".join(LANGUAGES)}
        self.message = say("{source} asks for the language '{value}'; the languages there are: {languages}.", **fields)


def choose_language(option: str | None, learner_choice: str | None, environ: Mapping[str, str]) -> str:
    """The tag of the language to use, one of `LANGUAGES`.

    In order: `--lang`, `GRADE_LANG`, `learner_choice` (`language` in .grade/config.toml), the locale, English.
    Raises `UnknownLanguage` for one of the first three that names a language without a catalogue.
    """
    named = {"--lang": option, "GRADE_LANG": environ.get("GRADE_LANG"), ".grade/config.toml": learner_choice}
    for source, value in named.items():
        if value:
            if language := _language_of(value):
                return language
            raise UnknownLanguage(source, value)
    return locale_language(environ)


def locale_language(environ: Mapping[str, str]) -> str:
    """The language of the POSIX locale; English where that is another one or none."""
    name = next((environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(key)), "")
    return _language_of(name) or "en"


def _language_of(tag: str) -> str | None:
    """The one of `LANGUAGES` that this tag or locale means.

    `zh_CN.UTF-8`, `zh-Hans` and `zh` are zh-CN, `en_GB` is en, `pt` is pt-BR if that is the only Portuguese; but
    traditional Chinese is not simplified Chinese.
    """
    asked = tag.split(".")[0].split("@")[0].replace("_", "-").lower()
    asked = _SAME_SCRIPT.get(asked, asked)
    language = asked.partition("-")[0]
    by_tag = {known.lower(): known for known in LANGUAGES}
    if asked == language:
        regional = [known for lower, known in by_tag.items() if lower.startswith(f"{language}-")]
        return by_tag.get(language) or (regional[0] if regional else None)
    return by_tag.get(asked) or by_tag.get(language)


#: Other ways to ask for the Chinese that is written in mainland China.
_SAME_SCRIPT = {"zh-sg": "zh-cn", "zh-hans": "zh-cn", "zh-hans-cn": "zh-cn", "zh-hans-sg": "zh-cn"}
