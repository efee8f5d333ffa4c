"""A browser, as the tests of reports have it."""

from tests.report.conftest import browser as browser
