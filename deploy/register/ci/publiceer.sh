#!/bin/sh
# Zet build/ op de webserver, met rsync over ssh. GitHub en GitLab voeren dit uit; op uw eigen computer kan het ook.
#
#   PUBLICATIE_DOEL      login@server:/map, de map waar de webserver `build/` leest. Geef die login niets anders.
#   PUBLICATIE_SERVER    de regel van die server in known_hosts: met een andere server wordt niet gepraat
#   PUBLICATIE_SLEUTEL   de private sleutel van die login, als tekst of als het pad van een bestand
#
# Leesbaar voor de login en zijn groep: geef hem de groep van de webserver (`usermod -g www-data login`). Hij mag
# nginx opnieuw laden, en niets anders (`visudo`): login ALL=(root) NOPASSWD: /usr/bin/systemctl reload nginx
set -eu
: "${PUBLICATIE_DOEL:?is niet ingevuld}" "${PUBLICATIE_SERVER:?is niet ingevuld}" "${PUBLICATIE_SLEUTEL:?is niet ingevuld}"
test -f build/csp.conf || { echo "build/ ontbreekt: voer eerst woontraject build uit" >&2; exit 1; }

map=$(mktemp -d)
trap 'rm -rf "$map"' EXIT
trap 'exit 1' HUP INT TERM
umask 077
if [ -f "$PUBLICATIE_SLEUTEL" ]; then cat "$PUBLICATIE_SLEUTEL"; else printf '%s\n' "$PUBLICATIE_SLEUTEL"; fi >"$map/sleutel"
printf '%s\n' "$PUBLICATIE_SERVER" >"$map/known_hosts"
verbinding="ssh -F none -i $map/sleutel -o IdentitiesOnly=yes -o BatchMode=yes"
verbinding="$verbinding -o UserKnownHostsFile=$map/known_hosts -o StrictHostKeyChecking=yes"

rsync --recursive --perms --times --chmod=D750,F640 --delay-updates --delete-after -e "$verbinding" build/ "$PUBLICATIE_DOEL/"
$verbinding "${PUBLICATIE_DOEL%%:*}" sudo systemctl reload nginx
