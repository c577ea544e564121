// Filters beside a product list: what can be chosen, and how many products each choice would leave.
// Inputs: products, and filters such as {"category": ["Tea"], "tag": ["organic"]}. Choices within a facet are "or",
// facets among themselves "and"; a facet's own choices don't lower its own counts, or nothing could be added to them.

const BANDS = [
  ['under 5 €', 0, 500], ['5 to 10 €', 500, 1000], ['10 to 20 €', 1000, 2000],
  ['20 to 50 €', 2000, 5000], ['50 to 100 €', 5000, 10000], ['100 € and more', 10000, Infinity],
];

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const points = (stars) => sum(stars.map((count, index) => count * (index + 1)));

// Each facet gives the choices that a product belongs to; the text is the choice's name as well.
const FACETS = {
  category: (product) => [product.category],
  price: (product) => [BANDS.find(([, from, below]) => product.net_cents >= from && product.net_cents < below)[0]],
  tag: (product) => product.tags,
  maker: (product) => [product.maker],
  rating: (product) => [4, 3, 2].filter((least) => sum(product.stars) > 0 && points(product.stars) >= least * sum(product.stars))
    .map((least) => `${least} stars and more`),
  stock: (product) => [product.stock > 0 ? 'in stock' : 'sold out'],
};

const unknown = Object.keys(filters).filter((facet) => !Object.hasOwn(FACETS, facet));
if (unknown.length > 0) throw new RangeError(`no such facet: ${unknown.join(', ')}`);

const chosen = (facet) => filters[facet] ?? [];
const passes = (product, facet) => chosen(facet).length === 0
  || FACETS[facet](product).some((choice) => chosen(facet).includes(choice));

// Code units decide, not a locale's collation: the order is the same everywhere.
const byCountThenText = ([a, m], [b, n]) => n - m || (a < b ? -1 : a > b ? 1 : 0);
const byPosition = (names) => ([a], [b]) => names.indexOf(a) - names.indexOf(b);

function counted(facet) {
  const others = Object.keys(FACETS).filter((other) => other !== facet);
  const counts = new Map();
  for (const product of products.filter((candidate) => others.every((other) => passes(candidate, other)))) {
    for (const choice of FACETS[facet](product)) counts.set(choice, (counts.get(choice) ?? 0) + 1);
  }
  for (const choice of chosen(facet)) if (!counts.has(choice)) counts.set(choice, 0); // chosen stays visible
  const order = facet === 'price' ? byPosition(BANDS.map(([name]) => name)) : byCountThenText;
  return [...counts].sort(order).slice(0, 12)
    .map(([choice, count]) => ({ choice, count, chosen: chosen(facet).includes(choice) }));
}

const matching = products.filter((product) => Object.keys(FACETS).every((facet) => passes(product, facet)));
return {
  of: products.length,
  matching: matching.map((product) => product.id),
  facets: Object.fromEntries(Object.keys(FACETS).map((facet) => [facet, counted(facet)])),
};
