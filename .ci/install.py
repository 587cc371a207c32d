"""Install one lock file and the project itself into the environment that runs this script.

uv does the work where it can reach the same packages as pip; where it cannot, pip does, slower.
The index is whatever this machine has configured for pip: no address stands in this project.

    python .ci/install.py requirements.lock
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BOOTSTRAP = ROOT / ".ci" / "bootstrap.lock"
EDITABLE = [
    "--no-build-isolation",
    "--no-deps",
    "--config-settings",
    "editable_mode=compat",
    "--editable",
    str(ROOT),
]
"""`compat` puts the checkout itself on the path, so new packages need no second install."""


def run(command: list[str], env: dict[str, str] | None = None) -> bool:
    """Run a command with its output shown; true when it succeeded."""
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode == 0


def pip(*arguments: str) -> bool:
    """Run pip of this environment; true when it succeeded."""
    return run([sys.executable, "-m", "pip", *arguments])


def pip_settings() -> dict[str, str]:
    """Read pip's effective settings (files, then environment) as option name to value."""
    listing = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list", "--disable-pip-version-check"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    settings: dict[str, str] = {}
    for section in ("global.", "install.", ":env:."):
        for line in listing.splitlines():
            name, _, value = line.partition("=")
            if name.startswith(section):
                settings[name.removeprefix(section)] = str(ast.literal_eval(value))
    return settings


def uv_environment(settings: dict[str, str], base: dict[str, str]) -> dict[str, str]:
    """Say in uv's words what pip was told; what was said to uv itself is left alone."""
    env = dict(base)
    env.setdefault("UV_PYTHON_DOWNLOADS", "never")
    # pip looks at every index and takes the best; the hashes of the lock make that safe.
    env.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    translated = {
        "UV_DEFAULT_INDEX": settings.get("index-url", ""),
        "UV_INDEX": " ".join(settings.get("extra-index-url", "").split()),
        "UV_FIND_LINKS": ",".join(_existing(settings.get("find-links", "").split())),
        "UV_INSECURE_HOST": " ".join(settings.get("trusted-host", "").split()),
        "UV_NO_INDEX": "1" if settings.get("no-index", "").lower() in {"1", "true", "yes"} else "",
        "SSL_CERT_FILE": settings.get("cert", ""),
        "SSL_CLIENT_CERT": settings.get("client-cert", ""),
        "HTTPS_PROXY": settings.get("proxy", ""),
        "UV_HTTP_TIMEOUT": settings.get("timeout", settings.get("default-timeout", "")),
    }
    for name, value in translated.items():
        if value:
            env.setdefault(name, value)
    return env


def _existing(places: list[str]) -> list[str]:
    """Drop local folders that are not there: pip passes over them, uv stops."""
    return [place for place in places if "://" in place or Path(place).is_dir()]


def with_uv(lock: Path, env: dict[str, str]) -> bool:
    """Install by uv; false when uv is not to be had or cannot reach what it needs."""
    if not pip("install", "--quiet", "--require-hashes", "--requirement", str(BOOTSTRAP)):
        return False
    uv = [str(Path(sys.executable).parent / "uv"), "pip", "install", "--quiet"]
    uv += ["--python", sys.executable]
    return run([*uv, "--require-hashes", "--requirement", str(lock)], env) and run(
        [*uv, *EDITABLE], env
    )


def with_pip(lock: Path) -> bool:
    """Install by pip alone."""
    install = ("install", "--quiet", "--disable-pip-version-check")
    return pip(*install, "--require-hashes", "--requirement", str(lock)) and pip(
        *install, *EDITABLE
    )


def main(arguments: list[str]) -> int:
    """Install the named lock; exit status 0 done, 1 not installed."""
    (name,) = arguments
    lock = ROOT / name
    if with_uv(lock, uv_environment(pip_settings(), dict(os.environ))):
        return 0
    print("uv could not install the packages; trying pip alone, which is slower.", flush=True)
    if with_pip(lock):
        return 0
    print(
        f"The packages of {name} could not be installed. Check that pip on this machine can "
        "reach a package index (pip config list), then type the same command again.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
