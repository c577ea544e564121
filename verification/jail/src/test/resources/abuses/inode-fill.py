try:
    for number in range(5000):
        open(f"/job/{number}", "w").close()
except OSError as error:
    return f"stopped: {error.strerror}"
return "reached"
