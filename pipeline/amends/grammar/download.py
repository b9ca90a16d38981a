"""`python -m amends.grammar.download VERSION`: the library's verified download, alone in a process that can be ended.

The library downloads without a bound in time; `install` watches this process and ends it when it stands still.
"""

from __future__ import annotations

import sys


def main(version: str) -> str | None:
    """Download LanguageTool `version` to LTP_PATH; returns why it was refused, None when it is there."""
    import requests
    from language_tool_python.download_lt import EXPECTED_DOWNLOAD_SHA256, LocalLanguageTool

    if version not in EXPECTED_DOWNLOAD_SHA256:
        return f"the library knows no checksum for LanguageTool {version}"
    try:
        LocalLanguageTool.from_version_name(version).download()
    except requests.RequestException as error:
        return f"its server cannot be reached: {type(error).__name__}"
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
