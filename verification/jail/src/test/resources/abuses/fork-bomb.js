const { spawn } = require('node:child_process');
for (let i = 0; i < 3; i++) {
    const child = spawn(process.execPath, ['-e', 'process.stdout.write("up"); setTimeout(() => {}, 60000)']);
    const news = await new Promise(resolve => {
        child.on('error', error => resolve(error.code));
        child.on('exit', (code, signal) => resolve(`ended with ${code ?? signal}`));
        child.stdout.on('data', () => resolve('up'));
        setTimeout(() => resolve('silent: it waits for threads that it can\'t have'), 5000);
    });
    if (news !== 'up') {
        return `stopped: ${news}`;
    }
}
return "reached";
