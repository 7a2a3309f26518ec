"""Apicurio Registry, in memory, by the API that Confluent's registry has."""

import hashlib
import sys
import tempfile
from pathlib import Path
from typing import Self

import httpx

from deploy.local.server import LocalServer
from deploy.local.tools import BUILD, ServerError, exclusively, java, maven, run

VERSION = "3.0.9"  # the last that runs on Java 17
SHA1 = "4deac01752711c32da5662e7b778b61c5e904746"
# Later versions of the plugin want the artifact's parent, which was never published.
GET = "org.apache.maven.plugins:maven-dependency-plugin:2.8:get"
API = "/apis/ccompat/v7"

# Small, single-threaded and quickly up; without these it takes five times as long to start.
JVM = ["-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
SETTINGS = {
    "quarkus.http.host": "127.0.0.1",
    "quarkus.http.access-log.enabled": "false",
    'quarkus.log.category."io.apicurio".level': "WARN",
    "apicurio.datasource.jdbc.initial-size": "1",
    "apicurio.datasource.jdbc.min-size": "1",
    "apicurio.datasource.jdbc.max-size": "10",
}


class SchemaRegistry(LocalServer):
    """One registry, empty at the start.

    Args:
        compatibility: the global level that it starts with, as Confluent's API names it.
    """

    name = "Schema registry"
    health = f"{API}/subjects"

    def __init__(self, compatibility: str = "FULL_TRANSITIVE") -> None:
        super().__init__()
        self._compatibility = compatibility

    @property
    def api(self) -> str:
        """The address of Confluent's API on this registry."""
        return self.url + API

    def command(self, folder: Path, port: int) -> list[str]:
        """Return the Java command."""
        settings = SETTINGS | {"quarkus.http.port": str(port), "java.io.tmpdir": str(folder)}
        options = [f"-D{key}={value}" for key, value in settings.items()]
        return [java(), *JVM, *options, "-jar", str(installed() / f"apicurio-registry-app-{VERSION}-runner.jar")]

    def __enter__(self) -> Self:
        super().__enter__()
        # Its own default is NONE, and there is no setting for another.
        httpx.put(f"{self.api}/config", json={"compatibility": self._compatibility}).raise_for_status()
        return self


def installed() -> Path:
    """Return the registry's folder; fetches it from Maven Central the first time.

    Raises:
        ServerError: Maven is missing or failed, or what it fetched is not what was published.
    """
    home = BUILD / f"registry-{VERSION}"
    with exclusively(BUILD / "registry.lock"):
        if not home.exists():
            print(
                f"Fetching Apicurio Registry {VERSION} from Maven Central (109 MB, once)", file=sys.stderr, flush=True
            )
            with tempfile.TemporaryDirectory(dir=BUILD, prefix="fetch-") as partial:
                archive = Path(partial, "registry.tar.gz")
                artifact = f"io.apicurio:apicurio-registry-app:{VERSION}:tar.gz:all"
                maven(GET, "-Dtransitive=false", f"-Dartifact={artifact}", f"-Ddest={archive}")
                if hashlib.sha1(archive.read_bytes(), usedforsecurity=False).hexdigest() != SHA1:
                    raise ServerError(f"{artifact} is not the archive that was published")
                folder = Path(partial, "registry")
                folder.mkdir()
                # Python before 3.11.4 cannot unpack safely without a warning from 3.12, nor the other way round.
                run(["tar", "-xzf", str(archive), "-C", str(folder)])
                folder.rename(home)
    return home
