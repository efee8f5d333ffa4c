"""The packages that a course declares (`packages` in course.toml): which of them this machine lacks."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Distributions whose modules are called otherwise.
_MODULES = {
    "scikit-learn": "sklearn",
    "scikit-image": "skimage",
    "opencv-python": "cv2",
    "opencv-python-headless": "cv2",
    "pillow": "PIL",
    "pyyaml": "yaml",
    "beautifulsoup4": "bs4",
    "python-dateutil": "dateutil",
    "pytorch-lightning": "pytorch_lightning",
    "ipython": "IPython",
    "umap-learn": "umap",
}


#: A name with, at most, extras, before its versions (PEP 508).
_NAME = re.compile(r"\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)")

# Whoever grades for a course that declares none waits for no import of what compares versions.


def faulty(text: str) -> bool:
    """Whether this is no name of a package with, at most, extras and versions: an address, or a condition."""
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        found = Requirement(text)
    except InvalidRequirement:
        return True
    return found.url is not None or found.marker is not None


def distribution(package: str) -> str:
    """The package's name without versions, as it is compared: lower case, with hyphens."""
    found = _NAME.match(package)
    return re.sub(r"[-_.]+", "-", found[1] if found else package).lower()


def import_names(package: str) -> tuple[str, ...]:
    """The modules that a package is likely to bring. Of one that is not installed nobody can tell for sure."""
    name = distribution(package)
    return (_MODULES.get(name, name.replace("-", "_")), name)


def version_of(package: str) -> str | None:
    """The version that is installed; None if none is."""
    from importlib import metadata

    try:
        return metadata.version(distribution(package))
    except metadata.PackageNotFoundError:
        return None


def fits(package: str, version: str) -> bool:
    """Whether an installed version is one of those that the course asks for."""
    from packaging.requirements import Requirement

    return Requirement(package).specifier.contains(version, prereleases=True)


def lacking(packages: Sequence[str]) -> tuple[str, ...]:
    """Those that are not installed, or in another version."""
    return tuple(
        package for package in packages if (version := version_of(package)) is None or not fits(package, version)
    )
