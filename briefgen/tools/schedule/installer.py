"""Installs what starts the runs of a workspace: a systemd timer if systemd runs, else a line in the crontab."""

import os
import pwd
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import which
from subprocess import CompletedProcess, TimeoutExpired, run

from briefgen import __version__
from briefgen.files import text_if_readable
from briefgen.model.findings import FindingsError, printable
from briefgen.tools.schedule import Plan, crontab_block, name_of, plan_in, recipe, units
from briefgen.tools.schedule.runner import mark_done

Answer = CompletedProcess[str]
_CRONTAB = "crontab -l"
_SOCKETS = Path("/run/user")
"""Where systemd keeps a folder of sockets for every user that it serves."""
_KEPT = "surrogateescape"
"""Lines of others may be in any encoding, and stay in it."""


@dataclass(frozen=True, slots=True)
class Installed:
    """What starts the runs of a workspace: its name, its kind, its file or the command that shows it, and its plan."""

    name: str
    kind: str
    where: str
    plan: Plan | None
    """None if this version cannot read it."""
    problem: str
    """Why it starts no run although it is installed; else empty."""

    @property
    def is_orphan(self) -> bool:
        """Whether its workspace is not where it was."""
        return self.plan is not None and not self.plan.workspace.is_dir()


def available() -> str:
    """Return what this machine has to start runs: "systemd" or "cron"; empty if it has neither."""
    return "systemd" if this_systemd().runs() else "cron" if which("crontab") else ""


def install(plan: Plan, now: datetime, state_dir: Path, by: str = "") -> tuple[Installed, tuple[str, ...]]:
    """Install the plan in place of what was installed before; return what is installed now, and notes for people.

    Runs that were due before count as done. FindingsError says why it cannot be installed; then nothing does.
    """
    _refuse_path(plan)
    by, systemd, program = by or available(), this_systemd(), this_program()
    if not by:
        message = "this machine has neither systemd nor cron to start the runs"
        hint = "install one (Debian: apt-get install cron), or run it in the foreground: briefgen schedule run"
        if systemd.user and which("systemctl"):
            hint += f"; where systemd only serves you while you are logged in: sudo loginctl enable-linger {_me()}"
        raise FindingsError.of("this machine", "P527", message, hint)
    due, owner = plan.latest_due(now), plan.workspace if by == "systemd" and not systemd.user else None
    with _as_owner(owner):  # before anything is installed, which may start a run at once
        undo = mark_done(state_dir, due) if due else None
    try:
        notes = _install(plan, now, state_dir, systemd, program, by)
    except BaseException:
        if undo:
            with _as_owner(owner):
                undo()
        raise
    return find(plan.workspace)[0], notes


def _install(
    plan: Plan, now: datetime, state_dir: Path, systemd: "Systemd", program: tuple[str, ...], by: str
) -> tuple[str, ...]:
    if by == "systemd":
        notes = systemd.install(plan.workspace, units(plan, program, now, machine=not systemd.user))
        _replace_block(name_of(plan.workspace), "", state_dir)
        return notes
    _replace_block(name_of(plan.workspace), crontab_block(plan, program, now), state_dir)
    systemd.remove(name_of(plan.workspace))
    return tuple(_notes_on_cron(plan.workspace.stat().st_uid))


def _notes_on_cron(owner: int) -> Iterator[str]:
    if not _cron_runs():
        yield "No cron is running on this machine, so nothing starts it yet. As an administrator: service cron start"
    if owner != os.geteuid() == 0:
        name, user = str(owner), f"'#{owner}'"
        with suppress(KeyError):  # a user of another machine
            name = user = pwd.getpwuid(owner).pw_name
        command = f"sudo -u {user} briefgen schedule install"
        yield f"It runs as root, but the folder is another's, who could not write on. As {name}: {command}"
        yield "  and take this one away: briefgen schedule remove"


def find(workspace: Path) -> list[Installed]:
    """Return all that starts runs of the workspace, what this user installed first, then what the machine has."""
    name = name_of(workspace)
    timer = MACHINE.find(name) if this_systemd().user else None
    return [*_find([name]), *([timer] if timer else [])]


def find_all() -> list[Installed]:
    """Return all that starts runs of any workspace of this user, also of one that was moved away."""
    in_crontab = re.findall(r"(?m)^# >>> (briefgen-[a-z0-9-]+):", _crontab())
    return _find(sorted({*in_crontab, *[path.stem for path in this_systemd().folder.glob("briefgen-*.timer")]}))


def _find(names: list[str]) -> list[Installed]:
    systemd, table, found = this_systemd(), _crontab(), list[Installed]()
    problem = "" if _cron_runs() else "no cron is running: service cron start"
    for name in names:
        if timer := systemd.find(name):
            found.append(timer)
        if block := _block(table, name):
            found.append(Installed(name, "a line in your crontab", f"which {_CRONTAB} shows", plan_in(block), problem))
    return found


def remove(name: str, state_dir: Path | None = None) -> list[str]:
    """Remove all that starts the runs of a workspace, by the name of its timer; return what it was, in words.

    With the folder of the schedule's state, the crontab before is kept there.
    """
    removed = ["the systemd timer"] if this_systemd().remove(name) else []
    return removed + (["the line in the crontab"] if _replace_block(name, "", state_dir) else [])


def preview(plan: Plan, now: datetime, kind: str = "") -> str:
    """Return what `install` would write here, or the recipe of that kind; a container's if nothing can be installed."""
    _refuse_path(plan)
    kind, systemd = kind or available() or "container", this_systemd()
    if kind == "cron":
        return crontab_block(plan, this_program(), now)
    if kind != "systemd":
        return recipe(kind, plan, now)
    texts = units(plan, this_program(), now, machine=not systemd.user)
    return "\n".join(f"# {systemd.folder / name}\n{text}" for name, text in texts.items())


def _refuse_path(plan: Plan) -> None:
    """Raise FindingsError where the path of the workspace has a sign that ends the line of a timer, or its text."""
    path = str(plan.workspace)
    if printable(path) != path:
        message = "no timer can hold the path of this workspace: it has a line break, or another sign that nobody sees"
        raise FindingsError.of(path, "P528", message, "give the folder another name")


def this_program() -> tuple[str, ...]:
    """Return the words that start this program from anywhere, in the bare environment that timers give.

    The launcher comes first if it is what runs us, as it mends its own environment. FindingsError if nothing starts
    the program, as in a checkout whose launcher has not been set up.
    """
    python, launcher = Path(sys.executable), Path(__file__).parents[3] / "brief"
    bare = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(Path.home())}
    commands = [(str(python.with_name("briefgen")),), (str(python), "-P", "-m", "briefgen")]
    if (Path(sys.prefix) / "installed.lock").is_file():
        commands.insert(0, (str(launcher),))
    for command in commands:
        if __version__ in _ask(*command, "--version", env=bare, cwd="/").stdout:
            return command
    message = "a timer would not find the command that starts this program"
    raise FindingsError.of("briefgen", "P524", message, f"run it by its launcher ({launcher}), or install it")


@contextmanager
def _as_owner(workspace: Path | None) -> Iterator[None]:
    """Act within a `with` block as the owner of the workspace, as whom the machine's timer runs it.

    What root wrote into out/ no run could write on. Without a workspace, nobody else is acted as.
    """
    if workspace is None:
        yield
        return
    user, group, owner = os.geteuid(), os.getegid(), workspace.stat()
    os.setegid(owner.st_gid)
    os.seteuid(owner.st_uid)
    try:
        yield
    finally:
        os.seteuid(user)
        os.setegid(group)


def _ask(*command: str, text: str = "", env: Mapping[str, str] | None = None, cwd: str | None = None) -> Answer:
    """Run a program; the exit code is 127 if it is missing, and 126 if it does not answer within a minute."""
    env = env or {**os.environ, "LC_ALL": "C"}
    try:  # in bytes, which leave a carriage return as it is; names and arguments of our own, no shell
        given = text.encode(errors=_KEPT)
        done = run(command, input=given, env=env, cwd=cwd, capture_output=True, timeout=60, check=False)  # noqa: S603
        return Answer(command, done.returncode, *(said.decode(errors=_KEPT) for said in (done.stdout, done.stderr)))
    except FileNotFoundError:
        return Answer(command, 127, "", f"{command[0]} is not installed")
    except (OSError, TimeoutExpired, UnicodeError) as error:
        return Answer(command, 126, "", str(error))


def _complaint(answer: Answer) -> str:
    return " ".join((answer.stderr.strip() or answer.stdout.strip() or f"exit code {answer.returncode}").split())


def _replace_block(name: str, block: str, state_dir: Path | None) -> bool:
    """Replace the workspace's own lines of the crontab, and no other; return whether that changes anything.

    The crontab before is kept in crontab.before, and put back if the new one does not read as it was written.
    """
    if block.count("\n") > 4 or any(len(line) > 998 for line in block.split("\n")):  # MAX_COMMAND of Debian's cron
        message = "the command is too long for one line of a crontab"
        raise FindingsError.of(_CRONTAB, "P526", message, "put what --on-change and --on-failure call into a script")
    before, backup = _crontab(), state_dir / "crontab.before" if state_dir else None
    after = before.replace(_block(before, name), "", 1) + block
    if after == before:
        return False
    with suppress(OSError):
        if backup:
            backup.parent.mkdir(parents=True, exist_ok=True)
            backup.unlink(missing_ok=True)  # it may be another's, where root installs
            backup.touch(0o600)  # a crontab may hold passwords, and out/ may be shown to all
            backup.write_text(before, encoding="utf-8", errors=_KEPT)
    answer = _ask("crontab", "-", text=after) if after else _ask("crontab", "-r")
    if answer.returncode:
        hint = "the crontab is as it was; what needs no crontab: briefgen schedule run"
        raise FindingsError.of(_CRONTAB, "P526", f"the crontab cannot be written: {_complaint(answer)}", hint)
    written = _table(_ask("crontab", "-l")) or ""
    if [*filter(None, written.split("\n"))] != [*filter(None, after.split("\n"))]:
        restored = _ask("crontab", "-", text=before).returncode == 0
        became = "the old one was put back" if restored else "THE OLD ONE COULD NOT BE PUT BACK"
        kept = backup is not None and backup.exists()
        hint = f"as it was, it is kept in {backup}" if kept else f"this is how it was: {before!r}"
        raise FindingsError.of(_CRONTAB, "P526", f"the crontab does not read as it was written; {became}", hint)
    return True


def _crontab() -> str:
    """Return the user's crontab; FindingsError if it cannot be read, and then it is not written either."""
    answer = _ask("crontab", "-l")
    table = _table(answer)
    if table is None:
        hint = "nothing was changed; crontab(1) says who may use it, or: briefgen schedule run"
        raise FindingsError.of(_CRONTAB, "P526", f"the crontab cannot be read: {_complaint(answer)}", hint)
    return table


def _table(answer: Answer) -> str | None:
    """Return the text that `crontab -l` printed, empty if there is no crontab yet, or no cron; None if it failed."""
    none_yet = any(words in answer.stderr.casefold() for words in ("no crontab", "can't open"))  # the latter: BusyBox
    if answer.returncode:
        return "" if none_yet or answer.returncode == 127 else None
    return answer.stdout.removesuffix("\n") + "\n" if answer.stdout else ""


def _block(table: str, name: str) -> str:
    """Return our lines with both marks, or nothing; FindingsError for half a block, which a person has to judge."""
    marks = re.findall(rf"(?m)^# (?:>>> {name}:|<<< {name}$)", table)
    found = re.search(rf"(?ms)^# >>> {name}:.*?^# <<< {name}\n", table)
    if len(marks) == (2 if found else 0):
        return found[0] if found else ""
    hint = f"remove our lines with crontab -e: '# >>> {name}' to '# <<< {name}'"
    raise FindingsError.of(_CRONTAB, "P526", "the marks around our lines are damaged; nothing was changed", hint)


def _cron_runs() -> bool:
    """Return whether a cron is among the processes; if those cannot be seen, it is believed to be."""
    names = {text_if_readable(path).strip() for path in Path("/proc").glob("[0-9]*/comm")}
    return not names or not names.isdisjoint(("cron", "crond", "fcron", "systemd-cron"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Systemd:
    """A user's own systemd, or the machine's, and the folder of its units."""

    user: bool
    folder: Path

    def control(self, *words: str) -> Answer:
        """Run systemctl."""
        own = _SOCKETS / str(os.geteuid())  # a shell of sudo -u has another user's, or none
        sockets = {"XDG_RUNTIME_DIR": str(own)} if self.user and own.is_dir() else {}
        env = {**os.environ, "LC_ALL": "C", "SYSTEMD_PAGER": "", "SYSTEMD_COLORS": "0", **sockets}
        return _ask("systemctl", *["--user"] * self.user, "--no-ask-password", *words, env=env)

    def runs(self) -> bool:
        """Return whether it is there and takes orders."""
        state = self.control("is-system-running").stdout.strip()
        return state in {"running", "degraded", "starting", "initializing", "maintenance"}

    def install(self, workspace: Path, texts: Mapping[str, str]) -> tuple[str, ...]:
        """Write the units, start the timer and return notes for people; what fails is undone: FindingsError."""
        timer, before = f"{name_of(workspace)}.timer", {name: text_if_readable(self.folder / name) for name in texts}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._write(texts)
            for words in (("daemon-reload",), ("enable", timer), ("restart", timer), ("is-active", timer)):
                answer = self.control(*words)
                if answer.returncode:
                    raise OSError(0, f"systemctl {' '.join(words)}: {_complaint(answer)}")
        except OSError as error:
            with suppress(OSError):
                self._write(before)
            self.control("daemon-reload")
            failed = "the timer cannot be written: " if error.errno else ""
            message = f"{failed}{error.strerror}; the timer was removed again"
            hint = "or: briefgen schedule install --by cron"
            raise FindingsError.of(str(self.folder / timer), "P525", message, hint) from None
        return _linger() if self.user else ()

    def _write(self, texts: Mapping[str, str]) -> None:
        """Write the units, and remove those without text."""
        for name, text in texts.items():
            if text:
                (self.folder / name).write_text(text, encoding="utf-8")
            else:
                (self.folder / name).unlink(missing_ok=True)

    def find(self, name: str) -> Installed | None:
        """Return the timer of a workspace, if there is one."""
        timer = self.folder / f"{name}.timer"
        if not timer.is_file():
            return None
        answer = self.control("is-active", timer.name)
        problem = f"it is not active ({_complaint(answer)}); install it again" if answer.returncode else ""
        return Installed(name, "a systemd timer", str(timer), plan_in(text_if_readable(timer)), problem)

    def remove(self, name: str) -> bool:
        """Stop the timer and remove its units; return whether there was one."""
        units = [f"{name}{suffix}" for suffix in (".timer", ".service")]
        if not any((self.folder / unit).exists() for unit in units):
            return False
        self.control("disable", "--now", units[0])
        try:
            self._write(dict.fromkeys(units, ""))
        except OSError as error:
            message, hint = f"the timer cannot be removed: {error.strerror}", f"remove it by hand: rm {error.filename}"
            raise FindingsError.of(str(self.folder), "P525", message, hint) from None
        self.control("daemon-reload")
        return True


MACHINE = Systemd(user=False, folder=Path("/etc/systemd/system"))
"""The machine's own systemd."""


def this_systemd() -> Systemd:
    """Return the machine's systemd for root, else the user's own."""
    if os.geteuid() == 0:
        return MACHINE
    return Systemd(user=True, folder=Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config", "systemd/user"))


def _linger() -> tuple[str, ...]:
    """Ask that the user lingers, as a user's timers else end with the last session; return notes for people."""
    me = _me()
    if _ask("loginctl", "show-user", me, "--property=Linger").stdout.strip() == "Linger=yes":
        return ()
    if _ask("loginctl", "--no-ask-password", "enable-linger", me).returncode == 0:
        undo = f"loginctl disable-linger {me}"
        return (f"Lingering is on now, so that it also runs while you are logged out (undo: {undo}).",)
    return (
        "It runs only while you are logged in. To let it run always, have an administrator type, once:",
        f"  sudo loginctl enable-linger {me}",
    )


def _me() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name
