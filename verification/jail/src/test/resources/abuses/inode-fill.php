for ($number = 0; $number < 5000; $number++) {
    if (!@touch("/job/$number")) {
        return "stopped: " . (error_get_last()['message'] ?? '');
    }
}
return "reached";
