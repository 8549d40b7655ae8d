#!/usr/bin/env bash
# Asks running https servers with openssl s_client and curl, and says for each promise whether it holds.
#
#   tls.sh FOLDER PORT CLIENT_PORT
#
# FOLDER      root.pem (the authority of everybody), site.pem and site.key (what PORT serves: a leaf and an
#             intermediate), next.pem and next.key (what site.* is replaced with), right.* and wrong.* (certificates of
#             clients, of which the second has another authority)
# PORT        serves localhost from site.*, read again at each handshake, and *.names.test from another certificate
# CLIENT_PORT serves the same, to clients with a certificate only
#
# Both at 127.0.0.1. Every question is given up after 10 s. Exit code 0 where all hold. TlsToolTests starts it; without
# that, PKI and servers are to be made first.
set -u
folder=$1 port=$2 client_port=$3
request=$'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
failed=0

# holds NAME TEXT PATTERN: the text has a line that matches.
holds() {
    if grep -qE "$3" <<<"$2"; then
        echo "ok    $1"
    else
        echo "FAIL  $1: no '$3' in:"
        sed 's/^/      /' <<<"$2"
        failed=1
    fi
}

# lacks NAME TEXT PATTERN: it has none.
lacks() {
    if grep -qE "$3" <<<"$2"; then
        echo "FAIL  $1: '$3' in:"
        sed 's/^/      /' <<<"$2"
        failed=1
    else
        echo "ok    $1"
    fi
}

# ask PORT OPTIONS...: sends the request, waits for the server's end.
ask() {
    local at=$1
    shift
    printf '%s' "$request" | timeout 10 openssl s_client -connect "127.0.0.1:$at" -CAfile "$folder/root.pem" \
        -servername localhost -ign_eof -msg "$@" 2>&1 | tr -d '\0'
}

get() {
    timeout 10 curl -sS --cacert "$folder/root.pem" --resolve "localhost:$port:127.0.0.1" \
        --resolve "localhost:$client_port:127.0.0.1" --resolve "other.test:$port:127.0.0.1" -w '%{http_code}' "$@" 2>&1
    echo " exit $?"
}

# Versions. The security level is lowered for the client alone, which would not ask for 1.1 otherwise.
old=$(ask "$port" -tls1_1 -cipher 'DEFAULT@SECLEVEL=0')
holds 'TLS 1.1 is refused with the alert protocol_version' "$old" 'alert protocol version.*number 70'
for version in tls1_2 tls1_3; do
    answer=$(ask "$port" "-$version")
    holds "$version: answered" "$answer" 'HTTP/1.1 200 OK'
    holds "$version: the chain is complete" "$answer" 'Verify return code: 0 \(ok\)'
    holds "$version: close_notify comes before the end" "$answer" '<<< .*Alert.*warning close_notify'
    lacks "$version: no bare end" "$answer" 'unexpected eof'
    answer=$(ask "$port" "-$version" -alpn h2,http/1.1)
    holds "$version: ALPN http/1.1" "$answer" 'ALPN protocol: http/1.1'
    answer=$(ask "$port" "-$version" -alpn h2)
    holds "$version: ALPN without http/1.1 is refused" "$answer" 'alert no application protocol.*number 120'
done

# Names.
answer=$(ask "$port" -servername a.names.test)
holds 'a name finds its certificate' "$answer" 'subject=CN = \*\.names\.test'
answer=$(ask "$port")
holds 'other names find the default one' "$answer" 'subject=CN = localhost'

# Client certificates.
for version in tls1_2 tls1_3; do
    lacks "$version: no client certificate, no answer" "$(ask "$client_port" "-$version")" 'HTTP/1.1 200'
    answer=$(ask "$client_port" "-$version" -cert "$folder/wrong.pem" -key "$folder/wrong.key")
    lacks "$version: one of another authority, no answer" "$answer" 'HTTP/1.1 200'
    holds "$version: but an alert" "$answer" '<<< .*Alert'
    answer=$(ask "$client_port" "-$version" -cert "$folder/right.pem" -key "$folder/right.key")
    holds "$version: a right one is answered" "$answer" 'HTTP/1.1 200 OK'
done

# curl.
holds 'curl is answered' "$(get "https://localhost:$port/")" '^hello200 exit 0'
holds 'curl refuses another name (60)' "$(get "https://other.test:$port/")" 'exit 60'
holds 'curl without client certificate gets no answer' "$(get "https://localhost:$client_port/")" '000 exit [1-9]'
holds 'curl with a wrong one gets no answer' \
    "$(get --cert "$folder/wrong.pem" --key "$folder/wrong.key" "https://localhost:$client_port/")" '000 exit [1-9]'
holds 'curl with a right one is answered' \
    "$(get --cert "$folder/right.pem" --key "$folder/right.key" "https://localhost:$client_port/")" '^hello200 exit 0'
holds 'http:// on a port for TLS is told so' "$(get "http://localhost:$port/")" 'This port speaks TLS.*400 exit 0'

# Reload: the next handshake after the change has the new certificate.
before=$(openssl x509 -in "$folder/site.pem" -noout -fingerprint -sha256)
cp "$folder/next.key" "$folder/site.key" && cp "$folder/next.pem" "$folder/site.pem"
served=$(ask "$port" | openssl x509 -noout -fingerprint -sha256)
lacks 'a changed certificate replaces the old one' "$served" "$before"
holds 'by the new one' "$served" "$(openssl x509 -in "$folder/next.pem" -noout -fingerprint -sha256)"
echo garbage >"$folder/site.pem"
holds 'a broken one does not' "$(get "https://localhost:$port/")" '^hello200 exit 0'
exit $failed
