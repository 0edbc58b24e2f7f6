//! What the data costs.

use super::leftovers::Leftovers;
use super::property::owned;
use crate::format::values::literal;
use crate::model::Price;
use crate::source::Node;

/// The price, where amount and currency are there; otherwise all of it is left over.
pub(super) fn price(node: &Node, rest: &mut Leftovers) -> Option<Box<Price>> {
    let amount = node.get("priceAmount").and_then(|amount| literal(amount).number());
    let price = amount
        .zip(node.get("priceCurrency").and_then(owned))
        .map(|(amount, currency)| Box::new(Price { amount, currency, per: node.get("priceUnit").and_then(owned) }));
    let mut left = Leftovers::default();
    for entry in node.entries() {
        if price.is_none() || !matches!(&*entry.key, "priceAmount" | "priceCurrency" | "priceUnit") {
            left.keep(entry);
        }
    }
    rest.map("price", left);
    price
}
