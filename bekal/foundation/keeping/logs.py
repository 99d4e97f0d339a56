"""The log: a line of JSON for each thing that went wrong, and nothing personal in it.

Our own loggers say codes, references and places in the code. What others say is kept only as far as it is fixed text: their
values, and the texts of errors, may quote a name or a number that somebody typed.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime

OURS = "bekal"


class JsonLines(logging.Formatter):
    """`at`, `level`, `logger`, `said`; for an error its kind and where it happened, never its text."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "said": self._said(record),
            "from": f"{record.module}:{record.lineno}",
        }
        if record.exc_info and record.exc_info[0] is not None:
            kind, _error, trace = record.exc_info
            line["error"] = kind.__name__
            line["where"] = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)[-6:]]
        return json.dumps(line, ensure_ascii=False)

    def _said(self, record: logging.LogRecord) -> str:
        if record.name.split(".")[0] == OURS:
            return record.getMessage()
        # With values beside it, the text is fixed; without, they may have been put into it before.
        return str(record.msg) if record.args and isinstance(record.msg, str) else ""


class QuietHandler(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to standard error. A line that cannot be written says so, and does not print what it was about."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        print('{"level": "error", "logger": "bekal.log", "said": "a line was lost"}', file=sys.__stderr__)
