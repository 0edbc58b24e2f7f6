//! What values satisfy, from the options of a logical type and the list of allowed values.

use super::custom::{PACT, fragment_of};
use super::kept::Fragments;
use super::leftovers::{Leftovers, rest_of};
use super::property::owned;
use super::rules::valid_values;
use crate::format::native::shapes;
use crate::format::values::{literal, literals};
use crate::model::{Constraint, ConstraintKind, ListedValue, Listing, Literal, PhysicalType};
use crate::source::{Node, Value};

/// Options that are conditions, in the order in which the conditions stand in the model.
const OPTIONS: &[(&str, ConstraintKind)] = &[
    ("minimum", ConstraintKind::Min),
    ("exclusiveMinimum", ConstraintKind::ExclusiveMin),
    ("maximum", ConstraintKind::Max),
    ("exclusiveMaximum", ConstraintKind::ExclusiveMax),
    ("multipleOf", ConstraintKind::MultipleOf),
    ("minLength", ConstraintKind::MinLength),
    ("maxLength", ConstraintKind::MaxLength),
    ("pattern", ConstraintKind::Regex),
    ("minItems", ConstraintKind::MinItems),
    ("maxItems", ConstraintKind::MaxItems),
    ("uniqueItems", ConstraintKind::UniqueItems),
    ("minProperties", ConstraintKind::MinProperties),
    ("maxProperties", ConstraintKind::MaxProperties),
];

/// Whether an option is a condition on values.
pub(super) fn is_condition(option: &str) -> bool {
    OPTIONS.iter().any(|(name, _)| *name == option)
}

/// The least and the greatest value of a whole number of a format; `None` where the number is too great for pact.
const WIDTHS: &[(&str, i128, Option<i128>)] = &[
    ("i8", i8::MIN as i128, Some(i8::MAX as i128)),
    ("i16", i16::MIN as i128, Some(i16::MAX as i128)),
    ("i32", i32::MIN as i128, Some(i32::MAX as i128)),
    ("i64", i64::MIN as i128, Some(i64::MAX as i128)),
    ("i128", i128::MIN, Some(i128::MAX)),
    ("u8", 0, Some(u8::MAX as i128)),
    ("u16", 0, Some(u16::MAX as i128)),
    ("u32", 0, Some(u32::MAX as i128)),
    ("u64", 0, Some(u64::MAX as i128)),
    ("u128", 0, None),
];

/// A condition and where it is written.
#[derive(Debug, Clone, Copy)]
pub(in crate::format::odcs) enum Condition<'a> {
    /// An option with its value.
    Option(ConstraintKind, &'a Node),
    /// The width of whole numbers: a bound, and the node that names the width.
    Width(ConstraintKind, i128, &'a Node),
    /// The list of allowed values.
    Enum(&'a Node),
    /// The list of allowed values as a rule gives it.
    Valid(&'a Node),
}

/// The conditions of a property, in the order in which they stand in the model.
pub(in crate::format::odcs) fn conditions<'a>(
    options: Option<&'a Node>,
    (allowed, quality): (Option<&'a Node>, Option<&'a Node>),
    logical: Option<&str>,
    physical: Option<&PhysicalType>,
) -> Vec<Condition<'a>> {
    let mut all = Vec::new();
    if let Some(options) = options.filter(|options| !options.entries().is_empty()) {
        for (name, kind) in OPTIONS {
            let Some(value) = options.get(name) else { continue };
            all.extend(condition(*kind, value, options));
        }
        if logical == Some("integer") && !matches!(physical, Some(PhysicalType::Integer { bits: Some(_), .. })) {
            width(options, &mut all);
        }
    }
    if let Some(allowed) = allowed.filter(|allowed| !allowed.items().is_empty()) {
        all.push(Condition::Enum(allowed));
    } else if let Some(valid) = quality.and_then(|quality| quality.items().iter().find_map(valid_values)) {
        all.push(Condition::Valid(valid));
    }
    all
}

fn condition<'a>(kind: ConstraintKind, value: &'a Node, options: &Node) -> Option<Condition<'a>> {
    // In 3.0 a boolean beside the bound says that the bound itself is out.
    let is_exclusive = |key: &str| options.get(key).and_then(Node::boolean) == Some(true);
    let kind = match (kind, &value.value) {
        (ConstraintKind::UniqueItems, Value::Bool(true)) => kind,
        (ConstraintKind::UniqueItems, _) | (_, Value::Null | Value::Bool(_) | Value::List(_) | Value::Map(_)) => {
            return None;
        }
        (ConstraintKind::Min, _) if is_exclusive("exclusiveMinimum") => ConstraintKind::ExclusiveMin,
        (ConstraintKind::Max, _) if is_exclusive("exclusiveMaximum") => ConstraintKind::ExclusiveMax,
        _ => kind,
    };
    Some(Condition::Option(kind, value))
}

/// Bounds by the width of whole numbers, where nothing tighter is said.
fn width<'a>(options: &'a Node, all: &mut Vec<Condition<'a>>) {
    let Some(format) = options.get("format") else { return };
    let Some((_, least, greatest)) = WIDTHS.iter().find(|(name, ..)| format.text() == Some(name)) else { return };
    let is_said = |kinds: [ConstraintKind; 2]| {
        all.iter().any(|one| matches!(one, Condition::Option(kind, _) if kinds.contains(kind)))
    };
    let low = !is_said([ConstraintKind::Min, ConstraintKind::ExclusiveMin]);
    let high = !is_said([ConstraintKind::Max, ConstraintKind::ExclusiveMax]);
    if low {
        all.push(Condition::Width(ConstraintKind::Min, *least, format));
    }
    if let Some(greatest) = greatest.filter(|_| high) {
        all.push(Condition::Width(ConstraintKind::Max, greatest, format));
    }
}

impl<'a> Condition<'a> {
    /// Where it is written.
    pub(in crate::format::odcs) fn node(self) -> &'a Node {
        match self {
            Self::Option(_, node) | Self::Width(_, _, node) | Self::Enum(node) | Self::Valid(node) => node,
        }
    }

    /// The condition as the model has it.
    pub(super) fn read(self, fragments: &Fragments<'a>, leftovers: &mut Leftovers) -> Constraint {
        match self {
            Self::Option(kind, node) => Constraint::new(kind, literal(node)),
            Self::Width(kind, bound, _) => Constraint::new(kind, Literal::Int(bound)),
            Self::Enum(node) => listed(node, fragments, leftovers),
            Self::Valid(node) => Constraint::new(ConstraintKind::Enum, Literal::List(literals(Some(node)))),
        }
    }
}

/// What is left over of a value, without what pact keeps there.
fn without_own(left: Literal) -> Option<Literal> {
    let Literal::Map(mut entries) = left else { return Some(left) };
    let is_own = |item: &Literal| match item {
        Literal::Map(keys) => {
            keys.iter().any(|(key, value)| key == "property" && value.text() == Some(PACT))
                && keys.iter().any(|(key, value)| key == "value" && matches!(value, Literal::Map(_)))
        }
        _ => false,
    };
    if let Some((_, Literal::List(items))) = entries.iter_mut().find(|(key, _)| key == "customProperties")
        && let Some(place) = items.iter().position(is_own)
    {
        items.remove(place);
    }
    entries.retain(|(key, value)| key != "customProperties" || *value != Literal::List(Vec::new()));
    (entries.len() > 1).then_some(Literal::Map(entries))
}

/// The list of allowed values; single values have more said of them only where there is more.
fn listed<'a>(node: &'a Node, fragments: &Fragments<'a>, leftovers: &mut Leftovers) -> Constraint {
    let (mut values, mut listing, mut rest) = (Vec::with_capacity(node.items().len()), Listing::default(), Vec::new());
    for item in node.items() {
        let Some(value) = item.get("value").map(literal) else { continue };
        let own = fragment_of(item);
        if let Some(own) = own {
            fragments.note(own, &shapes::LISTED_VALUE);
        }
        let said =
            |key: &str| own.and_then(|own| own.get(key)).or_else(|| item.get(key)).filter(|node| !node.is_null());
        let entry = ListedValue {
            value: value.clone(),
            label: said("label").and_then(owned),
            description: said("description").and_then(owned),
            id: said("id").map(literal),
            deprecated: own.and_then(|own| own.get("deprecated")?.boolean()) == Some(true),
        };
        if entry.label.is_some() || entry.description.is_some() || entry.id.is_some() || entry.deprecated {
            listing.entries.push(entry);
        }
        let left = rest_of(item, "value", &["label", "description", "id"]);
        rest.extend(left.and_then(|left| if own.is_some() { without_own(left) } else { Some(left) }));
        values.push(value);
    }
    leftovers.list("enum", rest);
    let mut constraint = Constraint::new(ConstraintKind::Enum, Literal::List(values));
    constraint.listing = (!listing.is_empty()).then(|| Box::new(listing));
    constraint
}
