// The text of every product's card: title, price as the region writes it, stars, badges.
// Inputs: products, vat, currency, region, today. No Intl: what it prints depends on the ICU data of the interpreter.

const NBSP = '\u00a0';
const NARROW = '\u202f';
// How regions write money: decimal sign, group sign, digits from which on groups are marked, and where the currency stands.
const NOTATIONS = {
  AT: { decimal: ',', group: '.', groupedFrom: 4, write: (amount, sign) => sign + NBSP + amount },
  ES: { decimal: ',', group: '.', groupedFrom: 5, write: (amount, sign) => amount + NBSP + sign },
  FI: { decimal: ',', group: NBSP, groupedFrom: 4, write: (amount, sign) => amount + NBSP + sign },
  FR: { decimal: ',', group: NARROW, groupedFrom: 4, write: (amount, sign) => amount + NBSP + sign },
  IE: { decimal: '.', group: ',', groupedFrom: 4, write: (amount, sign) => sign + amount },
  NL: { decimal: ',', group: '.', groupedFrom: 4, write: (amount, sign) => sign + NBSP + amount },
  PT: { decimal: ',', group: NBSP, groupedFrom: 5, write: (amount, sign) => amount + NBSP + sign },
};
const COMMON = { decimal: ',', group: '.', groupedFrom: 4, write: (amount, sign) => amount + NBSP + sign };
const SIGNS = { EUR: '€' };

const notation = NOTATIONS[region] ?? COMMON;
const rates = vat[region].rates;
const newSince = new Date(Date.parse(today) - 90 * 86_400_000).toISOString().slice(0, 10); // ISO dates are UTC

function money(cents) {
  const digits = String(cents).padStart(3, '0');
  const whole = digits.slice(0, -2);
  const grouped = whole.length < notation.groupedFrom ? whole : whole.replace(/\B(?=(\d{3})+$)/g, notation.group);
  return notation.write(grouped + notation.decimal + digits.slice(-2), SIGNS[currency]);
}

// Half up in whole numbers: (cents × (1000 + rate) + 500) / 1000 stays far below 2⁵³.
const gross = (cents, permille) => Math.floor((cents * (1000 + permille) + 500) / 1000);

// Cut at a word, counting code points, so that no character outside the basic plane is torn in two.
function shortened(text, most) {
  const characters = [...text];
  if (characters.length <= most) return text;
  const cut = characters.slice(0, most - 1).join('');
  const space = cut.lastIndexOf(' ');
  return (space > most / 2 ? cut.slice(0, space) : cut).replace(/[\s,–-]+$/u, '') + '…';
}

// The mean of one to five stars, in tenths, rounded half up; null where nobody has rated yet.
function rating(stars) {
  const ratings = stars.reduce((sum, count) => sum + count, 0);
  const points = stars.reduce((sum, count, index) => sum + count * (index + 1), 0);
  return ratings === 0 ? null : Math.floor((20 * points + ratings) / (2 * ratings));
}

function starRow(tenths) {
  if (tenths === null) return 'not rated yet';
  const full = Math.floor((tenths + 5) / 10);
  return '★'.repeat(full) + '☆'.repeat(5 - full) + ' ' + Math.floor(tenths / 10) + notation.decimal + (tenths % 10);
}

function badges(product) {
  const found = [];
  if (product.stock === 0) found.push('sold out');
  else if (product.stock < 5) found.push(product.stock === 1 ? 'only one left' : `only ${product.stock} left`);
  if (product.tags.includes('bestseller')) found.push('bestseller');
  if (product.since >= newSince) found.push('new');
  if (product.tags.includes('organic')) found.push('organic');
  return found;
}

const cards = products.map((product) => ({
  id: product.id,
  title: shortened(product.name, 32),
  by: product.maker,
  price: money(gross(product.net_cents, rates[product.tax])),
  stars: starRow(rating(product.stars)),
  badges: badges(product),
}));
const worth = products.reduce((sum, product) => sum + (product.tax === 'zero' ? 0 : product.stock * product.net_cents), 0);
return { region: vat[region].name, stockValue: money(worth), cards };
