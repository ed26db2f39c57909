#!/bin/bash
# A small sweep through a real Slurm: munged, slurmctld and slurmd are started for this test alone, on this machine,
# as this user, with ports, keys and folders of their own, and ended with it.
#
#   tests/cluster/slurm_test.sh GROKREPORT
set -euo pipefail

grokreport=$(realpath "$1")
source_folder=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d /tmp/grokreport-slurm-XXXXXX)
output=$folder/output
munge_socket=$folder/munge.socket
me=$(id -un)
model=(--p 11 --d-model 8 --n-heads 2 --d-head 4 --d-mlp 16)
tiny=("${model[@]}" --epochs 40)
export PATH=$PATH:/usr/sbin SLURM_CONF=$folder/slurm.conf

fail() {
    echo "FAILED: $*" >&2
    tail -n 20 "$folder"/*.log "$output"/report/sweep/*.log >&2 || true
    exit 1
}
say() { echo "slurm test: $*"; }

end_daemons() {
    for daemon in slurmd slurmctld munged; do
        [ ! -f "$folder/$daemon.pid" ] || kill "$(cat "$folder/$daemon.pid")" 2>/dev/null || true
    done
    sleep 1
    rm -rf "$folder"
}
trap end_daemons EXIT
trap 'fail "line $LINENO"' ERR

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("", 0)); print(s.getsockname()[1])'
}

start_daemons() {
    dd if=/dev/urandom of="$folder/munge.key" bs=128 count=1 status=none
    chmod 400 "$folder/munge.key"
    chmod 755 "$folder"
    munged --force --socket="$munge_socket" --key-file="$folder/munge.key" --log-file="$folder/munged.log" \
        --pid-file="$folder/munged.pid" --seed-file="$folder/munge.seed"
    # At most 2 tasks an array, so that three seeds need two arrays
    cat >"$SLURM_CONF" <<END
ClusterName=grokreport
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmUser=$me
SlurmdUser=$me
AuthType=auth/munge
AuthInfo=socket=$munge_socket,cred_expire=5
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=batch_sched_delay=0,sched_interval=1
MaxArraySize=2
ReturnToService=2
NodeName=$(hostname -s) NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
    mkdir "$folder/state" "$folder/spool"
    slurmctld
    slurmd
    for _ in $(seq 300); do
        ! sinfo -h -o %T 2>/dev/null | grep -q idle || return 0
        sleep 1
    done
    fail "no node became idle"
}

sweep() { # SEEDS; returns when the report is gathered
    (cd "$source_folder" && WAIT=1 GATHER_CPUS=1 cluster/sweep.sh "$grokreport" "$1" "$output" "${tiny[@]}")
}
value() { python3 -c "import json, sys; print(json.load(open(sys.argv[1]))$2)" "$1"; }

start_daemons

say "a seed that cannot be trained does not stop the others"
"$grokreport" train --seed 3 "${tiny[@]}" --output "$folder/names" >/dev/null 2>&1
run_of_3=$(basename "$(echo "$folder"/names/report/runs/*-seed3-relu-*)")
mkdir -p "$output/report/runs"
touch "$output/report/runs/$run_of_3" # a file where the run's folder must be
if sweep 1-3 >"$folder/first.log" 2>&1; then fail "a missing seed must show in the exit status"; fi
[ "$(value "$output/report/robustness.json" "['seeds']")" = "[1, 2]" ] || fail "other seeds than 1 and 2"
[ "$(value "$output/report/robustness.json" "['failed'][0]['seed']")" = 3 ] || fail "seed 3 is not told"
grep -q "seed 3 is missing" "$output/report/sweep/gather.log" || fail "seed 3 is not told in the log"
grep -q "^seed 3 on .*attempt 2" "$output"/report/sweep/*_*.log || fail "seed 3 was not tried again"
[ "$(grep -c '^job .* seeds$' "$folder/first.log")" = 2 ] || fail "three seeds in arrays of two are two arrays"

say "the same command does what is left, and no more"
rm "$output/report/runs/$run_of_3"
sweep 1-3 >"$folder/second.log" 2>&1 || fail "the second sweep"
grep -q "^1 of the seeds 1-3 are not ready" "$folder/second.log" || fail "more than seed 3 was done again"
[ "$(value "$output/report/robustness.json" "['seeds']")" = "[1, 2, 3]" ] || fail "a seed is missing"

say "a seed of the cluster has the claims and the figures that it has on one machine"
# The first seed, whose results a sweep keeps
"$grokreport" prepare --seed 1 "${tiny[@]}" --output "$folder/here" >/dev/null 2>&1
for part in claims facts figures; do
    [ "$(value "$output/report/results/seed-1.cache.json" "['results']['$part']")" = \
        "$(value "$folder/here/report/results/seed-1.cache.json" "['results']['$part']")" ] || fail "$part of seed 1 differ"
done

say "a task that is told that its time ends goes back into the queue and ends with the same bits"
long=("${model[@]}" --epochs 6000)
"$grokreport" train --seed 7 "${long[@]}" --output "$folder/undisturbed" >/dev/null 2>&1
echo 7 >"$folder/seeds"
task=$(sbatch --parsable --array=0-0 --requeue --open-mode=append --output="$folder/task.log" \
    --chdir="$source_folder" "$source_folder/cluster/one-seed.sh" "$grokreport" "$folder/seeds" 0 \
    --output "$folder/disturbed" --save-every 0.1 "${long[@]}")
for _ in $(seq 3000); do
    ! ls "$folder"/disturbed/report/runs/*/resume.pt >/dev/null 2>&1 || break
    sleep 0.1
done
scancel --signal=USR1 --batch "${task}_0"
for _ in $(seq 300); do
    [ -n "$(squeue -h -j "$task" 2>/dev/null)" ] || break
    sleep 1
done
grep -q "put back into the queue" "$folder/task.log" || fail "the task was not put back"
[ "$(grep -c '^seed 7 on ' "$folder/task.log")" -ge 2 ] || fail "the task did not start again"
diff -r -x training.json -x checksums.sha256 "$folder/undisturbed/report/runs" "$folder/disturbed/report/runs" || fail "the runs differ"

say "passed"
