"""What students write into a notebook runs nothing in the pages that nbgrader makes of it, and costs only itself."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from grader.nbgrader.notebook import cells_for_nbgrader
from grader.nbgrader.shown import harmless, is_plain, plain_cells
from grader.submission.model import HandedInCell
from tests.nbgrader.courses import autograde, grades, hand_in, make_course, solved, text_of
from tests.nbgrader.gradebooks import RIGHT, SLUG, nbgrader
from tests.programs import browser_program

#: Each sets window.ran or the title, in one way or another, as soon as the page is there or its links are clicked.
RUN = "window.ran=1;document.title=String.fromCharCode(112)"
HOSTILE = [
    f"<script>{RUN}</script>",
    f"<img src=x onerror='{RUN}'>",
    f'<svg onload="{RUN}"></svg>',
    f"<svg><script>{RUN}</script></svg>",
    '<iframe srcdoc="<script>parent.ran=1</script>"></iframe>',
    f'<math><mtext><img src=x onerror="{RUN}"></mtext></math>',
    f'<details open ontoggle="{RUN}">x</details>',
    f"[x](javascript:{RUN})",
    f"[x](files/javascript:{RUN})",
    f"<a href='files/javascript:{RUN}'>x</a>",
    f'<a href="&#106;avascript:{RUN}">x</a>',
    f'<a href=" java\nscript:{RUN}">x</a>',
    f"<javascript:{RUN}>",
    f'text <input autofocus onfocus="{RUN}">',
    f'<body onload="{RUN}">',
    f'```mermaid\n<img src=x onerror="{RUN}">\n```',
    f'<!--><img src=x onerror="{RUN}">-->',
    f"<style>@import 'javascript:{RUN}'</style>",
    f'<form action="javascript:{RUN}"><button>x</button></form>',
    f'<a href="data:text/html,<script>{RUN}</script>">x</a>',
    f'<object data="javascript:{RUN}"></object>',
    f"<noscript><p title=\"</noscript><img src=x onerror='{RUN}'>\"></noscript>",
    f'$$\n<img src=x onerror="{RUN}">\n',
    f'<meta http-equiv=refresh content="0;url=javascript:{RUN}">',
    f'<base href="javascript:{RUN}//">',
    f'```\n</code></pre><img src=x onerror="{RUN}">',
    f'<x-y style="animation:x" onanimationstart="{RUN}">',
    f"````\n```\n<script>{RUN}</script>",
    f'# <img src=x onerror="{RUN}">',
    f'|<img src=x onerror="{RUN}">|a|\n|-|-|',
]
HONEST = [
    "# Derivative\n\n$\\sigma'(x) = \\sigma(x)(1-\\sigma(x))$ and $a<b$, $c>d$",
    "$$\n\\frac{a}{b} < 1\n$$",
    "| a | b |\n|---|---|\n| 1 | <b>2</b> |",
    "![p](data:image/png;base64,iVBORw0KGgo=)",
    "a < b && c > d",
    '<div style="text-align: center; color: #00f"><img src="plot.png" width="300"></div>',
    "<font color=blue>x</font>",
    "see [torch](https://pytorch.org/docs/stable/#a) and <https://pytorch.org>",
    "- [x] done\n- [ ] not",
    "line<br>break<br/>",
    "```python\nif x < 1: print('<b>')\n```",
    "<details><summary>More</summary>\n\ntext\n\n</details>",
    "x_1 & y_2 `a<b`",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_active_markdown_is_shown_as_its_source(text: str) -> None:
    shown = harmless(text)
    assert text in shown and shown.startswith("```")


@pytest.mark.parametrize("text", HONEST)
def test_honest_markdown_stays(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize(
    "html",
    [
        "<<b>script>",
        "<b/onclick=x>",
        "<a href='x' onclick=y>",
        '<a href="//x\\y:z">',
        "<img src='data:image/svg+xml,x'>",
        "<a href='&#9;javascript:x'>",
        "<a name=MathJax>",
        "<p style='background:url(x)'>",
        "<p class='modal'>",
        "<!doctype>",
    ],
)
def test_no_other_html_is_plain(html: str) -> None:
    assert not is_plain(html)


@pytest.mark.parametrize(
    "text",
    [
        "\\\\[" * 300_000,
        "\\begin{a}" * 100_000,
        "<div>" * 200_000,
        "[" * 1_000_000,
        "$a " * 300_000,
        " \n" * 500_000,
        "`" * 1_000_000,
        "<b x " * 200_000,
        "data:image/png;base64," * 40_000,
        "\t" * 1_000_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    for kind in ("markdown", "raw", "code"):
        (made,) = plain_cells([HandedInCell(kind, text)])
        assert len(made["source"]) < 400_000
    plain_cells([HandedInCell("markdown", text[:20_000])] * 300)
    assert time.process_time() - began < 30


def test_a_notebooks_cells_are_bounded() -> None:
    cell = b'{"cell_type":"markdown","source":"x"}'
    deep = (
        b'{"cell_type":"code","source":"x","metadata":{"nbgrader":{"grade_id":"a","x":' + b"[" * 30_000 + b"]" * 30_000
    )
    many = cells_for_nbgrader(b'{"nbformat":4,"cells":[' + b",".join([cell] * 300_000) + b"]}")
    assert len(many) == 2_000 and "300000 cells" in many[0].text
    (one,) = cells_for_nbgrader(b'{"nbformat":4,"cells":[' + deep + b"}}}]}")
    assert one.cell_type in ("code", "raw")
    (one,) = cells_for_nbgrader(b"[" * 1_000_000)
    assert one.cell_type == "raw" and len(one.text) == 100_000
    (one,) = cells_for_nbgrader(
        b'{"nbformat":4,"cells":[{"cell_type":"code","source":"x","metadata":{"nbgrader":{"grade_id":"a","y":[[1]]}}}]}'
    )
    assert one.name == "a" and one.nbgrader == {"grade_id": "a"}


@pytest.mark.slow
def test_feedback_runs_nothing_and_a_hostile_notebook_costs_only_itself(tmp_path: Path) -> None:
    chromium = browser_program()
    course = make_course(tmp_path / "course", "exercise03")
    markdown = [
        {"cell_type": "markdown", "id": f"m{n}", "metadata": {}, "source": text}
        for n, text in enumerate([*HOSTILE, *HONEST])
    ]
    raw = [{"cell_type": "raw", "id": f"r{n}", "metadata": {}, "source": text} for n, text in enumerate(HOSTILE)]
    hand_in(course, "eve", text_of([*markdown, *raw, *solved(course, RIGHT)]))
    hand_in(course, "many", text_of([{"cell_type": "raw", "metadata": {}, "source": "<b>"}] * 100_000))
    hand_in(course, "lines", text_of(solved(course, RIGHT + " \n" * 200_000)))
    hand_in(course, "deep", b'{"nbformat":4,"metadata":' + b'{"a":' * 500_000)
    hand_in(course, "zoe", text_of(solved(course, RIGHT)))
    autograde(course, "exercise03")
    assert {name: grades(course)[name][0] for name in ("eve", "lines", "zoe", "deep", "many")} == {
        "eve": 10,
        "lines": 10,
        "zoe": 10,
        "deep": 0,
        "many": 0,
    }
    # As an older version left it.
    old = course / "autograded/zoe/exercise03" / f"{SLUG}.ipynb"
    kept = json.loads(old.read_text("utf-8"))
    kept["cells"] += markdown
    kept["cells"][-1]["id"] = "z"
    kept["cells"].append(
        {
            "cell_type": "code",
            "id": "o",
            "metadata": {},
            "source": "",
            "execution_count": 1,
            "outputs": [
                {"output_type": "display_data", "metadata": {}, "data": {kind: RUN if "script" in kind else HOSTILE[1]}}
                for kind in ("text/html", "application/javascript", "image/svg+xml")
            ],
        }
    )
    old.write_text(json.dumps(kept), "utf-8")
    began = time.monotonic()
    nbgrader(course, "generate_feedback", "exercise03")
    assert time.monotonic() - began < 120
    with sync_playwright() as driver:
        page = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"]).new_page()
        for student in ("eve", "zoe"):
            path = course / "feedback" / student / "exercise03" / f"{SLUG}.html"
            # MathJax's own wall against scripts in formulas.
            html = path.read_text("utf-8")
            assert "MathJax.js" not in html and "config=TeX-AMS_CHTML-full,Safe" in html
            page.route("http*://**", lambda route: route.abort())
            page.goto(path.as_uri(), wait_until="domcontentloaded")
            protocols = page.evaluate("[...document.links].map(link => link.protocol)")
            assert len(protocols) > 3 and set(protocols) <= {"file:", "http:", "https:"}
            page.wait_for_timeout(500)
            assert page.evaluate("window.ran") is None and page.title() == SLUG
            assert page.locator("table").count() >= 1 and page.locator("script[src*=javascript]").count() == 0
            assert "\\frac{a}{b}" in page.content()
