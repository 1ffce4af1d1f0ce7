#!/usr/bin/env bash
# The documents followed by a stranger on an empty machine: an own server with the box behind it and an own application
# compiled against the API, by the commands and texts of the documents alone; then the mistakes of the first hour, and
# whether what docs/getting-started.md promises is seen.
#
#   src/it/src/test/stranger/walk.sh            builds in a copy of the sources, in a new folder
#   src/it/src/test/stranger/walk.sh --built    takes the archives and the Open Liberty of the last build
#   ... FOLDER                                  in that folder, which is kept; it must be new or empty
#
# Needs the documents' ports (README.md), bash, curl and what the documents name. Ends what it starts.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../../../.." && pwd)
. "$here/documents.sh"
. "$here/mistakes.sh"

built=
folder=
for argument in "$@"; do
  case $argument in
    --built) built=yes ;;
    -*) echo "usage: walk.sh [--built] [FOLDER]" >&2; exit 2 ;;
    *) folder=$argument ;;
  esac
done
if [[ -n $folder ]]; then
  mkdir -p "$folder"
  [[ -z $(ls -A "$folder") ]] || { echo "walk.sh: $folder is not empty" >&2; exit 2; }
  work=$(cd "$folder" && pwd)
else
  work=$(mktemp -d)
fi
sources=$work/connector
server=$sources/wlp/usr/servers/mail
messages=$server/logs/messages.log
guide=docs/getting-started.md
answers=$work/answers
started=()
begun=
cd "$root" # where the documents are

leave() {
  local status=$? process
  trap - EXIT USR1 INT TERM
  for process in ${started[@]+"${started[@]}"}; do finish "$process"; done
  if [[ $status == 0 && -z $folder ]]; then
    rm -rf "$work"
  elif ! rmdir "$work" 2>/dev/null; then # there is something to look at
    echo "walk.sh: everything is in $work" >&2
  fi
  exit "$status"
}
trap leave EXIT
trap 'exit 1' USR1 INT TERM

# The ports that README.md names, and the one for administrators
ports_are_free() {
  local port ports
  ports=$(grep -oE 'the ports [0-9, and]+ on 127' "README.md" | grep -oE '[0-9]{4}') || fail "README.md names no ports"
  for port in $ports 9443; do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      fail "port $port is in use, and the documents' commands need it"
    fi
  done
}

# A copy, so that nothing is built where another build is under way, and the stranger's files are nobody else's.
copy_sources() {
  mkdir "$sources"
  tar -C "$root" --exclude=./.git --exclude=target --exclude=./wlp --exclude=./box -cf - . | tar -C "$sources" -xf -
  if [[ -n $built ]]; then
    local file
    for file in rar/target/outlook-mail.rar ejb-sample/target/ejb-sample.war src/sandbox/target/outlook-mail-sandbox.jar \
        liberty-config/target/liberty; do
      [[ -e $root/$file ]] || fail "--built, but there is no $file: ./mvnw -DskipTests package"
      mkdir -p "$(dirname "$sources/$file")"
      ln -s "$root/$file" "$sources/$file"
    done
  fi
}

# The own local repository of this walk: what Maven Central has of the machine's, and nothing of this project.
prepare_maven() {
  local theirs=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
  mkdir "$work/m2"
  if [[ -d $theirs ]]; then
    cp -al "$theirs/." "$work/m2" 2>/dev/null || cp -a "$theirs/." "$work/m2"
    rm -rf "$work/m2/org/outlookmail"
  fi
  export MAVEN_ARGS="-q -B -ntp -Dmaven.repo.local=$work/m2"
}

# tenant.xml of the box, with its secret encoded as docs/configuration.md says
write_tenant() {
  local key=a-key-of-the-stranger secret=sandbox-secret-value encode encoded
  encode=$(block "docs/configuration.md" encode | fill '<key>' "$key" | fill "<the secret's value>" "$secret" \
    | script_of docs/configuration.md)
  encoded=$(cd "$sources" && timeout 60 bash "$encode")
  [[ $encoded == '{aes}'* ]] || fail "docs/configuration.md, block \"encode\": no {aes} value came out"
  text "$guide" "box tenant.xml" | fill "$secret" "$encoded" >"$server/configDropins/overrides/tenant.xml"
  {
    echo '<server>'
    text "docs/configuration.md" secrets | grep 'encryption.key' | fill '<key>' "$key"
    echo '</server>'
  } >"$server/configDropins/overrides/key.xml"
}

# An application with the servlet of getting-started and README.md's fragment in another, and one that knows Jakarta Mail
# alone, as README.md has it in words
write_applications() {
  local java=$work/app/src/main/java
  write_pom app
  text "$guide" servlet >"$java/OrderServlet.java"
  write_servlet "$java/ReadmeServlet.java" readme "$(text "README.md" snippet | head -n 1)" \
    "$(text "README.md" snippet | tail -n +2)"
  package app
  write_pom plain
  write_servlet "$work/plain/src/main/java/PlainServlet.java" plain \
    '@Resource(lookup = "mail/office365Session") Session session;' \
    'MimeMessage message = new MimeMessage(session);
     message.setRecipients(Message.RecipientType.TO, "support@contoso.com");
     message.setSubject("In plain Jakarta Mail"); message.setText("It is on its way."); Transport.send(message);'
  sed -i 's/^import org.outlookmail.*//; s/ResourceException | //' "$work/plain/src/main/java/PlainServlet.java"
  package plain
}

write_pom() { # name
  mkdir -p "$work/$1/src/main/java"
  {
    echo '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
    echo "<groupId>com.contoso</groupId><artifactId>$1</artifactId><version>1</version><packaging>war</packaging>"
    echo '<properties><maven.compiler.release>17</maven.compiler.release>'
    echo '<project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties><dependencies>'
    text "$guide" dependency
    echo "</dependencies><build><finalName>$1</finalName></build></project>"
  } >"$work/$1/pom.xml"
}

write_servlet() { # file name field statements
  {
    text "$guide" servlet | grep '^import'
    echo 'import jakarta.mail.Session; import jakarta.mail.Transport;'
    echo "@WebServlet(\"/$2\") public class $(basename "$1" .java) extends HttpServlet {"
    echo "$3"
    echo '@Override protected void doPost(HttpServletRequest request, HttpServletResponse response)'
    echo 'throws ServletException, IOException { try {'
    echo "$4"
    echo 'response.getWriter().println("sent"); }'
    echo 'catch (ResourceException | MessagingException failure) { throw new ServletException(failure); } } }'
  } >"$1"
}

package() { # name
  (cd "$work/$1" && timeout 300 "$sources/mvnw" package) || fail "the application $work/$1, made of the documents' parts, does not compile"
  cp "$work/$1/target/$1.war" "$server/apps"
}

# Into server.xml, which has its end on a line of its own
name_applications() {
  local xml
  xml=$(grep -v '^</server>' "$server/server.xml")
  {
    echo "$xml"
    text "$guide" stanza
    echo '<webApplication location="plain.war" contextRoot="/plain"/>'
    echo '</server>'
  } >"$server/server.xml"
}

write_admin() {
  text "$guide" admin.xml | fill 'userPassword="..."' "userPassword=\"$password\"" >"$server/configDropins/overrides/admin.xml"
}

start_server() { # [pattern to wait for]
  rm -rf "$server/logs"
  : >"$answers"
  begin "$guide" run "$work/server.out"
  running=$begun
  await "$messages" "CWWKF0011I" 90 "the server's start"
  if [[ -n ${1:-} ]]; then await "$messages" "$1" 60 "the adapter's check at the start"; fi
}

stop_server() {
  begun=
  finish "$running"
}

# Sends a request, keeps the answer, says the status
ask() { # arguments of curl
  curl -s -m 60 -w '\n%{http_code}\n' "$@" >>"$answers" || fail "no answer: curl $*"
  tail -n 1 "$answers"
}

order() { ask -X POST "http://localhost:9080/app/$1"; }
plain() { ask -X POST http://localhost:9080/plain/plain; }

sample() {
  local file
  file=$(block "$guide" sample | script_of docs/getting-started.md)
  bash "$file" >>"$answers"
}

succeeded() { # what status
  [[ $2 == 200 ]] || fail "$1: HTTP status $2, the answer is in $answers: $(tail -c 1500 "$answers")"
}

# The command of docs/sandbox.md that has the text, and what it answers
look() { # text
  local file
  file=$(block "docs/sandbox.md" control | grep -E '^(BOX|J)=' && block "docs/sandbox.md" control | grep -F -m1 "$1") \
    || fail "docs/sandbox.md has no command with $1"
  bash -c "$file"
}

arrived() { # text of the command, what must be in the answer
  say "docs/sandbox.md: $2 has arrived"
  look "$1" | grep -qF "$2" || fail "\"$2\" has not arrived: $(look "$1" | head -c 2000)"
}

# Every command of the control API is taken, but the one that wants a code of a sign-in
whole_control_api() {
  local file said
  file=$({ block "docs/sandbox.md" control && text "docs/sandbox.md" faults; } | grep -v '/signin' \
    | script_of docs/sandbox.md)
  said=$(cd "$sources" && timeout 60 bash "$file") || fail "docs/sandbox.md, the control API: status $?"
  [[ $said != *'{"error"'* ]] || fail "docs/sandbox.md, the control API: $(grep -oE '.{200}\{"error".{0,300}' <<<"$said" | head -n 3)"
}

# A server and an application of one's own
first_hour() {
  start_server 'was checked: there is a token'
  await "$messages" 'is configured: sends by smtp://localhost:8587' 5 "the adapter's line"
  say "the sample, the own application, and Jakarta Mail alone"
  sample
  grep -qF '"messageId"' "$answers" || fail "the sample took no mail: $(tail -c 1500 "$answers")"
  succeeded "the servlet of $guide" "$(order order)"
  succeeded "the fragment of README.md" "$(order readme)"
  succeeded "an application that knows Jakarta Mail alone" "$(plain)"
  arrived 'orders@contoso.com/messages  ' '"Hello"'
  arrived 'orders@contoso.com/messages  ' '"Your order"'
  arrived '/outbound' 'customer@example.com'
  arrived 'noreply@contoso.com/messages' 'In plain Jakarta Mail'
  say "$guide: validation"
  block "$guide" validation | sed "s/-u admin /-u admin:$password /" >"$work/validation"
  bash "$work/validation" >"$work/validation.out" || fail "$guide, block \"validation\""
  grep -qF '"successful": true' "$work/validation.out" || fail "the factory is not valid: $(head -c 2000 "$work/validation.out")"
  grep -qF 'connectionpool_freeConnections{datasource="mail_office365"' "$work/validation.out" || fail "no metrics of the pool"
}

# README.md's server.xml as it is, but for the values of the box
readme_server() {
  local box xml
  box='authority="https://localhost:8450" smtpHost="localhost" smtpPort="8587" storeHost="localhost" storePort="8993"'
  xml=$(text "README.md" server.xml | fill 'clientSecret="{aes}..."' "clientSecret=\"sandbox-secret-value\" $box" \
    | fill '<ssl id="defaultSSLConfig" trustDefaultCerts="true"/>' "$(text "$guide" "box tenant.xml" | grep -E '<(keyStore|ssl) ')")
  mkdir "$work/aside"
  mv "$server/server.xml" "$server/configDropins" "$work/aside"
  echo "$xml" >"$server/server.xml"
  start_server 'was checked: there is a token'
  succeeded "README.md's server.xml" "$(order readme)"
  stop_server
  rm "$server/server.xml"
  mv "$work/aside/server.xml" "$work/aside/configDropins" "$server"
}

password=a-password-of-the-stranger
ports_are_free
copy_sources
prepare_maven
follow "$guide" server 1200 "${built:+s/^\.\/mvnw .*//}"
begin "$guide" box "$work/box.out"
await "$work/box.out" "is running" 60 "the box"
write_tenant
write_admin
follow "$guide" install 600
write_applications
name_applications
first_hour
mistakes
readme_server
whole_control_api
say "everything that was followed works, and what was done wrong looks as $guide says"
