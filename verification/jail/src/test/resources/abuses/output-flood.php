for ($i = 0; $i < 3 * 1024; $i++) {
    echo str_repeat("o", 1024);
    fwrite(STDERR, str_repeat("e", 1024));
}
return "reached";
