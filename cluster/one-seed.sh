#!/bin/sh
# One task of a sweep: the seed on line FIRST + task + 1 of LIST.
#
#   one-seed.sh GROKREPORT LIST FIRST [OPTIONS of grokreport]
#
# A training that was cut off goes on where it was, so whatever ends the task early (a node that is lost, the time
# limit) costs seconds: the task is put back into the queue. What fails by itself is tried once more.
set -u

grokreport=$1 list=$2 first=$3
shift 3
seed=$(sed -n "$((first + SLURM_ARRAY_TASK_ID + 1))p" "$list")

put_back() {
    echo "seed $seed: the time is nearly over; put back into the queue"
    kill "$work" 2>/dev/null
    scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
    exit 1
}
trap put_back USR1

for attempt in 1 2; do
    echo "seed $seed on $(uname -n), attempt $attempt"
    "$grokreport" prepare --seed "$seed" --threads "${SLURM_CPUS_PER_TASK:-1}" "$@" &
    work=$!
    wait "$work" && exit 0
done
exit 1
