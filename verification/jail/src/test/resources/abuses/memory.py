blocks = []
for _ in range(96):
    blocks.append(bytearray(b"x") * (1 << 20))
return "reached"
