#!/bin/sh
# Bouwt één deel van de sites, of maakt van alle delen één bouw: voor een register dat te groot is voor één computer.
#
#   sh ci/in-delen.sh bouw 2/4    bouwt deel 2 van 4, en bewaart het als deel-2
#   sh ci/in-delen.sh samen       maakt build/ van deel-1, deel-2, …
#
# De sites zijn besloten. Een deel is daarom versleuteld: alleen met WOONTRAJECT_GEHEIM kan iemand het lezen.
set -eu
: "${WOONTRAJECT_GEHEIM:?is niet ingevuld}"
trap 'rm -rf .delen' EXIT
trap 'exit 1' HUP INT TERM
rm -rf .delen

slot() {
  openssl enc "$@" -aes-256-cbc -pbkdf2 -iter 600000 -pass env:WOONTRAJECT_GEHEIM
}

case "${1:-}" in
bouw)
  nummer=${2%/*}
  woontraject build --part "$2" --out ".delen/$nummer"
  tar -czf .delen/open.tgz -C .delen "$nummer"
  slot -in .delen/open.tgz -out "deel-$nummer"
  ;;
samen)
  for deel in deel-*; do
    mkdir -p ".delen/$deel"
    slot -d -in "$deel" -out .delen/open.tgz
    tar -xzf .delen/open.tgz -C ".delen/$deel"
  done
  woontraject merge .delen/deel-*/* # kijkt na of er niets ontbreekt, en of alles van dezelfde bouw is
  ;;
*)
  echo "gebruik: sh ci/in-delen.sh bouw K/N, of: sh ci/in-delen.sh samen" >&2
  exit 2
  ;;
esac
