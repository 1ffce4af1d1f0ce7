# What walk.sh takes from the documents, and how it runs it. To be sourced.
#
# A fenced block is found by the comment <!-- walk: name --> on the line before it. Its commands keep their line numbers,
# so that a failure names the line of the document.

# Sends the block to standard output, after as many empty lines as stand before it in the document.
block() { # document name
  awk -v name="<!-- walk: $2 -->" '
    state == 2 && /^ *```/ { state = 3; exit }
    state == 2 { print; next }
    { print "" }
    state == 1 { if (/^ *```/) state = 2; else state = 0 }
    $0 == name { state = 1 }
    END { if (state != 3) exit 1 }' "$1" || fail "$1 has no block after <!-- walk: $2 -->"
}

# The same without the empty lines, for a file.
text() { # document name
  block "$1" "$2" | sed '/./,$!d'
}

# Puts a value where the document has a placeholder.
fill() { # placeholder value; standard input to standard output
  local all
  all=$(cat)
  [[ $all == *"$1"* ]] || fail "a block of the documents has no $1 any more"
  printf '%s\n' "${all//"$1"/"$2"}"
}

# Makes a script of a block: it ends at the first command that fails and says which line of which document that was.
script_of() { # document; standard input is the block; the script's name to standard output
  local file
  file=$(mktemp "$work/block.XXXXXX")
  {
    # On one line with the first, always empty line of the block
    printf 'set -euo pipefail; trap '"'"'echo "%s, line $LINENO failed: $BASH_COMMAND" >&2'"'"' ERR;' "$1"
    cat
  } >"$file"
  echo "$file"
}

# Runs a block in the folder of the sources, like a stranger who types it.
follow() { # document name seconds [sed expression]
  local file
  say "$1: $2"
  file=$(block "$1" "$2" | sed "${4:-}" | script_of "$1")
  (cd "$sources" && timeout "$3" bash "$file") || fail "$1, block \"$2\" (see above; status $?)"
}

# Starts a block that runs until it is ended, in a process group of its own, and remembers it.
begin() { # document name log
  local file
  say "$1: $2"
  file=$(block "$1" "$2" | script_of "$1")
  set -m
  (cd "$sources" && exec bash "$file") >"$3" 2>&1 &
  set +m
  begun=$!
  started+=("$begun")
}

# Ends what begin started, in order, or by force after 40 seconds. It is forgotten then: its number may be another's soon.
finish() { # process
  local i other left=()
  kill -TERM -- "-$1" 2>/dev/null || true
  for ((i = 0; i < 400; i++)); do
    kill -0 -- "-$1" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL -- "-$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
  for other in "${started[@]}"; do
    if [[ $other != "$1" ]]; then left+=("$other"); fi
  done
  started=(${left[@]+"${left[@]}"})
}

# The codes and errors that the row of the table "What a missing feature looks like" promises.
promised() { # first cell
  local row
  row=$(grep -F "| $1" "$guide" | cut -d'|' -f4) || true
  [[ -n $row ]] || fail "$guide has no row \"$1\" in its table of missing features"
  grep -oE '`([A-Z][A-Z0-9]{3,4}[0-9]{4}[EWI]|OMC-[0-9]{4}|[A-Za-z]+Error: [^`]+)`' <<<"$row" | tr -d '`' | sort -u
}

# Waits for a line.
await() { # file pattern seconds what
  local i
  for ((i = 0; i < $3 * 5; i++)); do
    if grep -qE "$2" "$1" 2>/dev/null; then return; fi
    if [[ -n ${begun:-} ]] && ! kill -0 -- "-$begun" 2>/dev/null; then break; fi
    sleep 0.2
  done
  tail -n 15 "$1" >&2 || true
  fail "$4: no line \"$2\" in $1 within $3 seconds"
}

say() { printf '%s %s\n' "$(date +%H:%M:%S)" "$*"; }

fail() {
  echo "walk.sh: $*" >&2
  # Also out of a command substitution
  kill -USR1 "$$"
  exit 1
}
