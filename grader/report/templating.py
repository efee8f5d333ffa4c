"""HTML by jinja2's templates, which escape whatever is put into them: nothing that a submission printed is markup.

Only what makes a page imports this: jinja2 takes a while to load.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


def made_of(template: str, **fields: Any) -> Markup:
    """The HTML of a template, a file in templates/, with these fields. Text in them is escaped, `Markup` is not."""
    return Markup(_ENVIRONMENT.get_template(template).render(fields))
