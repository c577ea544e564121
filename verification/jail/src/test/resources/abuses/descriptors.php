$files = [];
for ($i = 0; $i < 300; $i++) {
    $file = @fopen("/dev/null", 'r');
    if ($file === false) {
        return "stopped: " . (error_get_last()['message'] ?? '');
    }
    $files[] = $file;
}
return "reached";
