#!/bin/sh
# Broadcasts ARP requests and collects all answers. Arguments: the interface, the address, seconds to listen, and seconds
# where no answer came in those. arping (iputils) sends one request a second and goes on after the first answer, until SIGINT.

answers=$(timeout -s INT "$3" arping -b -I "$1" "$2" 2>&1)
case $answers in
  *reply*|*'not found'*) ;;
  *) answers=$(timeout -s INT "$4" arping -b -I "$1" "$2" 2>&1) ;;
esac
echo "$answers"
