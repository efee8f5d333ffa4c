"""Checks under plain pytest: `pytest solutions/exercise03/checks.py --submission FILE`."""
