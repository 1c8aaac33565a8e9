"""The language server that editors of YAML run, over its standard input and output: what a person would see."""

import json
import queue
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.engines import language_server

SECONDS = 60
OFFLINE = {"schemaStore": {"enable": False}, "kubernetesCRDStore": {"enable": False}}


@contextmanager
def open_editor(root: Path) -> Iterator["Editor"]:
    """An editor with the folder of a register open, with the register's own settings."""
    editor = Editor(root)
    try:
        yield editor
    finally:
        editor.process.terminate()
        editor.process.wait(SECONDS)
        for stream in filter(None, (editor.process.stdin, editor.process.stdout)):
            stream.close()


class Underlined(NamedTuple):
    """What an editor underlines, at a line from 1."""

    line: int
    text: str


class Editor:
    def __init__(self, root: Path) -> None:
        self.root = root
        settings = root / ".vscode/settings.json"
        schemas = json.loads(settings.read_text(encoding="utf-8"))["yaml.schemas"] if settings.exists() else {}
        self.settings = {"yaml": {"validate": True, "hover": True, "completion": True, "schemas": schemas, **OFFLINE}}
        self.process = subprocess.Popen(
            [*language_server(), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self.diagnostics: queue.Queue[dict[str, Any]] = queue.Queue()
        self.number = 0
        threading.Thread(target=self._listen, daemon=True).start()
        folders = [{"uri": root.as_uri(), "name": "register"}]
        can = {
            "workspace": {"configuration": True, "didChangeConfiguration": {}, "workspaceFolders": True},
            "textDocument": {
                "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
                "hover": {"contentFormat": ["markdown"]},
            },
        }
        self.ask(
            "initialize",
            {"processId": None, "rootUri": root.as_uri(), "workspaceFolders": folders, "capabilities": can},
        )
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": self.settings})

    def open(self, texts: Mapping[str, str]) -> dict[str, list[Underlined]]:
        """Open files by their path; gives what is underlined in each."""
        found: dict[str, list[Underlined]] = {}
        names = {(self.root / path).as_uri(): path for path in texts}
        for uri, path in names.items():
            document = {"uri": uri, "languageId": "yaml", "version": 1, "text": texts[path]}
            self.tell("textDocument/didOpen", {"textDocument": document})
        while found.keys() != texts.keys():
            told = self.diagnostics.get(timeout=SECONDS)
            if told["uri"] in names:
                found[names[told["uri"]]] = [
                    Underlined(item["range"]["start"]["line"] + 1, item["message"]) for item in told["diagnostics"]
                ]
        return found

    def hover(self, path: str, line: int, character: int) -> str:
        found = self.ask("textDocument/hover", self._at(path, line, character))
        return str(found["contents"]["value"]) if found else ""

    def complete(self, path: str, line: int, character: int) -> dict[str, dict[str, Any]]:
        """What is offered, by its label."""
        found = self.ask("textDocument/completion", self._at(path, line, character))
        return {item["label"]: item for item in found["items"]}

    def _at(self, path: str, line: int, character: int) -> dict[str, Any]:
        position = {"line": line, "character": character}
        return {"textDocument": {"uri": (self.root / path).as_uri()}, "position": position}

    def ask(self, method: str, params: Any) -> Any:
        self.number += 1
        self._send({"id": self.number, "method": method, "params": params})
        while (answer := self.answers.get(timeout=SECONDS)).get("id") != self.number:
            pass
        assert "error" not in answer, answer
        return answer["result"]

    def tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def _listen(self) -> None:
        assert self.process.stdout
        while header := self.process.stdout.readline():
            length = int(header.split(b":")[1])
            while self.process.stdout.readline().strip():
                pass
            self._receive(json.loads(self.process.stdout.read(length)))

    def _receive(self, message: dict[str, Any]) -> None:
        match message:
            case {"method": "textDocument/publishDiagnostics"}:
                self.diagnostics.put(message["params"])
            case {"method": "workspace/configuration", "id": number}:
                wanted = [self.settings.get(item.get("section"), {}) for item in message["params"]["items"]]
                self._send({"id": number, "result": wanted})
            case {"method": _, "id": number}:
                self._send({"id": number, "result": None})
            case {"id": _}:
                self.answers.put(message)
