"""Read the data files of a package: fitted models, word lists and tables that its code loads at run time.

    with data_file(__package__, "data", "languages.toml") as file:
        table = tomllib.loads(whole_text(file))

A file that is missing or damaged is a fault of the installation, so whatever fails in the block becomes a
`DataFileError` with the file's path and the remedy. A block therefore also checks that what it read has the form that
the code needs.
"""

import shlex
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from importlib.resources.abc import Traversable

from alt_pipelines.settings.shipped_files import IS_CHECKOUT, PROJECT_ROOT

# What opening, decompressing, decoding and parsing a damaged file may raise.
_DAMAGE = (
    OSError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    NotImplementedError,  # a damaged ZIP archive with an unknown compression
)


class DataFileError(RuntimeError):
    """A data file of this package that cannot be used; the message names it and the remedy.

    Attributes:
        name: of the file, without its folder.
    """

    def __init__(self, message: str, name: str = "") -> None:
        """Keep the message and the file's name as arguments, so that the error can be pickled."""
        super().__init__(message, name)
        self.name = name

    def __str__(self) -> str:
        return str(self.args[0])


@contextmanager
def data_file(package: str | None, *names: str) -> Iterator[Traversable]:
    """Yield a data file of a package, to be read and checked in the block.

    Raises:
        DataFileError: the block failed.
    """
    file = files(str(package)).joinpath(*names)
    try:
        yield file
    except _DAMAGE as error:
        reason = "missing" if isinstance(error, FileNotFoundError) else f"damaged ({type(error).__name__}: {error})"
        raise DataFileError(f"The file {file} is {reason}. {_remedy(file)}", file.name) from error


def whole_text(file: Traversable) -> str:
    """Return the text of a file that ends with a newline; without one, the file was cut off.

    Raises:
        ValueError: the file is cut off or not UTF-8.
        OSError: it cannot be read.
    """
    text = file.read_text("utf-8")
    if not text.endswith("\n"):
        raise ValueError("the file is cut off")
    return text


def _remedy(file: Traversable) -> str:
    if IS_CHECKOUT:
        return f"Restore it with `git -C {shlex.quote(str(PROJECT_ROOT))} checkout -- {shlex.quote(str(file))}`."
    python = shlex.quote(sys.executable)
    return f"Install the package again: `{python} -m pip install --force-reinstall --no-deps alt-pipelines`."
