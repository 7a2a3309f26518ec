"""One window of headless Chromium: W3C WebDriver, with Chromium's own commands for its logs."""

import base64
import json
from pathlib import Path
from typing import Any, Self

import httpx

from deploy.local.server import LocalServer
from deploy.local.tools import require

# The commands and the Debian packages that have them.
COMMANDS = {"chromium": "chromium", "chromedriver": "chromium-driver"}
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Browser(LocalServer):
    """A browser that remembers what its pages logged and asked the network for.

    Args:
        width: of the window, in CSS pixels.
        height: of the window, in CSS pixels.
        dark: whether pages are told that people prefer dark colours.
    """

    name = "chromedriver"
    health = "/status"

    def __init__(self, width: int = 1400, height: int = 900, *, dark: bool = False) -> None:
        super().__init__()
        self._size = (width, height)
        self._dark = dark
        self._session = ""

    def command(self, folder: Path, port: int) -> list[str]:
        """Return the command."""
        require(COMMANDS)
        return ["chromedriver", f"--port={port}", f"--log-path={folder / 'driver.log'}"]

    def __enter__(self) -> Self:
        super().__enter__()
        width, height = self._size
        arguments = [
            "--headless=new", f"--window-size={width},{height}", "--no-sandbox", "--disable-dev-shm-usage",
            "--hide-scrollbars", "--no-first-run", "--disable-background-networking", "--disable-gpu",
            *(["--force-dark-mode"] if self._dark else []),
        ]  # fmt: skip
        wanted = {
            "goog:chromeOptions": {"args": arguments},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }
        answer = self._post(f"{self.url}/session", {"capabilities": {"alwaysMatch": wanted}})
        self._session = f"{self.url}/session/{answer['sessionId']}"
        scheme = "dark" if self._dark else "light"
        self.developer("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.developer(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )
        return self

    def open(self, path: Path, fragment: str = "") -> None:
        """Open a file, and wait until it is loaded."""
        self._post(f"{self._session}/url", {"url": "about:blank"})
        self._post(f"{self._session}/url", {"url": path.resolve().as_uri() + fragment})

    def run(self, script: str, *arguments: object) -> Any:
        """Run the body of a function in the page, and return what it returns."""
        return self._post(f"{self._session}/execute/sync", {"script": script, "args": list(arguments)})

    def click(self, selector: str) -> None:
        """Click the first element that a CSS selector finds, as people do: where it can be seen."""
        found = self._post(f"{self._session}/element", {"using": "css selector", "value": selector})
        self._post(f"{self._session}/element/{found[_ELEMENT]}/click", {})

    def press(self, *keys: str) -> None:
        """Press keys, one after another, wherever the focus is."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        sources = [{"type": "key", "id": "keyboard", "actions": actions}]
        self._post(f"{self._session}/actions", {"actions": sources})

    def screenshot(self, path: Path) -> None:
        """Save what the window shows, as PNG."""
        path.write_bytes(base64.b64decode(self._get(f"{self._session}/screenshot")))

    def print(self, path: Path | None = None) -> bytes:
        """Print the page; the PDF, which is also saved where there is a path."""
        pdf = base64.b64decode(self._post(f"{self._session}/print", {"background": True}))
        if path is not None:
            path.write_bytes(pdf)
        return pdf

    def console(self) -> list[str]:
        """What was logged since the last call: the page's own words, errors, and refusals by its policy."""
        logged: list[dict[str, Any]] = self._post(f"{self._session}/se/log", {"type": "browser"})
        return [f"{each['level']}: {each['message']}" for each in logged]

    def requests(self) -> list[str]:
        """The addresses that were asked for since the last call."""
        logged = self._post(f"{self._session}/se/log", {"type": "performance"})
        messages = [json.loads(each["message"])["message"] for each in logged]
        return [it["params"]["request"]["url"] for it in messages if it["method"] == "Network.requestWillBeSent"]

    def developer(self, command: str, **parameters: object) -> Any:
        """Run a command of Chromium's DevTools protocol."""
        return self._post(f"{self._session}/goog/cdp/execute", {"cmd": command, "params": parameters})

    def _get(self, url: str) -> Any:
        return self._value(httpx.get(url, timeout=60))

    def _post(self, url: str, body: dict[str, Any]) -> Any:
        return self._value(httpx.post(url, json=body, timeout=60))

    def _value(self, answer: httpx.Response) -> Any:
        value = answer.json()["value"]
        if answer.is_error:
            raise RuntimeError(f"{value['error']}: {value['message']}")
        return value
