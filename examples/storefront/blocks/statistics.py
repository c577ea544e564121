# Key figures of a year of orders.
# Inputs: orders, products. Money is whole cents; shares are thousandths, rounded half up. No float is involved.
from collections import Counter
from datetime import date
from math import isqrt

category = {product["id"]: product["category"] for product in products}


def worth(order):
    return sum(line["quantity"] * line["net_cents"] for line in order["lines"])


def rounded(numerator, denominator):
    """The quotient, rounded half up, in whole numbers only."""
    return (2 * numerator + denominator) // (2 * denominator)


def ranked(values, permille):
    """The value at a rank: the smallest one with at least that share of all values at or below it."""
    rank = -(-len(values) * permille // 1000)  # rounded up
    return values[max(rank, 1) - 1]


def shares(amounts):
    whole = sum(amounts.values())
    order = sorted(amounts.items(), key=lambda item: (-item[1], item[0]))
    return [{"name": name, "net_cents": cents, "permille": rounded(1000 * cents, whole)} for name, cents in order]


values = sorted(worth(order) for order in orders)
total, count = sum(values), len(values)
middle = values[(count - 1) // 2] + values[count // 2]
deviation = isqrt(rounded(count * sum(value * value for value in values) - total * total, count * count))

by_month, by_weekday = Counter(), Counter()
by_region, by_category, pieces = Counter(), Counter(), Counter()
by_customer = Counter()
for order in orders:
    by_month[order["date"][:7]] += worth(order)
    by_weekday[date.fromisoformat(order["date"]).isoweekday()] += 1
    by_region[order["region"]] += worth(order)
    by_customer[order["customer"]] += 1
    for line in order["lines"]:
        by_category[category[line["product"]]] += line["quantity"] * line["net_cents"]
        pieces[line["product"]] += line["quantity"]

months = [{"month": month, "net_cents": cents} for month, cents in sorted(by_month.items())]
for before, month in zip([None, *months], months):
    month["change_permille"] = (
        rounded(1000 * (month["net_cents"] - before["net_cents"]), before["net_cents"]) if before else None
    )

names = {product["id"]: product["name"] for product in products}
return {
    "orders": count,
    "net_cents": total,
    "mean_cents": rounded(total, count),
    "median_cents": rounded(middle, 2),
    "quartiles_cents": [ranked(values, permille) for permille in (250, 500, 750)],
    "ninetieth_cents": ranked(values, 900),
    "deviation_cents": deviation,
    "months": months,
    "weekdays": [by_weekday[day] for day in range(1, 8)],  # Monday first
    "regions": shares(by_region),
    "categories": shares(by_category),
    "customers": len(by_customer),
    "returning_permille": rounded(1000 * sum(1 for n in by_customer.values() if n > 1), len(by_customer)),
    "bestsellers": [
        {"id": product, "name": names[product], "pieces": number}
        for product, number in sorted(pieces.items(), key=lambda item: (-item[1], item[0]))[:10]
    ],
}
