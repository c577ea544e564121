ini_set('memory_limit', '-1');
$blocks = [];
for ($i = 0; $i < 96; $i++) {
    $blocks[] = str_repeat(chr(65 + $i % 26), 1 << 20);
}
return "reached";
