"""Shows one result of `reedact run --json` to a person, and compares its value with the expected one.

Usage: report.py BLOCK STATUS RESULT.json EXPECTED.json [--accept]
Exit status 0: the block completed within its limits with the expected value. --accept makes its value the expected one.
"""
import json
import os
import sys

WIDTH = 76
STRONG, FAINT, BAD, PLAIN = (
    ("\033[1m", "\033[2m", "\033[31m", "\033[0m")
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    else ("", "", "", "")
)


def printable(text):
    """The text with everything escaped that could move a terminal's cursor or hide what stands beside it."""
    harmless = "\u00a0\u202f"  # the spaces within amounts of money
    return "".join(ch if ch.isprintable() or ch in harmless else ch.encode("unicode_escape").decode() for ch in text)


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def short(text, most=WIDTH - 12):
    text = printable(text)
    return text if len(text) <= most else text[: most - 1] + "…"


def size(amount):
    for unit, factor in (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)):
        if amount >= factor:
            return f"{amount / factor:.1f}".removesuffix(".0") + f" {unit}"
    return f"{amount} B"


def time(millis):
    return f"{millis / 1000:.2f} s" if millis >= 1000 else f"{millis:.1f} ms"


def row(label, used, limit, show, note=""):
    known = "unknown" if used is None else show(used)
    ceiling = "no limit" if limit is None else show(limit)
    return f"  {label:<10}{known:>10}  of {ceiling:<9} {FAINT}{note}{PLAIN}".rstrip()


def measures(limits, usage):
    """What the execution was limited to and what it used, a line each."""
    slowed = f"at most {limits['cpuCores']:g} cores; slowed for {time(usage['throttledMillis'])}"
    yield row("time", usage["wallMillis"], limits["wallMillis"], time)
    yield row("cpu", usage["cpuMillis"], limits["cpuMillis"], time, slowed)
    yield row("memory", usage["memoryPeakBytes"], limits["memoryBytes"], size)
    yield row("processes", usage["processesPeak"], limits["processes"], str)
    yield row("disk", usage["diskBytes"], limits["diskBytes"], size)
    yield row("output", max(usage["stdoutBytes"], usage["stderrBytes"]), limits["outputBytes"], size)
    yield row("value", usage["valueBytes"], limits["valueBytes"], size)


def layers(isolation):
    missing = ", ".join(isolation["missing"]) or "none"
    return f"  {'layers':<10}{len(isolation['layers']):>10}  missing: {missing}; Landlock ABI {isolation['landlockAbi']}"


def timeline(times):
    steps = " → ".join(f"{step} {times[step + 'Millis']:.1f}" for step in ("queued", "jail", "run"))
    after = f"{times['totalMillis']:.1f} ms in all; teardown {times['teardownMillis']:.1f}"
    return f"  {'timeline':<10}{times['start']:>10}  {steps}; {after}"


def faults(result, status, expected):
    """What is wrong with this result, in words; nothing if all is well."""
    if status != 0 or result["outcome"] != "completed":
        cause = result.get("problem") or result.get("error") or result.get("limit") or {}
        yield f"{result['outcome']} (exit status {status}): {compact(cause)}"
        return
    if expected is None:
        yield "there is no expected value to compare with"
    elif compact(result["value"]) != compact(expected):
        yield "the value is not the expected one"
    for used, limit in (("wallMillis", "wallMillis"), ("memoryPeakBytes", "memoryBytes"), ("valueBytes", "valueBytes")):
        if (result["usage"][used] or 0) > result["limits"][limit]:
            yield f"{used} is above its limit"


def readable(value):
    """The value as JSON with a line for each entry of its parts, so that a change of it can be reviewed."""
    parts = []
    for name, part in value.items():
        if isinstance(part, list) and part:
            lines = ",\n  ".join(compact(entry) for entry in part)
            parts.append(f"{compact(name)}:[\n  {lines}]")
        elif isinstance(part, dict) and part:
            lines = ",\n  ".join(f"{compact(key)}:{compact(entry)}" for key, entry in part.items())
            parts.append(f"{compact(name)}:{{\n  {lines}}}")
        else:
            parts.append(f"{compact(name)}:{compact(part)}")
    return "{" + ",\n ".join(parts) + "}\n"


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main(block, status, result_path, expected_path, *options):
    sys.stdout.reconfigure(encoding="utf-8")
    try:
        result = load(result_path)
    except ValueError:
        print(f"{BAD}{block}: no result, exit status {status}{PLAIN}")
        return 1
    if "--accept" in options and result["outcome"] == "completed":
        with open(expected_path, "w", encoding="utf-8") as file:
            file.write(readable(result["value"]))
    wrong = list(faults(result, int(status), load(expected_path) if os.path.exists(expected_path) else None))
    heading = f"{block} · {result.get('runtime') or 'not run'} · policy {result.get('policy')}"
    print(f"{STRONG}{printable(heading)}{PLAIN}")
    if result["outcome"] != "refused":
        print(f"  {'value':<10}{short(compact(result['value']))}")
        print("\n".join(measures(result["limits"], result["usage"])))
        print(layers(result["isolation"]))
        print(timeline(result["timeline"]))
        for violation in result["violations"]:
            print(f"  {'denied':<10}{short(violation['name'] + ' ' + (violation['detail'] or ''))} × {violation['count']}")
    for fault in wrong:
        print(f"  {BAD}{'WRONG':<10}{short(fault, 400)}{PLAIN}")
    print()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
