// Checkout: the biggest orders of this month, settled by today's cart rules: bundles, loyalty, shipping, VAT.
// Inputs: $orders, $products, $promotions, $vat, $today. Money is whole cents; what is shared out adds up to the cent.

$catalogue = array_column($products, null, 'id');
$share = fn(int $cents, int $permille): int => intdiv($cents * $permille + 500, 1000);
$runs = fn(array $promotion): bool => $promotion['from'] <= $today && $today <= $promotion['until'];
$covers = fn(array $promotion, array $product): bool =>
    isset($promotion['category']) ? $promotion['category'] === $product['category']
        : in_array($promotion['tag'], $product['tags'], true);
$bundles = array_filter($promotions, fn($promotion) => $promotion['kind'] === 'bundle' && $runs($promotion));

// "Buy three, pay two": of all pieces that a bundle covers, the cheapest are free, one for every full set.
$freePieces = function (array $lines, array $bundle) use ($catalogue, $covers): array {
    $covered = array_filter($lines, fn($line) => $covers($bundle, $catalogue[$line['product']]));
    $pieces = array_sum(array_column($covered, 'quantity'));
    $free = intdiv($pieces, $bundle['buy']) * ($bundle['buy'] - $bundle['pay']);
    uasort($covered, fn($a, $b) => [$a['net_cents'], $a['product']] <=> [$b['net_cents'], $b['product']]);
    $taken = [];
    foreach ($covered as $index => $line) {
        $taken[$index] = min($free, $line['quantity']);
        $free -= $taken[$index];
    }
    return array_filter($taken);
};

// Shares $total out in proportion to $weights: floors first, then a cent each to the largest remainders.
$shareOut = function (int $total, array $weights): array {
    $sum = array_sum($weights);
    $parts = array_map(fn($weight) => $sum === 0 ? 0 : intdiv($total * $weight, $sum), $weights);
    $remainders = array_map(fn($weight) => $sum === 0 ? 0 : $total * $weight % $sum, $weights);
    arsort($remainders); // a stable sort: of two equals, the first line gets the cent
    foreach (array_slice(array_keys($remainders), 0, $sum === 0 ? 0 : $total - array_sum($parts)) as $index) {
        $parts[$index]++;
    }
    return $parts;
};

$loyalty = fn(int $net): int => match (true) { $net >= 50000 => 50, $net >= 20000 => 30, $net >= 10000 => 20, default => 0 };

$shippingFor = function (int $net, string $region) use ($vat): int {
    $cost = 0;
    foreach ($vat[$region]['shipping'] as [$from, $cents]) {
        $cost = $net >= $from ? $cents : $cost;
    }
    return $cost;
};

$checkout = function (array $order) use ($catalogue, $bundles, $freePieces, $share, $shareOut, $loyalty, $shippingFor, $vat): array {
    $lines = $order['lines'];
    $amounts = array_map(fn($line) => $line['quantity'] * $line['net_cents'], $lines);
    $bundled = 0;
    foreach ($bundles as $bundle) {
        foreach ($freePieces($lines, $bundle) as $index => $pieces) {
            $off = min($amounts[$index], $pieces * $lines[$index]['net_cents']);
            $amounts[$index] -= $off;
            $bundled += $off;
        }
    }
    $discountable = array_map(fn($line, $amount) => // book prices are fixed, vouchers are money
        in_array($catalogue[$line['product']]['tax'], ['books', 'zero'], true) ? 0 : $amount, $lines, $amounts);
    $discount = $share(array_sum($discountable), $loyalty(array_sum($amounts)));
    foreach ($shareOut($discount, $discountable) as $index => $part) {
        $amounts[$index] -= $part;
    }
    $net = array_sum($amounts);
    $shipping = $shippingFor($net, $order['region']);
    $reverseCharge = $order['business'] && $order['region'] !== 'DE'; // the buyer declares the tax, we don't
    $byRate = [];
    foreach ($lines as $index => $line) {
        $rate = $reverseCharge ? 0 : $vat[$order['region']]['rates'][$catalogue[$line['product']]['tax']];
        $byRate[$rate] = ($byRate[$rate] ?? 0) + $amounts[$index];
    }
    krsort($byRate);
    foreach ($shareOut($shipping, $byRate) as $rate => $part) { // shipping is taxed like what it carries
        $byRate[$rate] += $part;
    }
    $taxes = [];
    foreach ($byRate as $rate => $base) {
        $taxes[] = ['permille' => $rate, 'base_cents' => $base, 'tax_cents' => $share($base, $rate)];
    }
    $tax = array_sum(array_column($taxes, 'tax_cents'));
    return ['order' => $order['id'], 'region' => $order['region'], 'reverse_charge' => $reverseCharge,
        'lines' => count($lines), 'bundled_cents' => $bundled, 'discount_cents' => $discount, 'net_cents' => $net,
        'shipping_cents' => $shipping, 'taxes' => $taxes, 'total_cents' => $net + $shipping + $tax];
};

$worth = fn(array $order): int => array_sum(array_map(fn($line) => $line['quantity'] * $line['net_cents'], $order['lines']));
$month = substr($today, 0, 7);
$recent = array_values(array_filter($orders, fn($order) => str_starts_with($order['date'], $month)));
usort($recent, fn($a, $b) => [$worth($b), $a['id']] <=> [$worth($a), $b['id']]);
$carts = array_map($checkout, array_slice($recent, 0, 40));
foreach ($carts as $cart) {
    if (array_sum(array_column($cart['taxes'], 'base_cents')) !== $cart['net_cents'] + $cart['shipping_cents']) {
        throw new LogicException("order {$cart['order']}: the parts do not add up");
    }
}
return ['date' => $today, 'total_cents' => array_sum(array_column($carts, 'total_cents')), 'carts' => $carts];
