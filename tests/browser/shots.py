"""Picture every page of the demo, light and dark, 1440 and 390 wide, into an ignored folder."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.driver import HEIGHTS, NO_CHROMIUM, Visitor, chromium, launch, serving, whole


def main(folder: Path) -> int:
    """Write one PNG a page, theme and width; exit status 0 done, 1 without Chromium."""
    executable = chromium()
    if executable is None:
        print(NO_CHROMIUM, file=sys.stderr)
        return 1
    folder.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as store,
        serving(Path(store)) as address,
        sync_playwright() as playwright,
    ):
        visitor = Visitor(launch(playwright, executable), address)
        for name, path in visitor.paths().items():
            for width in HEIGHTS:
                for theme in ("light", "dark"):
                    picture = folder / f"{name.lower().replace(' ', '_')}_{theme}_{width}.png"
                    whole(visitor.open(path, width=width, theme=theme)).screenshot(path=picture)
                    visitor.close()
                    print(picture)
        visitor.browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path("screenshots")))
