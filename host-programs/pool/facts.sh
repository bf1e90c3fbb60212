#!/bin/sh
# Says what a machine is, one fact a line, and changes nothing. Arguments: the command that runs halab there. The clock is said several
# times, because what is said arrives late now and then.
export PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$PATH" LC_ALL=C
for _ in 1 2 3 4 5; do
  echo "clock=$(date +%s.%N)"
  sleep 0.1
done
echo "hostname=$(hostname -s)"
echo "uid=$(id -u)"
echo "cpus=$(nproc)"
echo "memory=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)"
echo "slurm=$(slurmd -V 2> /dev/null | awk '{ print $2 }')"
echo "controller=$(slurmctld -V 2> /dev/null | awk '{ print $2 }')"
echo "munge=$(munge --version 2> /dev/null | awk '{ print $1; exit }')"
echo "rsync=$(rsync --version 2> /dev/null | awk '{ print $3; exit }')"
echo "conf=$(head -n 1 /etc/slurm/slurm.conf 2> /dev/null)"
echo "halab=$("$@" --version 2> /dev/null)"
echo "doctor=$("$@" doctor --json 2> /dev/null | tr -d '\n')"
