const fs = require('node:fs');
for (let i = 0; i < 3 * 1024; i++) {
    fs.writeSync(1, "o".repeat(1024));
    fs.writeSync(2, "e".repeat(1024));
}
return "reached";
