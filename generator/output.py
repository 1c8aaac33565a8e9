"""Writing: a folder appears whole, in place of the one before, or not at all."""

import ctypes
import glob
import os
import shutil
import signal
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.findings import Gestopt, stopped_by

MARK = ".woontraject"
"""The file that says of a folder that a build made it: no other folder is ever replaced."""
_ENDINGS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
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
        raise stopped_by(error, out.parent) from None
    finally:
        if temporary:
            with signals_held_back():
                _remove(temporary)


@contextmanager
def signals_held_back() -> Iterator[None]:
    """What would end the process waits a moment, for what should not be left half done."""
    if not hasattr(signal, "pthread_sigmask"):  # not on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def signals_end_silently() -> None:
    """In a worker: nothing waits, nothing is told."""
    for number in _ENDINGS:
        signal.signal(number, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)


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


def clean_up(out: Path) -> None:
    """Remove what a killed build left behind, where nothing else is to be written; not while another build is at it."""
    out = out.absolute()
    if any(_left_behind(out)):
        with suppress(Gestopt), _lock(out.parent / f".{out.name}.lock", out):
            _clean_up(out)


def _left_behind(out: Path) -> Iterator[Path]:
    return (left for left in out.parent.glob(f".{glob.escape(out.name)}.woontraject-*") if left.is_dir())


def _clean_up(out: Path) -> None:
    """Under the lock, so nobody works on it."""
    for left in [*_left_behind(out)]:
        if not out.exists() and left.suffix == ".oud":
            left.rename(out)
        else:
            _remove(left)


def _remove(folder: Path) -> None:
    """What can be removed of a folder of ours, also when somebody made an earlier build read-only."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        for top, _, _ in os.walk(folder):
            with suppress(OSError):
                Path(top).chmod(0o700)
        shutil.rmtree(folder, ignore_errors=True)


def _swap(new: Path, out: Path) -> None:
    """Put `new` in the place of `out`: in one step where the system can, so that a reader never finds nothing."""
    if not out.exists():
        new.rename(out)
    elif not _exchange(new, out):
        old = out.parent / f".{out.name}.woontraject-.oud"
        out.rename(old)
        new.rename(out)
        _remove(old)


def _exchange(one: Path, other: Path) -> bool:
    """renameat2(2) with RENAME_EXCHANGE, which Python does not offer."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    result = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return bool(result == 0)


def write_files(root: Path, texts: Mapping[str, str | None]) -> None:
    """Files of the register, by path: each is replaced in one step, with its line endings and rights, or removed
    (None); all or none."""
    new: dict[Path, Path] = {}
    before: dict[Path, tuple[bytes, int] | None] = {}
    try:
        for path, text in texts.items():
            target = root / path
            before[target] = (target.read_bytes(), target.stat().st_mode) if target.exists() else None
            if text is None:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
            new[target] = Path(name)
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            shutil.copymode(target, name) if target.exists() else Path(name).chmod(0o644)
        for target, temporary in new.items():
            temporary.replace(target)
        for target in before.keys() - new.keys():
            target.unlink()
    except BaseException as error:
        _put_back(before)
        if not isinstance(error, OSError):
            raise
        raise Gestopt(f"{error.filename or root} kan niet geschreven worden ({error.strerror})") from None
    finally:
        for temporary in new.values():
            temporary.unlink(missing_ok=True)


def _put_back(before: Mapping[Path, tuple[bytes, int] | None]) -> None:
    for target, known in before.items():
        with suppress(OSError):
            if known is None:
                target.unlink(missing_ok=True)
            elif not target.exists() or target.read_bytes() != known[0]:
                target.write_bytes(known[0])
                target.chmod(stat.S_IMODE(known[1]))


def write_or_take_over(target: Path, content: bytes, before: Path) -> None:
    """Write a file, or take it over from an earlier build where it is the same there: its time stays, so browsers need
    not load it again, and a link is made ten times as quickly as a file soon after others were removed (ext4)."""
    if _is_same(before, content):
        link(str(before), str(target))
    else:
        target.write_bytes(content)


def _is_same(file: Path, content: bytes) -> bool:
    try:
        return not file.is_symlink() and file.read_bytes() == content
    except OSError:
        return False


def link(source: str, target: str) -> None:
    """The same file in another place, by hard link where the system has them."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def write_private(file: Path, content: str | bytes) -> None:
    """A file that only its owner reads, in the place of the one before; text in UTF-8."""
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)  # its mode is 600
        with os.fdopen(handle, "wb") as new:
            new.write(content.encode() if isinstance(content, str) else content)
        Path(temporary).replace(file)
    except OSError as error:
        raise Gestopt(f"{file} kan niet geschreven worden ({error.strerror})") from None
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
