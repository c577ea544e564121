await new Promise(resolve => setTimeout(resolve, 1500));
return "reached";
