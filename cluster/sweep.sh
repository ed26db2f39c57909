#!/bin/sh
# Spreads the seeds of a sweep over a Slurm cluster, one task a seed, and gathers them into one report.
#
#   cluster/sweep.sh GROKREPORT SEEDS OUTPUT [OPTIONS of grokreport]
#
# GROKREPORT and OUTPUT lie on a file system that every node sees. Only seeds that are not ready are submitted, so the
# same command goes on after whatever happened. Environment: SBATCH, options for every job (such as
# "--partition=cpu --time=2:00:00"); TASKS, how many seeds at once at most; WAIT=1, return when the report is there.
set -eu

grokreport=$1 seeds=$2 output=$3
shift 3
here=$(cd "$(dirname "$0")" && pwd)
for program in sbatch scontrol; do
    command -v "$program" >/dev/null || { echo "sweep: $program is missing; install Slurm's client" >&2; exit 1; }
done
case " $* " in
*" --threads"* | *" --retrain"*)
    echo "sweep: --threads is what Slurm gives a task, and --retrain would begin each requeued task anew; leave them out" >&2
    exit 2
    ;;
esac
logs=$output/report/sweep
mkdir -p "$logs"
logs=$(cd "$logs" && pwd)

# A second sweep into the same output would train the same seeds again
name=grokreport-$(cd "$output" && pwd | sha256sum | cut -c1-12)
if [ -n "$(squeue --noheader --states=PENDING,RUNNING --name="$name" 2>/dev/null)" ]; then
    echo "sweep: another sweep into $output is in the queue: wait for it, or scancel --name=$name" >&2
    exit 1
fi

# The line number of a seed in this list is its task, whatever the seeds are called
list=$(mktemp "$logs/seeds-XXXXXX")
"$grokreport" prepare --list --seeds "$seeds" --output "$output" "$@" >"$list"
count=$(wc -l <"$list")
echo "$count of the seeds $seeds are not ready"

# Prints the number of the job; with --wait the status is that of the job
submit() {
    code=0
    # shellcheck disable=SC2086 # SBATCH holds several options
    answer=$(sbatch --parsable --chdir="$PWD" --export=ALL ${SBATCH:-} "$@") || code=$?
    echo "${answer%%;*}"
    return "$code"
}

# Slurm limits the tasks of one array
most=$(scontrol show config | awk '$1 == "MaxArraySize" { print $3 }')
jobs=
first=0
while [ "$first" -lt "$count" ]; do
    size=$((count - first < most ? count - first : most))
    job=$(submit --job-name="$name" --array="0-$((size - 1))${TASKS:+%$TASKS}" --cpus-per-task=1 --requeue \
        --signal=B:USR1@60 --open-mode=append --output="$logs/%A_%a.log" \
        "$here/one-seed.sh" "$grokreport" "$list" "$first" --output "$output" "$@")
    echo "job $job: $size seeds"
    jobs=$jobs:$job
    first=$((first + size))
done

status=0
gathering=$(submit --job-name="$name" ${jobs:+--dependency=afterany$jobs} ${WAIT:+--wait} \
    --cpus-per-task="${GATHER_CPUS:-2}" --output="$logs/gather.log" \
    "$here/gather.sh" "$grokreport" "$list" --seeds "$seeds" --output "$output" "$@") || status=$?
echo "job $gathering gathers them into $output/report/index.html; its words: $logs/gather.log"
exit "$status"
