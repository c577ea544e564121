$end = hrtime(true) + 1500000000;
while (hrtime(true) < $end) {
}
return "reached";
