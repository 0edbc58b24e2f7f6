//! Properties: the fields of objects, of properties, of items and of maps.

use super::Whole;
use super::constraints::{conditions, is_condition};
use super::custom::{Custom, custom};
use super::leftovers::{Leftovers, rest_of};
use super::types::{Holds, Typing, data_type, element_type, plain_physical, vector};
use crate::format::native::shapes;
use crate::format::odcs::fragment;
use crate::format::values::{literal, texts};
use crate::model::{
    DataType, Deprecation, Details, Field, FieldRole, Literal, Physical, PhysicalType, Semantics, Storage,
};
use crate::source::{Entry, Node};

/// What the properties of an object say that belongs to the object.
#[derive(Debug, Default)]
pub(super) struct Gathered<'a> {
    /// Fields of the primary key with their positions in it, where these are given.
    pub(super) key: Vec<(i128, String)>,
    /// Fields by which rows are stored apart, with their positions.
    pub(super) partitions: Vec<(i128, String)>,
    /// Relationships with more to say than a field can.
    pub(super) relationships: Vec<(String, &'a Node)>,
    /// Rules with the fields that they are about.
    pub(super) rules: Vec<(String, &'a Node)>,
}

/// Reads the properties of one object.
#[derive(Debug)]
pub(super) struct Properties<'a, 'r> {
    whole: Whole<'a, 'r>,
    pub(super) gathered: Gathered<'a>,
    /// The names from the object to the property being read.
    trail: Vec<&'a str>,
}

/// Keys of which an item of an array says nothing that pact's own format could repeat: they are left over there.
const NOT_OF_ITEMS: &[&str] = &[
    "name",
    "id",
    "physicalName",
    "businessName",
    "synonyms",
    "deprecated",
    "unique",
    "primaryKey",
    "primaryKeyPosition",
    "partitioned",
    "partitionKeyPosition",
    "criticalDataElement",
];

impl<'a, 'r> Properties<'a, 'r> {
    pub(super) fn new(whole: Whole<'a, 'r>) -> Self {
        Self { whole, gathered: Gathered::default(), trail: Vec::new() }
    }

    /// The fields of a list of properties; those without a name are passed over.
    pub(super) fn list(&mut self, node: &'a Node) -> Vec<Field> {
        let items = node.items();
        let mut fields = Vec::with_capacity(items.len());
        for item in items {
            let Some(name) = item.get("name").and_then(Node::text) else { continue };
            self.trail.push(name);
            fields.push(self.property(item, Some(name)));
            self.trail.pop();
        }
        fields
    }

    fn boxed(&mut self, node: &'a Node) -> Option<Box<Field>> {
        (!node.entries().is_empty()).then(|| Box::new(self.property(node, None)))
    }

    fn path(&self) -> String {
        self.trail.join(".")
    }

    /// One property; items of arrays and values of maps have the name of nothing.
    fn property(&mut self, node: &'a Node, name: Option<&str>) -> Field {
        let mut field = Field::new(name.unwrap_or_default(), DataType::Unknown);
        let mut rest = Leftovers::default();
        let mut details = Details::default();
        let mut semantics = Semantics::default();
        let (mut typing, mut physical, mut metadata) = (Typing::default(), None, Custom::default());
        let (mut allowed, mut quality) = (None, None);
        let mut positions = Positions::default();
        let (first_rule, first_relationship) = (self.gathered.rules.len(), self.gathered.relationships.len());
        let (mut rules, mut relationships) = (Vec::new(), Vec::new());
        for entry in node.entries() {
            let value = &entry.value;
            if name.is_none() && NOT_OF_ITEMS.contains(&&*entry.key) {
                rest.keep(entry);
                continue;
            }
            match &*entry.key {
                "name" => {}
                "id" => details.id = value.scalar_text(),
                "physicalName" => field.physical_name = owned(value).filter(|physical| *physical != field.name),
                "description" => field.description = owned(value),
                "businessName" => details.title = owned(value),
                "synonyms" => details.synonyms = synonyms(value, &mut rest),
                "tags" => field.tags = texts(Some(value)),
                "deprecated" => field.deprecated = deprecation(value),
                "logicalType" => typing.logical = value.text(),
                "logicalTypeOptions" => typing.options = Some(value),
                "physicalType" => physical = value.text().map(Physical::new),
                "primaryKey" => field.is_primary_key = value.boolean().unwrap_or_default(),
                "primaryKeyPosition" => positions.key = value.integer(),
                "required" => field.nullable = value.boolean() != Some(true),
                "unique" => field.unique = value.boolean().unwrap_or_default(),
                "classification" => field.classification = owned(value),
                "criticalDataElement" => field.critical = value.boolean().unwrap_or_default(),
                "partitioned" => positions.is_partition = value.boolean().unwrap_or_default(),
                "partitionKeyPosition" => positions.partition = value.integer(),
                "semanticType" => semantics.role = role(value),
                "transformLogic" => semantics.derivation = owned(value),
                "examples" => field.example_value = example(value, &mut rest),
                "enum" => allowed = Some(value),
                "relationships" => relationships = self.relationships(value, name.is_some().then_some(&mut field)),
                "quality" => {
                    let path = self.path();
                    rules = value.items().iter().map(|rule| (path.clone(), rule)).collect();
                    quality = Some(value);
                }
                "properties" => {
                    typing.holds = Holds::Properties;
                    field.fields = self.list(value);
                }
                "items" => {
                    typing.holds = Holds::Items;
                    field.items = self.boxed(value);
                }
                "map" => {
                    typing.holds = Holds::Values;
                    self.map(value, &mut field, &mut rest);
                }
                "customProperties" => metadata = custom(value, &mut rest),
                _ => rest.keep(entry),
            }
        }
        // Its own come before those of its parts, wherever the keys stand.
        if !rules.is_empty() {
            self.gathered.rules.splice(first_rule..first_rule, rules);
        }
        if !relationships.is_empty() {
            self.gathered.relationships.splice(first_relationship..first_relationship, relationships);
        }
        self.positions(positions, field.is_primary_key, &mut rest);
        self.typed(&mut field, typing, physical, (allowed, quality), &mut rest);
        field.metadata = metadata.metadata;
        rest.into_metadata(&mut field.metadata);
        field.details = (details != Details::default()).then(|| Box::new(details));
        field.semantics = (semantics != Semantics::default()).then(|| Box::new(semantics));
        if let Some(fragment) = metadata.fragment {
            self.whole.fragments.note(fragment, if name.is_some() { &shapes::FIELD } else { &shapes::ITEM });
            field = fragment::field(fragment, field);
        }
        field
    }

    /// The place in keys. Only whole columns can be in one; a position of what is in none is left over.
    fn positions(&mut self, positions: Positions, is_key: bool, rest: &mut Leftovers) {
        if let Some(position) = positions.key.filter(|position| *position > 0) {
            if is_key && self.trail.len() == 1 {
                self.gathered.key.push((position, self.path()));
            } else {
                rest.add("primaryKeyPosition", Literal::Int(position));
            }
        }
        let place = positions.partition.filter(|position| *position > 0);
        if positions.is_partition {
            self.gathered.partitions.push((place.unwrap_or(i128::MAX), self.path()));
        } else if let Some(position) = place {
            rest.add("partitionKeyPosition", Literal::Int(position));
        }
    }

    /// The type and everything that hangs on it.
    fn typed(
        &mut self,
        field: &mut Field,
        typing: Typing<'a>,
        physical: Option<Physical>,
        (allowed, quality): (Option<&'a Node>, Option<&'a Node>),
        rest: &mut Leftovers,
    ) {
        field.data_type = data_type(typing, physical.as_ref(), self.whole.version);
        let kind = physical.as_ref().map(|physical| &physical.kind);
        if let (DataType::Decimal, Some(PhysicalType::Decimal(Some(digits)))) = (field.data_type, kind) {
            field.precision = Some(digits.precision);
            // Without a scale it is that of the logical type, which has none either.
            let has_scale = physical.as_ref().is_none_or(|it| it.text != format!("decimal({})", digits.precision));
            field.scale = digits.scale.try_into().ok().filter(|_| has_scale);
        }
        for condition in conditions(typing.options, (allowed, quality), typing.logical, kind) {
            field.constraints.push(condition.read(self.whole.fragments, rest));
        }
        let is_plain = |physical: &Physical| {
            matches!(typing.logical, Some("number" | "string"))
                && plain_physical(field).as_ref() == Some(&physical.text)
        };
        let physical = physical.filter(|physical| !is_plain(physical));
        let is_vector = typing.logical == Some("vector");
        let mut storage = Storage { physical, ..Storage::default() };
        if is_vector {
            vector_of(field, &mut storage, typing.options, rest);
        } else if matches!(storage.physical, Some(Physical { kind: PhysicalType::Vector { .. }, .. }))
            && field.data_type == DataType::Array
            && field.items.is_none()
        {
            field.items = Some(Box::new(Field::new("", DataType::Float)));
        }
        if let Some(options) = typing.options {
            let mut left = Leftovers::default();
            for option in options.entries() {
                self::option(field, option, typing.logical, &mut left);
            }
            rest.map("logicalTypeOptions", left);
        }
        field.storage = (storage != Storage::default()).then(|| Box::new(storage));
    }

    /// A property's only plain relationship is a reference of the field. Those with more to say, further ones and those of
    /// items are the dataset's.
    fn relationships(&self, node: &'a Node, field: Option<&mut Field>) -> Vec<(String, &'a Node)> {
        let mut field = field;
        let mut others = Vec::new();
        for relationship in node.items() {
            let Some(to) = relationship.get("to") else { continue };
            match (field.take(), to.text()) {
                (Some(field), Some(to)) if is_plain(relationship) => {
                    field.is_foreign_key = true;
                    field.foreign_key_reference = Some(self.whole.references.field(to));
                }
                (taken, _) => {
                    others.push((self.path(), relationship));
                    field = taken;
                }
            }
        }
        others
    }

    /// The model has the type of the keys, and nothing else of them.
    fn map(&mut self, node: &'a Node, field: &mut Field, rest: &mut Leftovers) {
        let mut left = Leftovers::default();
        for entry in node.entries() {
            match &*entry.key {
                "key" => {
                    let key = Properties::new(self.whole).property(&entry.value, None);
                    field.keys = Some(key.data_type);
                    if entry.value.entries().iter().any(|entry| &*entry.key != "logicalType") {
                        left.keep(entry);
                    }
                }
                "value" => field.values = self.boxed(&entry.value),
                _ => left.keep(entry),
            }
        }
        rest.map("map", left);
    }
}

#[derive(Debug, Default, Clone, Copy)]
struct Positions {
    key: Option<i128>,
    is_partition: bool,
    partition: Option<i128>,
}

pub(super) fn owned(node: &Node) -> Option<String> {
    node.text().map(str::to_owned)
}

pub(super) fn deprecation(node: &Node) -> Option<Box<Deprecation>> {
    (node.boolean() == Some(true)).then(Box::default)
}

/// Whether a relationship says no more than what it leads to, so that a field can say it.
pub(in crate::format::odcs) fn is_plain(relationship: &Node) -> bool {
    relationship.get("to").and_then(Node::text).is_some()
        && relationship.entries().iter().all(|entry| matches!(&*entry.key, "type" | "to"))
}

/// A column is what a property is if nothing is said.
fn role(node: &Node) -> Option<FieldRole> {
    match node.text()? {
        "measure" => Some(FieldRole::Measure),
        "dimension" => Some(FieldRole::Dimension),
        _ => None,
    }
}

/// The first example; the others are left over.
fn example(node: &Node, rest: &mut Leftovers) -> Option<Literal> {
    let mut examples = node.one_or_many().iter().map(literal);
    let first = examples.next();
    rest.list("examples", examples.collect());
    first
}

pub(super) fn synonyms(node: &Node, rest: &mut Leftovers) -> Vec<String> {
    let items = node.items();
    rest.list("synonyms", items.iter().filter_map(|item| rest_of(item, "synonym", &[])).collect());
    items.iter().filter_map(|item| owned(item.get("synonym")?)).collect()
}

/// A vector is an array of numbers; how many of which kind is a matter of the store.
fn vector_of(field: &mut Field, storage: &mut Storage, options: Option<&Node>, rest: &mut Leftovers) {
    if field.items.is_none() {
        field.items = Some(Box::new(Field::new("", element_type(options))));
    }
    let is_vector = matches!(storage.physical, Some(Physical { kind: PhysicalType::Vector { .. }, .. }));
    if let Some(meant) = vector(options).filter(|_| !is_vector)
        && let Some(written) = storage.physical.replace(meant)
    {
        rest.add("physicalType", Literal::Text(written.text));
    }
    let text = |key: &str| options.and_then(|options| options.get(key)).and_then(Node::text);
    storage.embedding_model = text("embeddingModel").map(|model| match text("embeddingModelVersion") {
        Some(version) => format!("{model}@{version}"),
        None => model.to_owned(),
    });
}

/// An option that is no condition.
fn option(field: &mut Field, option: &Entry, logical: Option<&str>, left: &mut Leftovers) {
    let value = &option.value;
    match (&*option.key, logical.unwrap_or_default()) {
        ("exclusiveMinimum" | "exclusiveMaximum" | "uniqueItems", _) if value.boolean().is_some() => {}
        (key, _) if is_condition(key) => {
            if value.scalar_text().is_none() {
                left.keep(option);
            }
        }
        ("format", "string") => match value.text() {
            Some("uuid" | "binary") => {}
            format => field.format = format.map(str::to_owned),
        },
        ("format", "date" | "time" | "timestamp") => field.format = owned(value),
        // Without more said a float has 64 bits.
        ("format", "number") if value.text() == Some("f64") => {}
        ("timezone", "timestamp") if value.boolean().is_some() => {}
        ("dimensions" | "elementType" | "embeddingModel" | "embeddingModelVersion", "vector") => {}
        _ => left.keep(option),
    }
}
