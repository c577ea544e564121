try:
    for number in range(10):
        with open(f"/tmp/{number}", "wb") as file:
            for _ in range(8):
                file.write(b"x" * (1 << 20))
except OSError as error:
    return f"stopped: {error.strerror}"
return "reached"
