"""Getting the grammar engine: the library's verified download, else the same engine through Maven.

Either way it ends as the folder `LanguageTool-6.8` in our cache, with a `languagetool-server.jar` that starts it. It is
built under a temporary name and renamed, so that the folder is there whole or not at all.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Literal

from amends.errors import SetupError
from amends.grammar.java import Java, find_java
from amends.schemas import Frozen
from amends.settings import cache_folder

ENGINE_VERSION = "6.8"
SERVER_JAR = "languagetool-server.jar"
_MARK = "amends-engine.json"
#: Size of the library's archive and number of jars that Maven fetches, both of version 6.8: only for the progress bar.
_ARCHIVE_BYTES = 259_000_000
_MAVEN_JARS = 172
_STALL_S = 20.0
_MAVEN_TIMEOUT_S = 1200.0

Progress = Callable[[str, float | None], None]
Source = Literal["download", "maven", "LTP_JAR_DIR_PATH", "language_tool_python"]


class Engine(Frozen):
    """A LanguageTool on this machine: its folder, its version (`unknown` if nothing says so), where it came from."""

    path: Path
    version: str
    source: Source

    @property
    def jar(self) -> Path:
        """The jar that starts the server."""
        return self.path / SERVER_JAR


def find_engine(cache: Path | None = None) -> Engine | None:
    """Return the engine to be used: LTP_JAR_DIR_PATH, else ours in `cache`, else the library's own, else None."""
    return next((engine for engine in _installed(cache or cache_folder()) if engine.jar.is_file()), None)


def _installed(cache: Path) -> Iterator[Engine]:
    named = os.environ.get("LTP_JAR_DIR_PATH")
    if named:
        yield Engine(path=Path(named), version=_version_of(Path(named)), source="LTP_JAR_DIR_PATH")
    ours = cache / f"LanguageTool-{ENGINE_VERSION}"
    if (ours / _MARK).is_file():
        mark = json.loads((ours / _MARK).read_text(encoding="utf-8"))
        yield Engine(path=ours, version=mark["version"], source=mark["source"])
    library = Path(os.environ.get("LTP_PATH") or Path.home() / ".cache" / "language_tool_python")
    for folder in sorted(library.glob("LanguageTool-*"), key=_sortable, reverse=True):
        yield Engine(path=folder, version=_version_of(folder), source="language_tool_python")


def _sortable(folder: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", folder.name))


def _version_of(folder: Path) -> str:
    match = re.search(r"LanguageTool-(\S+)", folder.name)
    return match[1] if match else "unknown"


def install_engine(progress: Progress, cache: Path | None = None) -> Engine:
    """Return the engine, fetched if it is not there yet; a second run fetches nothing and says so.

    `progress` is called with a line of text and the part that is done (0..1, None where it cannot be known).

    Raises:
        GrammarUnavailable: no Java runs here, so that no engine could.
        SetupError: neither way gave the engine; the message holds both reasons.
    """
    java = find_java()
    target = (cache or cache_folder()) / f"LanguageTool-{ENGINE_VERSION}"
    found = find_engine(cache)
    if found is not None:
        progress(f"LanguageTool {found.version} is already there: {found.path}", 1.0)
        return found
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".engine-", dir=target.parent) as scratch:
            return _place(*_fetch(Path(scratch), java, progress), target, progress)
    except OSError as error:
        raise SetupError(
            f"Cannot write the grammar engine to {target.parent}: {error}.",
            hint="Set AMENDS_CACHE_DIR to a folder that you may write, with 600 MB free.",
        ) from error


def _fetch(scratch: Path, java: Java, progress: Progress) -> tuple[Path, Source]:
    try:
        return _download(scratch / "download", java, progress), "download"
    except SetupError as refused:
        progress(f"{refused.message} Trying Maven instead.", None)
        first = refused.message
    try:
        return _maven(scratch / "maven", java, progress), "maven"
    except SetupError as refused:
        raise SetupError(
            f"The grammar engine cannot be fetched. {first} {refused.message}", hint=refused.hint
        ) from refused


def _place(built: Path, source: Source, target: Path, progress: Progress) -> Engine:
    """Move the finished folder to its place; if another run was quicker, keep that one."""
    mark = {"version": ENGINE_VERSION, "source": source}
    (built / _MARK).write_text(json.dumps(mark), encoding="utf-8")
    if target.exists() and not ((target / _MARK).is_file() and (target / SERVER_JAR).is_file()):
        shutil.rmtree(target)
    if not target.exists():
        built.rename(target)
    progress(f"LanguageTool {ENGINE_VERSION} is ready: {target}", 1.0)
    return Engine(path=target, version=ENGINE_VERSION, source=source)


# --- the library's own download -------------------------------------------------------------------------------------


def _download(scratch: Path, java: Java, progress: Progress) -> Path:
    """Run the library's verified download in a process of its own, ended when it stands still for 20 seconds."""
    scratch.mkdir()
    command = [sys.executable, "-m", "amends.grammar.download", ENGINE_VERSION]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
        process = subprocess.Popen(
            command, env=_environment(java, scratch), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors
        )
        try:
            finished = _watch(process, scratch, progress)
        finally:
            process.kill()
            process.wait()
        errors.seek(0)
        said = errors.read().strip()
    built = scratch / f"LanguageTool-{ENGINE_VERSION}"
    if finished and process.returncode == 0 and (built / SERVER_JAR).is_file():
        return built
    why = said.splitlines()[-1] if finished and said else f"no data for {_STALL_S:.0f} seconds"
    raise SetupError(f"The library's download failed ({why[:300]}).")


def _environment(java: Java, scratch: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"LTP_JAR_DIR_PATH", "LTP_BYPASS_VERIFIED_DOWNLOADS"}}
    path = f"{java.path.parent}{os.pathsep}{kept.get('PATH', '')}"
    return {**kept, "PATH": path, "LTP_PATH": str(scratch), "TQDM_DISABLE": "1"}


def _watch(process: subprocess.Popen[bytes], scratch: Path, progress: Progress) -> bool:
    """Report the growth of `scratch` until the process ends; False when it did not grow for too long."""
    size, grew = 0, time.monotonic()
    while process.poll() is None:
        now = sum(f.stat().st_size for f in scratch.rglob("*.zip") if f.is_file())
        now += sum(1 for _ in scratch.rglob("*"))
        if now != size:
            size, grew = now, time.monotonic()
            progress("Downloading LanguageTool", min(0.99, size / _ARCHIVE_BYTES))
        if time.monotonic() - grew > _STALL_S:
            return False
        time.sleep(0.2)
    return True


# --- Maven ----------------------------------------------------------------------------------------------------------


def _maven(scratch: Path, java: Java, progress: Progress) -> Path:
    """Let `mvn` copy the engine's jars, checksums enforced, and return the folder made of them."""
    mvn = shutil.which("mvn")
    if mvn is None:
        raise SetupError(
            "There is no `mvn` on PATH to fetch it from Maven's central repository.",
            hint="Install Maven, or set AMENDS_LANGUAGETOOL_URL to a LanguageTool server that runs.",
        )
    built = scratch / f"LanguageTool-{ENGINE_VERSION}"
    (built / "jars").mkdir(parents=True)
    shutil.copy(str(files("amends.grammar") / "pom.xml"), scratch / "pom.xml")
    options = {
        "outputDirectory": str(built / "jars"),
        "maven.wagon.rto": "30000",
        "aether.connector.connectTimeout": "10000",
        "aether.connector.requestTimeout": "30000",
    }
    command = [mvn, "-B", "-C", "-f", str(scratch / "pom.xml"), "dependency:copy-dependencies"]
    _run_maven([*command, *(f"-D{name}={value}" for name, value in options.items())], java, progress)
    _write_server_jar(built)
    return built


def _run_maven(command: list[str], java: Java, progress: Progress) -> None:
    """Run Maven and report each jar it fetches and copies. Raises SetupError with Maven's own words."""
    home = {} if java.source == "path" else {"JAVA_HOME": str(java.path.resolve().parents[1])}
    process = subprocess.Popen(
        command, env={**os.environ, **home}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    errors: list[str] = []
    fetched = copied = 0
    until = time.monotonic() + _MAVEN_TIMEOUT_S
    with process:
        try:
            for line in process.stdout or ():
                fetched += "Downloaded" in line and ".jar" in line
                copied += "Copying" in line and ".jar" in line
                errors += [line.strip()] if line.startswith("[ERROR]") else []
                progress("Fetching LanguageTool with Maven", _share(fetched, copied))
                if time.monotonic() > until:
                    raise SetupError(f"Maven did not finish in {_MAVEN_TIMEOUT_S / 60:.0f} minutes.")
        finally:
            if process.poll() is None and sys.exc_info()[0] is not None:
                process.kill()
    if process.returncode:
        why = errors[0].removeprefix("[ERROR]").strip()[:300] if errors else f"exit code {process.returncode}"
        raise SetupError(f"Maven failed ({why}).", hint="Check the network and Maven's settings, then run it again.")


def _share(fetched: int, copied: int) -> float:
    """Half of the way is fetching, half is copying; jars that Maven already had are only copied."""
    return min(0.99, max(fetched, copied + _MAVEN_JARS * (copied > 0)) / (2 * _MAVEN_JARS))


def _write_server_jar(built: Path) -> None:
    """Write the small jar whose Class-Path lists all others, so that one `-cp` entry starts the server."""
    jars = sorted(f"jars/{jar.name}" for jar in (built / "jars").glob("*.jar"))
    if not any(name.startswith("jars/languagetool-server-") for name in jars):
        raise SetupError("Maven ended without the engine's jars.", hint="Remove its local repository and try again.")
    lines = ["Manifest-Version: 1.0", "Created-By: amends", *_folded("Class-Path: " + " ".join(jars))]
    with zipfile.ZipFile(built / SERVER_JAR, "w", zipfile.ZIP_DEFLATED) as jar:
        jar.writestr("META-INF/MANIFEST.MF", "\r\n".join(lines) + "\r\n\r\n")


def _folded(header: str) -> list[str]:
    """Break a manifest header into lines of at most 72 bytes, as the jar specification asks."""
    rest = [header[i : i + 70] for i in range(70, len(header), 70)]
    return [header[:70], *(f" {part}" for part in rest)]
