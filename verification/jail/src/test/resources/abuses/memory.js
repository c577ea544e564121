const blocks = [];
for (let i = 0; i < 96; i++) {
    blocks.push(Buffer.alloc(1 << 20, 1));
}
return "reached";
