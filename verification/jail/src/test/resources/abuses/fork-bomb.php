for ($i = 0; $i < 40; $i++) {
    $child = @pcntl_fork();
    if ($child === 0) {
        sleep(60);
        exit(0);
    }
    if ($child === -1) {
        return "stopped: " . pcntl_strerror(pcntl_get_last_error());
    }
}
return "reached";
