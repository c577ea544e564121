usleep(1500000);
return "reached";
