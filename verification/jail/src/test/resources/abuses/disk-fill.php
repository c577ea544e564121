for ($number = 0; $number < 10; $number++) {
    $file = fopen("/tmp/$number", 'wb');
    for ($i = 0; $i < 8; $i++) {
        if (@fwrite($file, str_repeat("x", 1 << 20)) !== 1 << 20) {
            return "stopped: " . (error_get_last()['message'] ?? 'short write');
        }
    }
}
return "reached";
