"""Pages that a browser shows: plain HTML, with nothing from anywhere else. Every value is escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

STYLE = "body{font:17px/1.5 system-ui,sans-serif;max-width:34em;margin:12vh auto;padding:0 1.5em;color:#1f3a4d}"


@dataclass(frozen=True)
class Page:
    """A page, and what its browser may do: apply the one style that is in it, and nothing else."""

    html: str
    policy: str


class Pages:
    """The pages of installing: pages/*.html.j2."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=PackageLoader("prompts", "pages"),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
        self._policy = (
            f"default-src 'none'; style-src 'sha256-{digest}'; "
            "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
        )

    def page(self, name: str, values: Mapping[str, Any]) -> Page:
        """A page by its name ("installed"). Raises when a value that it needs is missing."""
        html = self._environment.get_template(f"{name}.html.j2").render(values, style=STYLE)
        return Page(html, self._policy)
