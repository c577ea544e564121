import sys
for _ in range(3 * 1024):
    sys.stdout.write("o" * 1024)
    sys.stderr.write("e" * 1024)
return "reached"
