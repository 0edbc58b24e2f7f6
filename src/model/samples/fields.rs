//! Random fields.

use super::*;

impl Dice {
    pub(super) fn fields(&mut self, depth: usize) -> Vec<Field> {
        (0..self.roll(4))
            .map(|index| {
                let name = self.name(index);
                self.field(name, depth)
            })
            .collect()
    }

    fn field(&mut self, name: String, depth: usize) -> Field {
        let has_name = !name.is_empty() || self.wild;
        let inner = |dice: &mut Self| (depth > 0 && dice.is()).then(|| Box::new(dice.field(String::new(), depth - 1)));
        Field {
            description: self.text(),
            nullable: !self.is(),
            unique: self.is(),
            is_primary_key: has_name && self.is(),
            is_foreign_key: self.is(),
            foreign_key_reference: self.text(),
            is_pii: self.is(),
            classification: self.text(),
            unit: self.text(),
            format: self.text(),
            precision: self.maybe(|dice| dice.number_below(38)),
            scale: self.maybe(|dice| dice.number_below(10)),
            physical_name: self.text(),
            storage: {
                let storage = Storage {
                    physical: self.maybe(|dice| Physical::new(&dice.right(&["varchar(50)", "NUMERIC(10, 2)", "a b"]))),
                    media_type: self.text(),
                    embedding_model: self.text(),
                };
                (storage != Storage::default()).then(|| Box::new(storage))
            },
            keys: self.maybe_word(DataType::ALL, DataType::from_name),
            example_value: self.maybe(|dice| dice.literal(2)),
            default_value: self.maybe(|dice| dice.literal(1)),
            previously: if has_name { self.texts() } else { Vec::new() },
            always_present: if has_name { self.maybe(Self::is) } else { None },
            critical: self.is(),
            details: {
                let details = Details {
                    id: self.id(),
                    title: self.text(),
                    synonyms: self.texts(),
                    aliases: if has_name { self.texts() } else { Vec::new() },
                    missing_values: self.several(3, Self::scalar),
                };
                (details != Details::default()).then(|| Box::new(details))
            },
            deprecated: self.maybe(Self::deprecation).map(Box::new),
            internal: has_name && self.is(),
            tags: self.texts(),
            metadata: self.metadata(),
            constraints: self.several(3, Self::constraint),
            semantics: self.semantics(),
            privacy: {
                let privacy = Privacy {
                    category: self.texts(),
                    masking: self.text(),
                    legal_basis: self.texts(),
                    residency: self.texts(),
                    erase_within: self.quantity(),
                };
                (privacy != Privacy::default()).then(|| Box::new(privacy))
            },
            fields: if depth > 0 && self.is() { self.fields(depth - 1) } else { Vec::new() },
            items: inner(self),
            values: inner(self),
            ..Field::new(name, self.word(DataType::ALL, DataType::from_name))
        }
    }

    fn constraint(&mut self) -> Constraint {
        let kind = self.word(ConstraintKind::ALL, ConstraintKind::from_name);
        let mut listing = Listing { open: self.is(), fallback: self.maybe(Self::scalar), entries: Vec::new() };
        let value = if kind == ConstraintKind::Enum {
            let values: Vec<Literal> = (0..self.roll(4)).map(|_| self.literal(0)).collect();
            for value in values.iter().filter(|value| value.text().is_some()) {
                if self.is() {
                    listing.entries.push(ListedValue {
                        value: value.clone(),
                        label: self.text(),
                        description: self.text(),
                        id: self.maybe(Self::scalar),
                        deprecated: self.is(),
                    });
                }
            }
            // Two entries of one value would be told apart by nothing.
            let mut seen: Vec<Literal> = Vec::new();
            let is_once = values.iter().all(|value| {
                let is_new = !seen.contains(value);
                seen.push(value.clone());
                is_new
            });
            if !is_once {
                listing.entries.clear();
            }
            Literal::List(values)
        } else {
            self.literal(1)
        };
        Constraint {
            message: self.text(),
            when: self.maybe(Self::words).map(String::into_boxed_str),
            enforced: self.is(),
            listing: (!listing.is_empty()).then(|| Box::new(listing)),
            ..Constraint::new(kind, value)
        }
    }

    fn semantics(&mut self) -> Option<Box<Semantics>> {
        let semantics = Semantics {
            role: self.maybe_word(FieldRole::ALL, FieldRole::from_name),
            term: self.text(),
            definition: self.text(),
            derivation: self.text(),
            aggregation: self.maybe_word(Aggregation::ALL, Aggregation::from_name),
            exactness: self.maybe_word(Exactness::ALL, Exactness::from_name),
            rounding: self.maybe_word(Rounding::ALL, Rounding::from_name),
            sign: self.text(),
            time: self.maybe_word(Moment::ALL, Moment::from_name),
            timezone: self.maybe(|dice| dice.right(&["Europe/Amsterdam", "local"])),
            calendar: self.text(),
            code_system: self.text(),
            code_system_version: self.text(),
            language: self.maybe(|dice| dice.right(&["nl", "nl-NL"])),
            collation: self.text(),
        };
        (semantics != Semantics::default()).then(|| Box::new(semantics))
    }
}
