# "Often bought together": which products stand in the same orders more often than chance would have it.
# Inputs: orders, products. The measure is the lift: how many times more often than if the two were independent,
# in thousandths. All of it is counting, so every interpreter gives the same answer.
from collections import Counter
from itertools import combinations

LEAST_TOGETHER = 4  # fewer common orders prove nothing
PER_PRODUCT = 3

baskets = [sorted({line["product"] for line in order["lines"]}) for order in orders]
alone = Counter(product for basket in baskets for product in basket)
together = Counter(pair for basket in baskets for pair in combinations(basket, 2))


def lift(first, second, common):
    return 1000 * common * len(baskets) // (alone[first] * alone[second])


def confidence(first, common):
    """Of the orders with the first product, the share (in thousandths) that also has the second."""
    return 1000 * common // alone[first]


found = {}
for (first, second), common in together.items():
    strength = lift(first, second, common)
    if common >= LEAST_TOGETHER and strength > 1000:
        for one, other in ((first, second), (second, first)):
            found.setdefault(one, []).append(
                {"id": other, "together": common, "lift": strength, "confidence": confidence(one, common)}
            )

names = {product["id"]: product["name"] for product in products}
recommended = {
    product: sorted(found[product], key=lambda other: (-other["lift"], -other["together"], other["id"]))[:PER_PRODUCT]
    for product in sorted(found)
}
strongest = sorted(
    ((lift(*pair, common), common, pair) for pair, common in together.items() if common >= LEAST_TOGETHER),
    key=lambda entry: (-entry[0], -entry[1], entry[2]),
)[:12]
return {
    "orders": len(baskets),
    "pairs": len(together),
    "strongest": [
        {"first": names[first], "second": names[second], "together": common, "lift": strength}
        for strength, common, (first, second) in strongest
    ],
    "recommended": recommended,
}
