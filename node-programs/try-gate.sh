#!/bin/sh
# Logs in as a fence agent does, and leaves. What the login shell's startup files print comes before the prompt.
# Arguments: host, user, file of the key, prompt, seconds to wait.
said=$(echo quit | timeout "$5" ssh -T -i "$3" -o BatchMode=yes "$2@$1" 2>&1)
code=$?
case $said in *"$4"*) exit 0 ;; esac
[ "$code" -ne 124 ] || echo "no prompt within $5 s" >&2
echo "$said" >&2
exit 1
