"""The files that `init` writes for CI, and those of this project: linted, and their shell steps run for real in a
register. Only what is outside is put aside: installing packages, and the web server behind rsync and ssh."""

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.new_register import init_register
from tests.conftest import PROJECT
from tests.engines import actionlint_command, gfm_command
from tests.parts import require
from tests.test_diff import git

REGISTER = PROJECT / "deploy/register"
IN_PARTS = REGISTER / "ci/in-delen.github.yml"
WORKFLOWS = [
    *sorted(REGISTER.glob(".github/workflows/*")),
    *sorted(PROJECT.glob(".github/workflows/*")),
    IN_PARTS,
]
GITLAB = [REGISTER / ".gitlab-ci.yml", PROJECT / ".gitlab-ci.yml", REGISTER / "ci/in-delen.gitlab.yml"]
SECRET = "een geheim dat lang genoeg is voor de test"
DOEL = "bouw@web.example:/srv/woontraject"
STUBS = {  # what is outside, by what it does here: it tells how it was called
    "pip": "",
    "apt-get": "",
    "rsync": '[ -s "$(echo "$*" | sed "s/.* -i \\([^ ]*\\) .*/\\1/")" ] && cp -r build "$UITVOER/geplaatst"',
    "ssh": "",
}


class Runner:
    """A register in git on a machine that builds, and what was asked of the outside."""

    def __init__(self, folder: Path) -> None:
        self.root, self.folder = folder / "register", folder
        init_register(self.root)
        example = re.search(r"```yaml\n(id: .*?)```", (self.root / "README.md").read_text(encoding="utf-8"), re.S)
        assert example
        self.dossier = self.root / "dossiers/VT-2026-001.yaml"
        self.dossier.write_text(example[1], encoding="utf-8")
        git(self.root, "init", "-q", "-b", "main")
        self.commit()
        self._stubs()

    def commit(self) -> str:
        git(self.root, "add", "-A")
        git(self.root, "commit", "-q", "-m", "stand")
        return git(self.root, "rev-parse", "HEAD")

    def propose(self, text: str) -> str:
        """A branch that adds an entry, merged as GitHub does for a pull request; gives where it began."""
        base = git(self.root, "rev-parse", "HEAD")
        git(self.root, "checkout", "-q", "-b", "voorstel")
        with self.dossier.open("a", encoding="utf-8") as file:
            file.write(text)
        self.commit()
        git(self.root, "checkout", "-q", "--detach", base)
        git(self.root, "merge", "-q", "--no-ff", "-m", "merge", "voorstel")
        return base

    def _stubs(self) -> None:
        (self.folder / "bin").mkdir()
        command = f'PYTHONPATH="{PROJECT}" exec "{sys.executable}" -m generator "$@"'
        for name, action in {**STUBS, "woontraject": command}.items():
            note = "" if name == "woontraject" else f'echo "{name} $*" >> "$UITVOER/gevraagd"\n'
            path = self.folder / "bin" / name
            path.write_text(f"#!/bin/sh\n{note}{action}\n", encoding="utf-8")
            path.chmod(0o755)

    def shell(self, script: str, env: dict[str, str], options: str = "-e") -> subprocess.CompletedProcess[str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("WOONTRAJECT", "GITHUB", "CI"))}
        path = f"{self.folder / 'bin'}{os.pathsep}{kept['PATH']}"
        own = {"PATH": path, "CI": "true", "UITVOER": str(self.folder), "TMPDIR": str(self.folder)}
        command = ["bash", *options.split(), "-c", script]
        return subprocess.run(
            command, cwd=self.root, env=kept | own | env, capture_output=True, encoding="utf-8", check=False
        )

    @property
    def asked(self) -> str:
        path = self.folder / "gevraagd"
        return path.read_text(encoding="utf-8") if path.exists() else ""


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


PLANNED = "  - {soort: huisbezoek, datum: 2026-05-05, uur: 10:00, moment: huisbezoek-3m}\n"
WRONG = "  - {soort: huisbezoek, datum: 2026-05-05, uur: 25:00, moment: huisbezoek-3m}\n"


# GitHub


class GitHub:
    """Runs the jobs of a workflow as an event would."""

    def __init__(
        self,
        runner: Runner,
        event: str,
        ref: str,
        variables: dict[str, str],
        workflow: str = ".github/workflows/woontraject.yml",
    ) -> None:
        self.runner, self.summary = runner, runner.folder / "summary.md"
        self.workflow = runner.root / workflow
        self.known = {
            "github.event_name": event,
            "github.ref": ref,
            **{f"vars.{name}": value for name, value in variables.items()},
            **{f"secrets.{name}": value for name, value in variables.items()},
        }

    def run(self) -> dict[str, int]:
        """The exit code of every step that ran, by its job and name, until a job fails."""
        found: dict[str, int] = {}
        workflow = yaml.safe_load(self.workflow.read_text(encoding="utf-8"))
        for name, job in workflow["jobs"].items():
            for deel in job.get("strategy", {}).get("matrix", {"deel": [""]})["deel"]:
                self.known["matrix.deel"] = str(deel)
                if not any(found.values()) and self.holds(job.get("if", "true")):
                    found |= {f"{name}{deel}/{step}": code for step, code in self.job(job).items()}
        return found

    def job(self, job: dict[str, Any]) -> dict[str, int]:
        codes: dict[str, int] = {}
        for step in (step for step in job["steps"] if "run" in step):
            always = "cancelled()" in str(step.get("if", ""))
            if (always or not any(codes.values())) and self.holds(step.get("if", "true")):
                env = {key: self.fill(str(value)) for key, value in step.get("env", {}).items()}
                options = "--noprofile --norc -eo pipefail" if step.get("shell") == "bash" else "-e"
                done = self.runner.shell(step["run"], env | {"GITHUB_STEP_SUMMARY": str(self.summary)}, options)
                codes[step["name"]] = done.returncode
                self.said = done.stdout + done.stderr
        return codes

    def fill(self, text: str) -> str:
        return re.sub(r"\$\{\{ (.+?) \}\}", lambda found: self.known.get(found[1], ""), text)

    def holds(self, condition: object) -> bool:
        """The few forms of a condition that the workflow uses."""
        text = re.sub(r"^\$\{\{ (.*) \}\}$", r"\1", str(condition))
        for name in re.findall(r"\b(?:github|vars|secrets)\.\w+", text):
            text = text.replace(name, repr(self.known.get(name, "")))
        text = text.replace("!cancelled()", "True").replace("&&", "and").replace("true", "True")
        assert re.fullmatch(r"[\w\s'=!/:@.\-]*", text), text
        return bool(eval(text))


VARIABLES = {
    "WOONTRAJECT": "woontraject-1.0-py3-none-any.whl",
    "WOONTRAJECT_GEHEIM": SECRET,
    "PUBLICATIE_DOEL": DOEL,
    "PUBLICATIE_SERVER": "web.example ssh-ed25519 AAAA",
    "PUBLICATIE_SLEUTEL": "-----BEGIN OPENSSH PRIVATE KEY-----\nsleutel\n-----END OPENSSH PRIVATE KEY-----",
}
CHECKING = ["nakijken/Installeren", "nakijken/Nakijken"]
PROPOSED = [*CHECKING, "nakijken/Wat de wijziging betekent", "nakijken/Bouwen, om te zien of het lukt"]
PUBLISHED = ["publiceren/Installeren", "publiceren/Bouwen", "publiceren/Naar de webserver"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_actionlint_finds_nothing(path: Path) -> None:
    done = subprocess.run([*actionlint_command(), str(path)], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


def test_actionlint_finds_something(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yml"
    text = WORKFLOWS[0].read_text(encoding="utf-8")
    bad.write_text(text.replace("github.ref ", "github.bestaat_niet "), encoding="utf-8")
    done = subprocess.run([*actionlint_command(), str(bad)], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "bestaat_niet" in done.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_workflows_trust_little(path: Path) -> None:
    """Actions by the hash of a commit, a token that reads, the whole history, and nothing that stays behind."""
    text = path.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    used = [step for step in steps if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", step["uses"]) for step in used)
    assert workflow["permissions"] == {"contents": "read"}
    assert all("permissions" not in job and job["timeout-minutes"] for job in workflow["jobs"].values())
    checkouts = [step for step in used if "checkout" in step["uses"]]
    assert all(step["with"] == {"fetch-depth": 0, "persist-credentials": False} for step in checkouts)
    assert not re.search(r"deploy-pages|pull_request_target", text)
    kept = [step["with"] for step in used if "upload-artifact" in step["uses"]]
    assert path == IN_PARTS or not kept
    assert all(one["path"] == "deel-${{ matrix.deel }}" and one["retention-days"] == 1 for one in kept)  # unreadable
    assert all("${{" not in step.get("run", "") for step in steps)  # what others write is no part of a script


def test_a_pull_request_is_checked_told_and_built(runner: Runner) -> None:
    runner.propose(PLANNED)
    hub = GitHub(runner, "pull_request", "refs/pull/1/merge", {"WOONTRAJECT": "woontraject.whl"})
    assert hub.run() == dict.fromkeys(PROPOSED, 0), hub.said
    summary = hub.summary.read_text(encoding="utf-8")
    assert "## Nakijken" in summary
    assert "## Wat deze wijziging betekent" in summary
    assert "VT-2026-001, " in summary
    assert (runner.root / "build/sites/coordinatie/index.html").exists()
    assert runner.asked == "pip install woontraject.whl\n"


def test_a_pull_request_with_an_error_fails_and_is_still_told(runner: Runner) -> None:
    runner.propose(WRONG)
    hub = GitHub(runner, "pull_request", "refs/pull/1/merge", VARIABLES)
    codes = hub.run()
    assert [name for name, code in codes.items() if code] == PROPOSED[1:3]
    summary = hub.summary.read_text(encoding="utf-8")
    assert "| fout | dossiers/VT-2026-001\\.yaml, regel " in summary
    assert "Niet vergeleken" in summary
    assert runner.asked == "pip install woontraject-1.0-py3-none-any.whl\n"


@pytest.mark.parametrize("event", ["push", "schedule", "workflow_dispatch"])
def test_main_is_published(runner: Runner, event: str) -> None:
    hub = GitHub(runner, event, "refs/heads/main", VARIABLES)
    assert hub.run() == dict.fromkeys([*CHECKING, *PUBLISHED], 0), hub.said
    is_published(runner)


def test_main_is_built_in_parts(runner: Runner) -> None:
    """The same sites as one build makes; what goes from one machine to another only the secret opens."""
    hub = GitHub(runner, "push", "refs/heads/main", VARIABLES, "ci/in-delen.github.yml")
    codes = hub.run()
    assert not any(codes.values()), hub.said
    assert [name for name in codes if name.endswith("/Bouwen")] == [f"bouwen{deel}/Bouwen" for deel in range(1, 5)]
    is_published(runner)
    is_the_whole(runner)


def is_the_whole(runner: Runner) -> None:
    whole = runner.shell("woontraject build --out ../heel && diff -r build ../heel", {"WOONTRAJECT_GEHEIM": SECRET})
    assert whole.returncode == 0, whole.stdout
    parts = sorted(runner.root.glob("deel-*"))
    assert len(parts) == 4
    for part in parts:
        assert part.read_bytes().startswith(b"Salted__")
        shut = runner.shell("sh ci/in-delen.sh samen", {"WOONTRAJECT_GEHEIM": "een ander geheim, ook lang genoeg"})
        assert shut.returncode != 0


def test_without_a_server_nothing_is_published(runner: Runner) -> None:
    hub = GitHub(runner, "push", "refs/heads/main", {**VARIABLES, "PUBLICATIE_DOEL": ""})
    assert list(hub.run()) == CHECKING
    assert "rsync" not in runner.asked


def is_published(runner: Runner) -> None:
    """The build went to the server, over a connection to that server alone, and the key is gone."""
    copy, reload = (line for line in runner.asked.splitlines() if line.startswith(("rsync", "ssh")))
    assert copy.endswith(f"build/ {DOEL}/")
    assert "--delete-after" in copy
    assert "StrictHostKeyChecking=yes" in copy
    assert reload.endswith("bouw@web.example sudo systemctl reload nginx")
    assert (runner.folder / "geplaatst/sites/coordinatie/index.html").exists()
    tokens = {path.name for path in (runner.folder / "geplaatst/feeds").iterdir()}
    assert len(tokens) > 1
    assert not list(runner.folder.glob("tmp.*"))


# GitLab


def gitlab(
    runner: Runner, job: str, env: dict[str, str], pipeline: str = ".gitlab-ci.yml"
) -> subprocess.CompletedProcess[str]:
    """Runs the script of a job as a runner does."""
    jobs = yaml.safe_load((runner.root / pipeline).read_text(encoding="utf-8"))
    return runner.shell("\n".join(jobs[job]["script"]), {"WOONTRAJECT": "woontraject.whl"} | env, "-eo pipefail")


@pytest.mark.parametrize("path", GITLAB, ids=lambda path: str(path.relative_to(PROJECT)))
def test_gitlab_accepts_it(path: Path) -> None:
    require(find_spec("check_jsonschema"), "check-jsonschema", "pip install check-jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci", str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


def test_gitlab_reads_the_whole_history_and_publishes_no_pages() -> None:
    for path in GITLAB:
        text = path.read_text(encoding="utf-8")
        assert 'GIT_DEPTH: "0"' in text
        assert not re.search(r"(?m)^pages:|paths: \[.*build", text)


def test_a_merge_request_is_checked_and_told(runner: Runner) -> None:
    base = runner.propose(PLANNED)
    assert gitlab(runner, "nakijken", {}).returncode == 0
    assert all(issue["severity"] == "minor" for issue in json.loads((runner.root / "kwaliteit.json").read_text()))
    done = gitlab(runner, "betekenis", {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base})
    assert done.returncode == 0, done.stderr
    assert "VT-2026-001, " in (runner.root / "wijziging.md").read_text(encoding="utf-8")
    assert (runner.root / "build/sites/coordinatie/index.html").exists()


def test_a_merge_request_with_an_error_fails_and_is_still_told(runner: Runner) -> None:
    base = runner.propose(WRONG)
    done = gitlab(runner, "nakijken", {})
    assert done.returncode == 1
    assert "fout WAARDE" in done.stdout
    assert [issue["severity"] for issue in json.loads((runner.root / "kwaliteit.json").read_text())].count("major") == 1
    done = gitlab(runner, "betekenis", {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base})
    assert done.returncode == 1
    assert "Niet vergeleken" in done.stdout
    assert not (runner.root / "build").exists()


@pytest.mark.parametrize("key", ["text", "file"])
def test_gitlab_publishes(runner: Runner, key: str) -> None:
    env = {**VARIABLES}
    if key == "file":
        file = runner.folder / "sleutel"
        file.write_text(VARIABLES["PUBLICATIE_SLEUTEL"] + "\n", encoding="utf-8")
        env["PUBLICATIE_SLEUTEL"] = str(file)
    done = gitlab(runner, "publiceren", env)
    assert done.returncode == 0, done.stderr
    is_published(runner)


def test_gitlab_builds_in_parts(runner: Runner) -> None:
    for number in range(1, 5):
        node = {"CI_NODE_INDEX": str(number), "CI_NODE_TOTAL": "4"}
        done = gitlab(runner, "bouwen", VARIABLES | node, "ci/in-delen.gitlab.yml")
        assert done.returncode == 0, done.stderr
    done = gitlab(runner, "publiceren", VARIABLES, "ci/in-delen.gitlab.yml")
    assert done.returncode == 0, done.stderr
    is_published(runner)
    is_the_whole(runner)


@pytest.mark.parametrize("missing", ["PUBLICATIE_DOEL", "PUBLICATIE_SERVER", "PUBLICATIE_SLEUTEL", "build"])
def test_publishing_asks_for_what_lacks(runner: Runner, missing: str) -> None:
    if missing != "build":
        (runner.root / "build").mkdir()
        (runner.root / "build/csp.conf").touch()
    env = {name: value for name, value in VARIABLES.items() if name != missing}
    done = runner.shell("sh ci/publiceer.sh", env)
    assert done.returncode != 0
    assert missing in done.stderr
    assert runner.asked == ""


# What people meet


def test_the_hook_checks(runner: Runner) -> None:
    config = yaml.safe_load((runner.root / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    for hook in config["repos"][0]["hooks"]:
        assert re.search(hook["files"], "dossiers/VT-2026-001.yaml")
        assert runner.shell(hook["entry"], {}).returncode == 0
    runner.propose(WRONG)
    assert [runner.shell(hook["entry"], {}).returncode for hook in config["repos"][0]["hooks"]] == [1, 1]


def test_both_hosts_show_the_same_template() -> None:
    templates = [".github/pull_request_template.md", ".gitlab/merge_request_templates/Default.md"]
    first, second = ((REGISTER / name).read_text(encoding="utf-8") for name in templates)
    assert first == second


def test_a_hostile_name_is_only_text_on_github(runner: Runner) -> None:
    hostile = (
        "[x](https://kwaad.example) <img src=x> `code` **vet** | www.kwaad.example https://kwaad.example a@b.example"
    )
    partners = runner.root / "protocol/partners.yaml"
    text = partners.read_text(encoding="utf-8")
    name = re.search(r"(?m)^  naam: (.*)$", text)
    assert name
    partners.write_text(text.replace(name[0], f"  naam: '{hostile}'", 1), encoding="utf-8")
    runner.commit()
    runner.propose("  - {soort: signaal, datum: 2026-04-01, aard: schade, omschrijving: deur stuk}\n")
    told = runner.shell("woontraject diff HEAD^1 --format markdown --date 2026-04-02", {}).stdout
    assert "kwaad" in told
    html = subprocess.run(gfm_command(), input=told, capture_output=True, encoding="utf-8", check=True).stdout
    assert set(re.findall(r"</?(\w+)", html)) <= {"h2", "h3", "p", "ul", "li"}
