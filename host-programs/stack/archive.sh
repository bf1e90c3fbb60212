#!/bin/sh
# Reads a package source with apt, apart from all that apt knows of this machine.
# Arguments: an empty folder for apt's own files, a line of sources.list(5), then
#   index NAME...        prints the paragraphs of its packages that have one of these names, or were built from one of them
#   fetch NAME=VERSION...  downloads these into the folder DEBS below it
set -eu
folder=$1 line=$2 what=$3
shift 3
mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial" "$folder/debs"
printf '%s\n' "$line" > "$folder/sources.list"
: > "$folder/status"
apt() {
  program=$1
  shift
  "$program" -qq -o Dir::State="$folder" -o Dir::State::Lists="$folder/lists" -o Dir::State::status="$folder/status" \
    -o Dir::Cache="$folder/cache" -o Dir::Etc::SourceList="$folder/sources.list" -o Dir::Etc::SourceParts=- \
    -o APT::Sandbox::User=root "$@"
}
[ -e "$folder/read" ] || { apt apt-get -o APT::Update::Error-Mode=any update; : > "$folder/read"; }
case $what in
  index)
    apt apt-get indextargets --format '$(FILENAME)' 'Created-By: Packages' | xargs -r /usr/lib/apt/apt-helper cat-file |
      awk -v names="$*" '
        BEGIN { RS = ""; ORS = "\n\n"; count = split(names, list, " "); for (at = 1; at <= count; at++) wanted[list[at]] }
        {
          name = source = ""
          fields = split($0, field, "\n")
          for (at = 1; at <= fields; at++) {
            if (field[at] ~ /^Package: /) name = substr(field[at], 10)
            if (field[at] ~ /^Source: /) { source = substr(field[at], 9); sub(/ .*/, "", source) }
          }
          if (name in wanted || source in wanted) print
        }'
    ;;
  fetch)
    cd "$folder/debs"
    apt apt-get download "$@"
    ;;
esac
