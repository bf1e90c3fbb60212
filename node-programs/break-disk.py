"""Breaks the logical unit below one node's disk, through the QMP socket of the disk's initiator.

The initiator has had a throttle filter above the logical unit since its start. A broken unit is a blkdebug filter of its
own, put below the throttle (blockdev-reopen); its name records the fault. Both are gone with the initiator's process.
"""
import json, socket, sys

disk, verb, how, errors, operations = sys.argv[1:]
errors = json.loads(errors)
way = socket.socket(socket.AF_UNIX)
way.settimeout(30)
try:
    way.connect("/run/lab-disks/" + disk + ".qmp")
except (FileNotFoundError, ConnectionRefusedError):
    print("absent")
    sys.exit()
lines = way.makefile("rw")


def answer():
    while True:
        said = json.loads(lines.readline())
        if "error" in said:
            sys.exit(said["error"]["desc"])
        if "event" not in said:
            return said.get("return")


def ask(execute, **arguments):
    lines.write(json.dumps({"execute": execute, "arguments": arguments}) + "\n")
    lines.flush()
    return answer()


def stand_on(node):
    ask("blockdev-reopen", options=[{"driver": "throttle", "node-name": "disk", "throttle-group": "pace", "file": node}])


def broken():
    return [node["node-name"] for node in ask("query-named-block-nodes", flat=True) if node["node-name"] in errors]


def limit(number):
    ask("qom-set", path="/objects/pace", property="limits", value={"iops-total": number})


def restore():
    stand_on("lun")
    for node in broken():
        ask("blockdev-del", **{"node-name": node})


lines.readline()
ask("qmp_capabilities")
if verb == "look":
    slow = ask("qom-get", path="/objects/pace", property="limits")["iops-total"] > 0
    print("active" if (slow if how == "slow" else how in broken()) else "well")
elif how == "slow":
    limit(int(operations) if verb == "inject" else 0)
    print("done")
elif verb == "inject":
    restore()
    each = [{"event": "none", "errno": errors[how]["errno"], "iotype": kind} for kind in errors[how]["of"]]
    ask("blockdev-add", driver="blkdebug", image="lun", **{"node-name": how, "inject-error": each})
    stand_on(how)
    print("done")
else:
    if how in broken():
        restore()
    print("done")
