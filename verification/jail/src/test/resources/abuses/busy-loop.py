import time
end = time.monotonic() + 1.5
while time.monotonic() < end:
    pass
return "reached"
