# What an administrator does wrong in the first hour, and whether docs/getting-started.md tells what is then seen. To be
# sourced by walk.sh.

# What messages.log has got since the mark, or all of it
since=0
mark() { since=$(wc -l <"$messages"); }
news() { tail -n "+$((since + 1))" "$messages"; }

await_news() { # pattern seconds what
  local i
  for ((i = 0; i < $2 * 5; i++)); do
    if news | grep -E "$1" >/dev/null; then return; fi
    sleep 0.2
  done
  fail "$3: no line \"$1\" in $messages within $2 seconds"
}

# A live change of the secret: the adapter restarts and is checked anew
wrong_secret() { # value what
  local tenant=$server/configDropins/overrides/tenant.xml
  say "mistake: $2"
  cp "$tenant" "$work/tenant.xml"
  mark
  sed "s|value=\"{aes}[^\"]*\"|value=\"$1\"|" "$work/tenant.xml" >"$tenant"
  named OMC-1201
  await_news 'cannot be used: OMC-1201' 60 "$2"
  await_news 'CWWKZ0003I.*ejb-sample|CWWKZ0001I.*ejb-sample' 60 "the sample's restart"
  : >"$answers"
  sample
  seen OMC-1201 "$2"
  mark
  cp "$work/tenant.xml" "$tenant"
  await_news 'was checked: there is a token' 60 "the right secret again"
}

# Whether the guide tells of a code at all
named() { # code
  grep -qF "\`$1\`" "$guide" || fail "$guide does not name $1"
}

seen() { # text what
  if ! { news; cat "$answers"; } | grep -F -- "$1" >/dev/null; then
    fail "$2: \"$1\", which $guide promises, is neither in $messages nor in an answer ($answers)"
  fi
}

# Starts the server with a mistake in it, asks all applications, and compares with the guide's table
mistake() { # first cell of the row, file, sed expression, pattern to wait for, own servlet's status; then what is not seen
  local row=$1 file=$2 expression=$3 pattern=$4 status=$5 promise
  shift 5
  say "mistake: without $row"
  cp "$file" "$work/right"
  sed -i "$expression" "$file"
  cmp -s "$file" "$work/right" && fail "$file has nothing to take away for $row"
  since=0
  start_server "$pattern"
  sample
  [[ $(order order) == "$status" ]] || fail "without $row: the servlet of $guide answers $(tail -n 1 "$answers"), not $status"
  plain >/dev/null
  for promise in $(promised "$row" | tr ' ' '~'); do
    promise=${promise//\~/ }
    if [[ " $* " == *" $promise "* ]]; then
      if news | grep -F "$promise" >/dev/null; then fail "without $row: $promise is there all the same"; fi
    else
      seen "$promise" "without $row"
    fi
  done
  stop_server
  cp "$work/right" "$file"
}

mistakes() {
  local xml=$server/server.xml
  wrong_secret a-wrong-value "a wrong secret"
  wrong_secret 12345678-1234-1234-1234-123456789012 "the secret's ID"
  stop_server
  mistake '`classProviderRef`' "$xml" '/classProviderRef/d' 'was checked: there is a token' 500
  mistake '`connectors-2.1`' "$xml" '/connectors-2.1/d' '' 404 J2CA7018I J2CA7001I
  mistake '`mail-2.1`' "$xml" '/mail-2.1/d' '' 404
  mistake 'the archive' "$server/outlook-mail.xml" 's/location="[^"]*"/location="outlook-mail.rar"/' '' 404
  mistake '`passwordUtilities-1.1`' "$xml" '/passwordUtilities-1.1/d' 'OMC-0101' 500
  mistake 'the trust store of the box' "$server/configDropins/overrides/tenant.xml" \
    '/<keyStore/d; s/<ssl .*/<ssl id="defaultSSLConfig" trustDefaultCerts="true"\/>/' 'cannot be used: OMC-1102' 500
}
