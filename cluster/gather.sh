#!/bin/sh
# The end of a sweep: one report over the seeds that are there. Those that are missing are told in it, and here with
# the last words of their tasks.
#
#   gather.sh GROKREPORT LIST [OPTIONS of grokreport, with --seeds]
set -u

grokreport=$1 list=$2
shift 2
"$grokreport" report --gather --threads "${SLURM_CPUS_PER_TASK:-1}" "$@"
status=$?
"$grokreport" prepare --list "$@" | while read -r seed; do
    echo "seed $seed is missing; the end of its log:"
    log=$(grep -l "^seed $seed on " "$(dirname "$list")"/*_*.log 2>/dev/null | xargs -r ls -t | head -n1)
    [ -z "$log" ] || tail -n3 "$log" | sed 's/^/    /'
done
rm -f "$list"
exit "$status"
