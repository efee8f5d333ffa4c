"""Which language is spoken."""

from __future__ import annotations

import pytest

from grader.text import listed
from grader.text.language import UnknownLanguage, choose_language


@pytest.mark.parametrize(
    ("option", "variable", "folder", "locale", "chosen"),
    [
        ("en", "zh-CN", "zh-CN", "zh_CN.UTF-8", "en"),
        (None, "zh-CN", "en", "en_US.UTF-8", "zh-CN"),
        (None, None, "zh-CN", "en_US.UTF-8", "zh-CN"),
        (None, "", None, "zh_CN.UTF-8", "zh-CN"),
        (None, None, None, "zh_CN", "zh-CN"),
        (None, None, None, "zh_SG.UTF-8", "zh-CN"),
        (None, None, None, "zh", "zh-CN"),
        (None, None, None, "zh_TW.UTF-8", "en"),
        (None, None, None, "de_DE@euro", "en"),
        (None, None, None, "C.UTF-8", "en"),
        (None, None, None, "", "en"),
        ("zh", None, None, "", "zh-CN"),
        ("zh_cn", None, None, "", "zh-CN"),
    ],
)
def test_order_of_precedence(
    option: str | None, variable: str | None, folder: str | None, locale: str, chosen: str
) -> None:
    environ = {"LANG": locale} if variable is None else {"LANG": locale, "GRADE_LANG": variable}
    assert choose_language(option, folder, environ) == chosen


def test_lc_all_wins_over_lang() -> None:
    assert choose_language(None, None, {"LC_ALL": "C", "LC_MESSAGES": "zh_CN", "LANG": "zh_CN"}) == "en"
    assert choose_language(None, None, {"LC_MESSAGES": "zh_CN", "LANG": "en_US"}) == "zh-CN"


@pytest.mark.parametrize(
    ("option", "variable", "folder", "source"),
    [("fr", "en", "en", "--lang"), (None, "fr", "en", "GRADE_LANG"), (None, "", "fr", ".grade/config.toml")],
)
def test_unknown_language_says_where_it_was_asked_for(
    option: str | None, variable: str, folder: str, source: str
) -> None:
    with pytest.raises(UnknownLanguage) as caught:
        choose_language(option, folder, {"GRADE_LANG": variable})
    assert caught.value.message.fields == {"source": source, "value": "fr", "languages": listed(["en", "zh-CN"])}
