//! What is kept of a contract for the rules that look across contracts: what it shows to others, and what it says of them.
//! A repository of ten thousand contracts fits into memory that way, while their descriptions and constraints would not.

use semver::Version;

use crate::model::{
    ConstraintKind, Contract, ContractKind, DataType, Dataset, Field, Lifecycle, Lineage, Path, Quality, ServiceLevels,
    SourceId, Status, Step, values,
};
use crate::source::words::nearest;

/// The longest dotted name of a field that can be referred to, in bytes.
const LONGEST_NAME: usize = 1_000;

/// What others can see of a contract, and what it says of others.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// The document that it came from.
    pub source: SourceId,
    /// Whether its file has mistakes of form: what is not here, or wrong here, may be right once they are mended.
    pub is_open: bool,
    /// The name.
    pub name: String,
    /// What it is known by whatever it is called, where that is not its name.
    pub id: Option<String>,
    /// A published contract, or the producer's internal model.
    pub kind: ContractKind,
    /// The version of the promise.
    pub version: Version,
    /// Whether the version can be held against others.
    pub has_readable_version: bool,
    /// Where in its life it is.
    pub status: Status,
    /// The contract that publishes a subset of a model.
    pub publishes: Option<String>,
    /// Dates, and what replaces it.
    pub lifecycle: Lifecycle,
    /// Where the data comes from.
    pub lineage: Lineage,
    /// What the data may be used for; everything if empty.
    pub allowed_uses: Vec<String>,
    /// What the data must not be used for.
    pub prohibited_uses: Vec<String>,
    /// Quality promised for all datasets.
    pub quality: Vec<Quality>,
    /// Promises about operation; `None` where there are none.
    pub service_levels: Option<Box<ServiceLevels>>,
    /// The datasets, in their order.
    pub datasets: Vec<DatasetOutline>,
    /// What it refers to, in the order of the file.
    pub references: Vec<Reference>,
    /// The fields of all datasets, sorted by their dotted name, then by dataset.
    fields: Vec<FieldOutline>,
    /// Other names of fields and the dotted names that they stand for, sorted.
    aliases: Vec<(Box<str>, Box<str>)>,
    /// The positions of the datasets by name.
    by_name: Vec<u32>,
}

/// What others can see of a dataset.
#[derive(Debug, Clone, PartialEq)]
pub struct DatasetOutline {
    /// The name.
    pub name: String,
    /// The fields of the primary key, in its order.
    pub primary_key: Vec<String>,
    /// Groups of fields that are unique together, beyond the primary key.
    pub unique: Vec<Vec<String>>,
    /// Quality promised for this dataset alone.
    pub quality: Vec<Quality>,
    /// Promises about operation for this dataset alone; `None` where there are none.
    pub service_levels: Option<Box<ServiceLevels>>,
}

/// What others can see of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldOutline {
    /// Its dotted name in the dataset, such as `address.city`. Items and values are stepped into silently.
    pub name: Box<str>,
    /// The position of its dataset.
    pub dataset: u32,
    /// What it promises.
    pub promise: FieldPromise,
}

/// What matters of a field to whoever refers to it.
#[expect(clippy::struct_excessive_bools, reason = "each is a promise of its own, named as in the model")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldPromise {
    /// The logical type.
    pub data_type: DataType,
    /// Whether a value may be missing.
    pub nullable: bool,
    /// Whether no two rows may have the same value.
    pub unique: bool,
    /// Whether it belongs to the primary key.
    pub is_primary_key: bool,
    /// Whether readers should stop using it.
    pub is_deprecated: bool,
    /// Whether values are personal data.
    pub is_pii: bool,
    /// How many digits a decimal has.
    pub precision: Option<u32>,
    /// How many of them stand behind the point.
    pub scale: Option<u32>,
    /// The greatest length of a text, in characters.
    pub max_length: Option<u64>,
}

/// A reference to a field or to a dataset, mostly of another contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// The field that refers, or the entry of the dataset's foreign keys.
    pub element: Path,
    /// The position of the dataset that it stands in.
    pub dataset: u32,
    /// What is referred to, as it is written: `contract.field`, or `contract.dataset` for several fields together.
    pub to: String,
    /// The fields here with what they promise, where they are there. One, or those of a foreign key of several.
    pub fields: Vec<(String, Option<FieldPromise>)>,
    /// The fields there; `None` where `to` names the one field itself.
    pub referenced_fields: Option<Vec<String>>,
    /// The versions of the contract there that it was made for, as a SemVer requirement.
    pub version: Option<String>,
}

impl Reference {
    /// The place of the text that names what is referred to.
    pub fn path(&self) -> Path {
        self.element.key(if self.referenced_fields.is_some() { "references" } else { "foreign_key_reference" })
    }
}

impl FieldPromise {
    fn of(field: &Field) -> Self {
        Self {
            data_type: field.data_type,
            nullable: field.nullable,
            unique: field.unique,
            is_primary_key: field.is_primary_key,
            is_deprecated: field.deprecated.is_some(),
            is_pii: field.is_pii,
            precision: field.precision,
            scale: field.scale,
            max_length: field
                .constraint(ConstraintKind::MaxLength)
                .and_then(|constraint| values::limit(&constraint.value))
                .and_then(|length| u64::try_from(length).ok()),
        }
    }
}

impl Outline {
    /// The outline of a contract.
    pub fn of(contract: &Contract) -> Self {
        let levels = |levels: &ServiceLevels| (*levels != ServiceLevels::default()).then(|| Box::new(levels.clone()));
        let access = contract.access.as_ref();
        let dataset = |dataset: &Dataset| DatasetOutline {
            name: dataset.name.clone(),
            primary_key: dataset.primary_key().map(|field| field.name.clone()).collect(),
            unique: dataset.unique.clone(),
            quality: dataset.quality.clone(),
            service_levels: levels(&dataset.service_levels),
        };
        let mut outline = Self {
            source: contract.source,
            is_open: false,
            name: contract.name.clone(),
            id: contract.id.clone(),
            kind: contract.kind,
            version: contract.version.clone(),
            has_readable_version: contract.has_readable_version(),
            status: contract.status,
            publishes: contract.design.as_ref().and_then(|design| design.publishes.clone()),
            lifecycle: contract.lifecycle.clone(),
            lineage: contract.lineage.clone(),
            allowed_uses: access.map(|access| access.allowed_uses.clone()).unwrap_or_default(),
            prohibited_uses: access.map(|access| access.prohibited_uses.clone()).unwrap_or_default(),
            quality: contract.quality.clone(),
            service_levels: levels(&contract.service_levels),
            datasets: contract.datasets.iter().map(dataset).collect(),
            references: Vec::new(),
            fields: Vec::new(),
            aliases: Vec::new(),
            by_name: Vec::new(),
        };
        for (position, dataset) in (0..).zip(&contract.datasets) {
            outline.add_fields(&dataset.fields, "", position);
        }
        outline.sort();
        for (position, dataset) in (0..).zip(&contract.datasets) {
            outline.add_references(dataset, position);
        }
        outline
    }

    /// The outline of a contract of which no more can be read than what it is called.
    pub fn of_name(source: SourceId, name: impl Into<String>, id: Option<String>) -> Self {
        let contract = Contract { id, ..Contract::new(source, name) };
        Self { is_open: true, has_readable_version: false, ..Self::of(&contract) }
    }

    /// Puts the lists that are searched into their order. A stable sort: of two fields with one name the first counts.
    fn sort(&mut self) {
        self.fields.sort_by(|one, other| (&one.name, one.dataset).cmp(&(&other.name, other.dataset)));
        self.fields.shrink_to_fit();
        self.aliases.sort();
        self.by_name = (0..).zip(&self.datasets).map(|(position, _)| position).collect();
        let datasets = &self.datasets;
        self.by_name.sort_by_key(|position| datasets.get(*position as usize).map(|dataset| dataset.name.as_str()));
    }

    fn add_fields(&mut self, fields: &[Field], around: &str, dataset: u32) {
        for field in fields {
            let dotted = |name: &str| if around.is_empty() { name.to_owned() } else { format!("{around}.{name}") };
            let name = dotted(&field.name);
            if name.len() > LONGEST_NAME {
                continue;
            }
            self.aliases.extend(field.aliases().iter().map(|alias| (dotted(alias).into(), name.as_str().into())));
            let inner = field.items.as_deref().or(field.values.as_deref()).unwrap_or(field);
            self.add_fields(&inner.fields, &name, dataset);
            self.fields.push(FieldOutline { name: name.into(), dataset, promise: FieldPromise::of(field) });
        }
    }

    fn add_references(&mut self, dataset: &Dataset, position: u32) {
        let mut references = std::mem::take(&mut self.references);
        dataset.walk(&mut |path, field| {
            if let Some(to) = &field.foreign_key_reference {
                references.push(Reference {
                    element: path.clone(),
                    dataset: position,
                    to: to.clone(),
                    fields: vec![(path.last_field(), Some(FieldPromise::of(field)))],
                    referenced_fields: None,
                    version: None,
                });
            }
        });
        for (index, key) in dataset.foreign_keys.iter().enumerate() {
            let promise = |name: &String| self.field_in(position, name).map(|field| field.promise);
            references.push(Reference {
                element: Path::dataset(&dataset.name).key("foreign_keys").index(index),
                dataset: position,
                to: key.references.clone(),
                fields: key.fields.iter().map(|name| (name.clone(), promise(name))).collect(),
                referenced_fields: Some(key.referenced_fields.clone()),
                version: key.version.clone(),
            });
        }
        self.references = references;
    }

    /// The position of a dataset; the first one where a name is taken twice.
    pub fn dataset(&self, name: &str) -> Option<u32> {
        let name_at = |position: u32| self.datasets.get(position as usize).map_or("", |dataset| dataset.name.as_str());
        let at = self.by_name.partition_point(|position| name_at(*position) < name);
        self.by_name.get(at).copied().filter(|position| name_at(*position) == name)
    }

    /// The field of a dotted name in a dataset, also by an alias.
    pub fn field_in(&self, dataset: u32, name: &str) -> Option<&FieldOutline> {
        self.find(name, Some(dataset)).or_else(|| self.find(&self.without_aliases(name)?, Some(dataset)))
    }

    /// The field of a reference written as `field` or `dataset.field`, nested fields with dots. A plain field name is looked up
    /// in every dataset.
    pub fn field_at(&self, reference: &str) -> Option<&FieldOutline> {
        if reference.len() > 2 * LONGEST_NAME {
            return None;
        }
        let dots = reference.match_indices('.').map(|(at, _)| at);
        let in_dataset = dots.filter_map(|at| Some((self.dataset(&reference[..at])?, &reference[at + 1..])));
        let named = in_dataset.filter_map(|(dataset, name)| self.field_in(dataset, name));
        // The datasets are asked in their order.
        named
            .min_by_key(|field| field.dataset)
            .or_else(|| self.find(reference, None).or_else(|| self.find(&self.without_aliases(reference)?, None)))
    }

    /// The name of the field that somebody who wrote this reference most likely meant, in any dataset.
    pub fn nearest_field(&self, reference: &str) -> Option<String> {
        let last = reference.rsplit('.').next().unwrap_or(reference);
        nearest(last, plain_names(self.fields.iter())).map(str::to_owned)
    }

    /// The same within a dataset.
    pub fn nearest_field_in(&self, dataset: u32, name: &str) -> Option<String> {
        nearest(name, plain_names(self.fields_of(dataset))).map(str::to_owned)
    }

    /// The fields of a dataset, nested ones included, in no order.
    pub fn fields_of(&self, dataset: u32) -> impl Iterator<Item = &FieldOutline> {
        self.fields.iter().filter(move |field| field.dataset == dataset)
    }

    /// All fields, sorted by their dotted name.
    pub fn fields(&self) -> &[FieldOutline] {
        &self.fields
    }

    /// The path of a field of this contract.
    pub fn path_of(&self, field: &FieldOutline) -> Path {
        let dataset = self.datasets.get(field.dataset as usize).map_or("", |dataset| dataset.name.as_str());
        field.name.split('.').fold(Path::dataset(dataset), |path, name| path.step(Step::Field(name.to_owned())))
    }

    fn find(&self, name: &str, dataset: Option<u32>) -> Option<&FieldOutline> {
        let key = (name, dataset.unwrap_or_default());
        let at = self.fields.partition_point(|field| (&*field.name, field.dataset) < key);
        let found = self.fields.get(at).filter(|field| &*field.name == name)?;
        dataset.is_none_or(|dataset| dataset == found.dataset).then_some(found)
    }

    /// A dotted name in which every alias stands for what it means; `None` where there is none in it.
    fn without_aliases(&self, name: &str) -> Option<String> {
        if self.aliases.is_empty() || name.len() > LONGEST_NAME {
            return None;
        }
        let mut meant = String::new();
        for part in name.split('.') {
            if !meant.is_empty() {
                meant.push('.');
            }
            meant.push_str(part);
            let at = self.aliases.partition_point(|(alias, _)| **alias < *meant);
            if self.find(&meant, None).is_none()
                && let Some((_, real)) = self.aliases.get(at).filter(|(alias, _)| **alias == *meant)
            {
                meant = real.to_string();
            }
        }
        (meant != name).then_some(meant)
    }
}

/// Names of fields to suggest, without nested ones, cut off where nobody could choose any more.
fn plain_names<'a>(fields: impl Iterator<Item = &'a FieldOutline>) -> impl Iterator<Item = &'a str> {
    const MOST: usize = 2_000;
    fields.map(|field| &*field.name).filter(|name| !name.contains('.')).take(MOST)
}
