"""What must follow on a removal, step by step, with the commands as bash takes them: those stand four spaces in."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from shlex import join, quote
from textwrap import wrap

from generator.model.view import Remote, Sporen, Vergeten, VergetenDossier
from generator.render.woorden import dag

BREEDTE = 100
BOODSCHAP = "Dossier verwijderd, aantallen bijgehouden"
"""Of the commit: it names no dossier."""


@dataclass(frozen=True)
class Stap:
    """What to do, why (in paragraphs), and the commands."""

    titel: str
    tekst: tuple[str, ...]
    opdrachten: tuple[str, ...] = ()


def forgotten_text(vergeten: Vergeten) -> str:
    """What was removed, and each step that must follow."""
    lines = [*_removed(vergeten), "", "Daarmee is het nog niet overal weg. Doe ook dit, in deze volgorde:"]
    for number, step in enumerate(_steps(vergeten), start=1):
        lines += ["", f"{number}. {step.titel}"]
        for text in step.tekst:
            lines += (f"   {line}" for line in wrap(text, BREEDTE, break_long_words=False, break_on_hyphens=False))
        if step.opdrachten:
            lines += ["", *(f"    {line}" for command in step.opdrachten for line in command.split("\n"))]
    return "\n".join(lines) + "\n"


def _removed(vergeten: Vergeten) -> Iterator[str]:
    yield "Verwijderd:"
    for dossier in vergeten.dossiers:
        yield f"   {dossier.id} ({dossier.bestand}): {_term(vergeten, dossier)}"
    if vergeten.tellingen:
        yield f"Wat ze telden voor het rapport, staat in {', '.join(vergeten.tellingen)}."
    if vergeten.verslagen:
        yield f"Wanneer de aanmelder het besluit kreeg, is weg uit {', '.join(vergeten.verslagen)}."


def _term(vergeten: Vergeten, dossier: VergetenDossier) -> str:
    """How long it should have been kept."""
    if not dossier.leesbaar:
        return "het kon niet gelezen worden, en telt niet mee in het rapport"
    if dossier.soort is None or dossier.sinds is None:
        return "het was nog niet gesloten; de bewaartermijn begint pas daarna"
    since = f"{dossier.soort} sinds {dag(dossier.sinds)}"
    if dossier.bewaard_tot is None:
        return f"{since}; er is geen bewaartermijn vastgelegd"
    if dossier.bewaard_tot <= vergeten.datum:
        return f"{since}; de bewaartermijn is voorbij sinds {dag(dossier.bewaard_tot)}"
    return f"{since}; de bewaartermijn liep nog tot {dag(dossier.bewaard_tot)}"


def _steps(vergeten: Vergeten) -> Iterator[Stap]:
    sporen = vergeten.sporen
    if vergeten.genoemd:
        text = "Deze bestanden noemen een van deze dossiers nog:"
        yield Stap("Schrap wat er nog over gezegd wordt", (text, *(f"- {path}" for path in vergeten.genoemd)))
    if sporen and sporen.bestanden:
        yield _commit(sporen)
    yield _build(vergeten)
    if sporen and sporen.genoemd:
        yield _rewrite(sporen)
        yield _search(sporen)
        if sporen.remote:
            yield _publish(sporen, sporen.remote)
        yield _replace(vergeten, sporen)
    yield _elsewhere(sporen)


def _commit(sporen: Sporen) -> Stap:
    commands = [
        join(["git", "-C", sporen.map, "add", "--all", "--", *sporen.bestanden]),
        join(["git", "-C", sporen.map, "commit", "--quiet", "--message", BOODSCHAP, "--", *sporen.bestanden]),
    ]
    if sporen.remote:
        commands.append(join(["git", "-C", sporen.map, "push", "--quiet", sporen.remote.naam, "HEAD"]))
    text = "Noem het dossier niet in de boodschap, de tak of de pull request: die blijven bewaard."
    return Stap("Leg de verwijdering vast op de hoofdtak", (text,), tuple(commands))


def _build(vergeten: Vergeten) -> Stap:
    text = (
        f"De vorige bouw toont het dossier nog: {vergeten.root}/build, elke andere map die u met --out koos, en de"
        " webserver tot de nieuwe bouw er staat. Kalenderprogramma’s volgen bij hun volgende verversing."
    )
    return Stap(
        "Bouw de sites opnieuw en publiceer ze", (text,), (join(["woontraject", "--root", vergeten.root, "build"]),)
    )


def _rewrite(sporen: Sporen) -> Stap:
    words, versions = f"{sporen.kloon}.txt", f"{sporen.kloon}.versies"
    source = _address(sporen, sporen.remote) if sporen.remote else quote(sporen.map)
    commands = [
        join(["cd", str(PurePosixPath(sporen.map).parent)]),
        *(
            [join(["git", "-C", sporen.map, "log", "--all", "--format=%h %s", "--", *sporen.paden])]
            if sporen.paden
            else ()
        ),
        f"git clone --quiet --no-local --origin origin {source} {quote(sporen.kloon)}",
        f"printf '%s\\n' {quote(f'regex:{sporen.patroon}==>VERWIJDERD')} > {quote(words)}",
        *([f"printf '%s\\n' {' '.join(sporen.versies)} > {quote(versions)}"] if sporen.versies else ()),
        " \\\n  ".join([f"git -C {quote(sporen.kloon)} filter-repo", *_options(sporen, words, versions)]),
        join(["rm", words, *([versions] if sporen.versies else ())]),
    ]
    if not _is_gitlab(sporen.remote):  # which asks for a file of it; it keeps the former names of branches
        commands.append(join(["rm", "-r", f"{sporen.kloon}/.git/filter-repo"]))
    shared = (_shared(path) for path in sporen.gedeeld)
    text = (
        "Git bewaart elke vorige versie. Laat iedereen eerst pushen wat klaar is, en daarna wachten. Kijk na of elk pad"
        " hieronder van dit dossier was, en lees de boodschappen van de commits: een commit die alleen dit dossier"
        " wijzigde, verdwijnt; in een andere wordt alleen de id vervangen. Staat er elders nog een zin uit het dossier,"
        f" in een boodschap of een ander bestand? Zet ze als een regel in {words} voor u filter-repo start. Dat"
        " programma komt met: apt-get install git-filter-repo."
    )
    return Stap("Haal het uit de hele geschiedenis", (text, *shared), tuple(commands))


def _shared(path: str) -> str:
    return (
        f"{path} is of was ook van een ander dossier: daar gaan alleen de versies van dit dossier weg. Kijk dat na met:"
        f" {join(['git', 'log', '--all', '-p', '--', path])}"
    )


def _options(sporen: Sporen, words: str, versions: str) -> Iterator[str]:
    """Of filter-repo."""
    if sporen.paden:
        yield "--invert-paths"
        yield from (f"--path {quote(path)}" for path in sporen.paden)
    if sporen.versies:
        yield f"--strip-blobs-with-ids {quote(versions)}"
    yield f"--replace-message {quote(words)}"
    yield f"--replace-text {quote(words)}"
    renamed = f'return re.sub(rb"{sporen.patroon}", b"verwijderd", refname)'
    yield f"--refname-callback {quote(renamed)}"
    yield "--replace-refs delete-no-add"


def _search(sporen: Sporen) -> Stap:
    text = (
        "Dit doorzoekt alles wat git bewaart, ook wat nergens meer bij hoort. Zoek zo ook een zin uit het dossier, met:"
        f" git -C {quote(sporen.kloon)} log --all --oneline -S 'een zin'"
    )
    return Stap("Zoek of het weg is", (text,), (_look_for(sporen, sporen.kloon),))


def _look_for(sporen: Sporen, folder: str) -> str:
    objects = f"git -C {quote(folder)} cat-file --batch-all-objects --batch --unordered"
    names = f"git -C {quote(folder)} for-each-ref"
    wanted = " ".join(f"-e {quote(name)}" for name in sporen.ids)
    grep = f"LC_ALL=C grep --text --ignore-case --word-regexp --fixed-strings --quiet {wanted}"
    return f"{{ {objects}; {names}; }} | {grep} && echo 'NOG NIET WEG' || echo 'niets meer gevonden'"


def _publish(sporen: Sporen, remote: Remote) -> Stap:
    new, name = quote(sporen.kloon), quote(remote.naam)
    everything = "'refs/heads/*:refs/heads/*' 'refs/tags/*:refs/tags/*'"
    commands = [
        f"git -C {new} remote add {name} {_address(sporen, remote)}",
        f"git -C {new} push --quiet --force --prune --set-upstream {name} {everything}",
    ]
    if remote.lokaal:
        folder = quote(remote.lokaal)
        commands += [f"git -C {folder} update-ref -d {quote(ref)}" for ref in remote.verwijzingen]
        commands += [
            f"git -C {folder} reflog expire --expire=now --all",
            f"git -C {folder} gc --quiet --prune=now",
            _look_for(sporen, remote.lokaal),
        ]
    text = "Dit overschrijft daar elke tak en elk label: laat dat tijdelijk toe als ze beschermd zijn."
    return Stap("Vervang wat gepubliceerd is", (text, *_host(sporen, remote)), tuple(commands))


def _host(sporen: Sporen, remote: Remote) -> Iterator[str]:
    """What the other side keeps, and only the other side can remove."""
    if remote.lokaal:
        return
    yield (
        f"Bekijk daarna met ‘git ls-remote {remote.naam}’ wat er nog is buiten refs/heads en refs/tags: dat houdt de"
        " oude geschiedenis vast."
    )
    if "github" in remote.host:
        yield (
            "GitHub: refs/pull/… en caches wist alleen GitHub Support (https://support.github.com): vraag het, en noem"
            " de repository en de pull requests. Verwijder zelf forks, en bij Actions de uitvoer, artefacten en caches."
        )
    elif _is_gitlab(remote):
        yield (
            f"GitLab: laad {sporen.kloon}/.git/filter-repo/commit-map op bij Settings > Repository > Repository"
            " cleanup, en start daarna housekeeping. Verwijder dan die map (ze noemt de vorige takken), en zelf ook"
            " forks en bij CI/CD de uitvoer, artefacten en caches."
        )
    else:
        yield (
            "Laat de beheerder van die server in de repository dit doen: git reflog expire --expire=now --all, en"
            " daarna git gc --prune=now. Verwijder ook forks, en de uitvoer, artefacten en caches van de CI."
        )


def _is_gitlab(remote: Remote | None) -> bool:
    return bool(remote and not remote.lokaal and "gitlab" in remote.host)


def _replace(vergeten: Vergeten, sporen: Sporen) -> Stap:
    """The working copy gives way to the new clone, with what git passes over."""
    inside = PurePosixPath(vergeten.root).relative_to(sporen.map)
    commands = [
        join(["git", "-C", sporen.map, "status", "--short"]),
        join(["git", "-C", sporen.map, "stash", "list"]),
        join(["git", "-C", sporen.map, "log", "--oneline", "--branches", "--not", "--remotes"]),
        *(
            join(["mv", f"{vergeten.root}/{name}", str(PurePosixPath(sporen.kloon, inside, name))])
            for name in vergeten.bewaren
        ),
        join(["rm", "-rf", sporen.map]),
        join(["mv", sporen.kloon, sporen.map]),
    ]
    text = (
        "Haar takken, stashes en reflog houden de oude versies vast. Kijk eerst of er niets in staat dat u nog nodig"
        " hebt: alles wat niet gepusht is, gaat weg."
    )
    shared = f"Doe daarna hetzelfde met {', '.join(sporen.werkmappen)}: daar staat dezelfde geschiedenis."
    return Stap("Vervang deze werkkopie", (text, *([shared] if sporen.werkmappen else ())), tuple(commands))


def _elsewhere(sporen: Sporen | None) -> Stap:
    lines = ["Back-ups, gedeelde mappen, mails, afgedrukte agenda’s en bestanden van ‘woontraject inzage’."]
    if sporen and sporen.genoemd:
        others = (
            f"De remote {name} is een eigen kopie: herhaal daar de vorige stappen." for name in sporen.andere_remotes
        )
        text = "Wie een kloon heeft, gooit ze weg en kloont opnieuw: één oude kloon die pusht, zet alles terug."
        lines = [text, *others, *lines]
    return Stap("Denk aan elke andere kopie", (*lines, "Noteer van wat niet te wissen is, wanneer het vervalt."))


def _address(sporen: Sporen, remote: Remote) -> str:
    """Of the remote, for the shell; one with a password is asked from git."""
    lookup = join(["git", "-C", sporen.map, "remote", "get-url", remote.naam])
    return quote(remote.adres) if remote.adres else f'"$({lookup})"'
