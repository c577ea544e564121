// Price list of one day: promotions, quantity tiers and every region's VAT.
// Inputs: $products, $promotions, $vat, $today. Money is whole cents and rates are thousandths, so no float is involved.

$share = fn(int $cents, int $permille): int => intdiv($cents * $permille + 500, 1000); // half up, never negative here

// Discount in percent by category from a quantity on. What is bought to be resold is worth a better price.
$tiersOf = fn(string $category): array => match ($category) {
    'Tea', 'Coffee', 'Sweets' => [6 => 30, 12 => 60, 48 => 100],
    'Stationery', 'Tools' => [10 => 50, 50 => 120],
    'Books' => [], // fixed book prices
    default => [10 => 40],
};

$applies = fn(array $promotion, array $product): bool =>
    $promotion['from'] <= $today && $today <= $promotion['until'] // ISO dates compare as text
    && $promotion['kind'] !== 'bundle' // bundles belong to the cart
    && $product['tax'] !== 'books' && $product['tax'] !== 'zero'
    && (!isset($promotion['category']) || $promotion['category'] === $product['category'])
    && (!isset($promotion['tag']) || in_array($promotion['tag'], $product['tags'], true))
    && $product['net_cents'] >= ($promotion['minimum_cents'] ?? 0);

$reduction = fn(array $promotion, int $net): int =>
    $promotion['kind'] === 'percent' ? $share($net, $promotion['permille']) : min($promotion['cents'], $net);

// The best promotion for the buyer; of two equals, the one that stands first.
$best = function (array $product) use ($promotions, $applies, $reduction): array {
    $found = ['code' => null, 'off' => 0];
    foreach ($promotions as $promotion) {
        $off = $applies($promotion, $product) ? $reduction($promotion, $product['net_cents']) : 0;
        if ($off > $found['off']) {
            $found = ['code' => $promotion['code'], 'off' => $off];
        }
    }
    return $found;
};

$prices = [];
$promoted = [];
foreach ($products as $product) {
    ['code' => $code, 'off' => $off] = $best($product);
    $net = $product['net_cents'] - $off;
    $gross = [];
    foreach ($vat as $region => $rules) {
        $gross[$region] = $net + $share($net, $rules['rates'][$product['tax']]);
    }
    $tiers = [];
    foreach ($tiersOf($product['category']) as $from => $permille) {
        $tiers[] = ['from' => $from, 'net_cents' => $net - $share($net, $permille)];
    }
    $prices[] = ['id' => $product['id'], 'net_cents' => $net, 'was_cents' => $off > 0 ? $product['net_cents'] : null,
        'promotion' => $code, 'gross_cents' => $gross, 'tiers' => $tiers];
    if ($code !== null) {
        $promoted[$code] = ($promoted[$code] ?? 0) + 1;
    }
}
return ['date' => $today, 'promoted' => $promoted, 'prices' => $prices];
