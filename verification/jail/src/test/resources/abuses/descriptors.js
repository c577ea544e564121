const fs = require('node:fs');
const files = [];
try {
    for (let i = 0; i < 300; i++) {
        files.push(fs.openSync('/dev/null', 'r'));
    }
} catch (error) {
    return `stopped: ${error.code}`;
}
return "reached";
