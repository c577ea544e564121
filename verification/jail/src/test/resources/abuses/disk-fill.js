const fs = require('node:fs');
try {
    for (let number = 0; number < 10; number++) {
        fs.writeFileSync(`/tmp/${number}`, Buffer.alloc(8 << 20, 1));
    }
} catch (error) {
    return `stopped: ${error.code}`;
}
return "reached";
