files = []
try:
    for _ in range(300):
        files.append(open("/dev/null"))
except OSError as error:
    return f"stopped: {error.strerror}"
return "reached"
