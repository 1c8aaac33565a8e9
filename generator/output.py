"""Writing: a folder appears whole, in place of the one before, or not at all."""

import ctypes
import errno
import glob
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.findings import Gestopt

MARK = ".woontraject"
"""The file that says of a folder that a build made it: no other folder is ever replaced."""
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """A new folder beside `out`, swapped for it at the end; when the block fails, `out` stays as it was.

    Builds of one `out` wait for nobody: the second one stops.
    """
    out = out.absolute()
    temporary = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _refuse_foreign(out)
        with _lock(out.parent / f".{out.name}.lock", out):
            _clean_up(out)
            temporary = Path(tempfile.mkdtemp(prefix=f".{out.name}.woontraject-", dir=out.parent))
            (temporary / MARK).touch()
            yield temporary
            temporary.chmod(0o755)
            _swap(temporary, out)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
            raise Gestopt(f"hier mag niet gelezen of geschreven worden: {error.filename or out.parent}") from None
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Gestopt(f"de schijf is vol: {out.parent}") from None
        raise Gestopt(f"dit lukt niet: {error.filename or out.parent} ({error.strerror})") from error
    finally:
        if temporary:
            shutil.rmtree(temporary, ignore_errors=True)


def _refuse_foreign(out: Path) -> None:
    """Only an earlier build is ever replaced: a folder with anything else in it is somebody's."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise Gestopt(f"{out} is geen gewone map: kies een nieuwe of lege map")
    if out.exists() and any(out.iterdir()) and not (out / MARK).is_file():
        raise Gestopt(f"{out} is niet leeg en geen vorige bouw: kies een nieuwe of lege map")


@contextmanager
def _lock(file: Path, out: Path) -> Iterator[None]:
    try:
        import fcntl
    except ImportError:  # not on Windows: there two builds at once are the user's own affair
        yield
        return
    with file.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Gestopt(f"er loopt al een bouw naar {out}: wacht tot die klaar is") from None
        yield


def _clean_up(out: Path) -> None:
    """What a killed build left behind; under the lock, so nobody works on it."""
    for left in out.parent.glob(f".{glob.escape(out.name)}.woontraject-*"):
        if left.is_dir():
            if not out.exists() and left.suffix == ".oud":
                left.rename(out)
            else:
                shutil.rmtree(left, ignore_errors=True)


def _swap(new: Path, out: Path) -> None:
    """Put `new` in the place of `out`: in one step where the system can, so that a reader never finds nothing."""
    if not out.exists():
        new.rename(out)
    elif not _exchange(new, out):
        old = out.parent / f".{out.name}.woontraject-.oud"
        out.rename(old)
        new.rename(out)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """renameat2(2) with RENAME_EXCHANGE, which Python does not offer."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    result = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return bool(result == 0)
