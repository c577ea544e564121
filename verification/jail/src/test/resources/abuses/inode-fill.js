const fs = require('node:fs');
try {
    for (let number = 0; number < 5000; number++) {
        fs.closeSync(fs.openSync(`/job/${number}`, 'w'));
    }
} catch (error) {
    return `stopped: ${error.code}`;
}
return "reached";
