"""Headless Chromium, driven as the W3C's WebDriver protocol has it, for tests of pages."""

from deploy.browser.browser import COMMANDS, Browser
from deploy.browser.keys import Key

__all__ = ["COMMANDS", "Browser", "Key"]
