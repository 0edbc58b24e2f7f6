//! Random contracts for tests of everything that reads and writes them.
//!
//! A contract is made of rolls of dice, and the dice are what a test shrinks: without any it is the smallest contract.

mod assertions;
mod fields;

use proptest::prelude::*;
use semver::{BuildMetadata, Prerelease, Version};

use super::*;

/// Contracts that say everything in the form that it is meant to have, as a reader gives them.
pub(crate) fn contracts() -> impl Strategy<Value = Contract> {
    rolls().prop_map(|rolls| Dice { rolls: rolls.into_iter(), wild: false, rarity: 2, floats: true }.contract())
}

/// Contracts with anything everywhere: names that are none, days that are none, everything twice.
pub(crate) fn wild_contracts() -> impl Strategy<Value = Contract> {
    rolls().prop_map(|rolls| Dice { rolls: rolls.into_iter(), wild: true, rarity: 2, floats: true }.contract())
}

fn rolls() -> impl Strategy<Value = Vec<u16>> {
    prop_oneof![
        1 => proptest::collection::vec(any::<u16>(), 0..200),
        3 => proptest::collection::vec(any::<u16>(), 200..2_000),
    ]
}

/// Texts that writers and readers fall over.
pub(crate) const HOSTILE: &[&str] = &[
    "a",
    "Orders of the web shop",
    "",
    " ",
    "a ",
    " a",
    "no",
    "on",
    "null",
    "~",
    "true",
    "1.0",
    "1",
    "-1",
    "0x1f",
    "0o17",
    "017",
    "1e3",
    "190:20:30",
    "2026-01-01",
    ".inf",
    "NaN",
    "<<",
    "=",
    "*a",
    "&a",
    "!a",
    "%a",
    "@a",
    "`a`",
    "|",
    ">",
    "?",
    ":",
    "a: b",
    "a:",
    "#",
    "a #b",
    "- a",
    "[a]",
    "{a}",
    "a, b",
    "'",
    "\"",
    "\\d+",
    "^[A-Z]{2}\\.$",
    "\n",
    "a\nb",
    "a\nb\n",
    "a\n\nb\n\n",
    " a\n b",
    "a \nb",
    "\ta",
    "\r",
    "a\r\nb",
    "\u{0}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "a\u{202e}b",
    "\u{feff}",
    "\u{fffe}",
    "é",
    "客户",
    "🦀",
    "${NAME}",
    "${NAME:-x}",
    "{object}",
    "---",
    "...",
    "a\n---\nb",
    "SELECT count(*)\nFROM {object}\nWHERE amount < 0 -- why\n",
    "A text that is long enough to be folded when it is written as a block, since it has more letters than fit in a line.",
    "A text that is long: it can't be folded plainly, since it has a colon, and it has more letters than fit in any line.",
];

/// What decides what is in a contract.
struct Dice {
    rolls: std::vec::IntoIter<u16>,
    /// Whether anything may stand anywhere.
    wild: bool,
    /// One in so many of what may be there is there.
    rarity: usize,
    /// Whether numbers may have a fraction.
    floats: bool,
}

impl Dice {
    /// A number below the count of sides; 0 when there are no rolls left.
    fn roll(&mut self, sides: usize) -> usize {
        usize::from(self.rolls.next().unwrap_or_default()) % sides.max(1)
    }

    fn number_below(&mut self, end: u16) -> u32 {
        u32::from(self.rolls.next().unwrap_or_default() % end)
    }

    fn is(&mut self) -> bool {
        let rarity = self.rarity;
        self.roll(rarity) + 1 == rarity
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.is().then(|| make(self))
    }

    fn several<T>(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        if !self.is() {
            return Vec::new();
        }
        let count = 1 + self.roll(most);
        (0..count).map(|_| make(self)).collect()
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())].clone()
    }

    fn word<T>(&mut self, all: &[(&'static str, &'static str)], of: impl Fn(&str) -> Option<T>) -> T {
        let (name, _) = self.one(all);
        of(name).expect("a word of the list")
    }

    fn maybe_word<T>(&mut self, all: &[(&'static str, &'static str)], of: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.maybe(|dice| dice.word(all, of))
    }

    fn any_text(&mut self) -> String {
        match self.roll(4) {
            0 | 1 => self.one(HOSTILE).to_owned(),
            2 => (0..=self.roll(3)).map(|_| self.one(HOSTILE)).collect(),
            _ => char::from_u32(self.number_below(0xd800)).into_iter().collect(),
        }
    }

    fn text(&mut self) -> Option<String> {
        self.maybe(Self::any_text)
    }

    /// Text that says something.
    fn words(&mut self) -> String {
        let text = self.any_text();
        if text.trim().is_empty() { "words".to_owned() } else { text }
    }

    fn texts(&mut self) -> Vec<String> {
        self.several(3, Self::any_text)
    }

    /// One of the right texts; in wild contracts any text now and then.
    fn right(&mut self, right: &[&str]) -> String {
        if self.wild && self.roll(3) == 2 { self.any_text() } else { self.one(right).to_owned() }
    }

    fn day(&mut self) -> Option<String> {
        self.maybe(|dice| dice.right(&["2026-01-31", "2030-12-01", "1999-02-28"]))
    }

    fn quantity(&mut self) -> Option<Quantity> {
        self.maybe(Self::any_quantity)
    }

    fn any_quantity(&mut self) -> Quantity {
        const USUAL: &[&str] = &["99.5%", "15 minutes", "1000", "0.5", "007", "1e3", "1 year", "10 MB/s", "12.50"];
        Quantity::new(if self.roll(3) == 2 { self.any_text() } else { self.one(USUAL).to_owned() })
    }

    fn literal(&mut self, depth: usize) -> Literal {
        match self.roll(if depth == 0 { 7 } else { 9 }) {
            0 | 3 => Literal::Text(self.any_text()),
            1 => Literal::Int(self.roll(2_000) as i128 - 1_000),
            2 => Literal::Bool(self.is()),
            4 => self.one(&[i128::MAX, i128::MIN, 1 << 60, i128::from(u64::MAX)].map(Literal::Int)),
            5 if self.floats => self.float(),
            5 | 6 => Literal::Null,
            7 => Literal::List((0..self.roll(4)).map(|_| self.literal(depth - 1)).collect()),
            _ => Literal::Map(self.entries(depth - 1)),
        }
    }

    fn float(&mut self) -> Literal {
        let numbers = [0.5, 1.0, -0.0, 1e300, -2.5e-7, 0.1, 12.5, f64::INFINITY, f64::NAN];
        let most = if self.wild { numbers.len() } else { numbers.len() - 1 };
        Literal::Float(numbers[self.roll(most)])
    }

    fn number(&mut self) -> Literal {
        if self.floats && self.is() { self.float() } else { Literal::Int(self.roll(1_000) as i128) }
    }

    /// Text, a number or a boolean.
    fn scalar(&mut self) -> Literal {
        match self.literal(0) {
            Literal::Null if !self.wild => Literal::Int(0),
            other => other,
        }
    }

    fn entries(&mut self, depth: usize) -> Vec<(String, Literal)> {
        let entries: Vec<_> = (0..self.roll(4)).map(|_| (self.any_text(), self.literal(depth))).collect();
        if self.wild { entries } else { first_of_each(entries) }
    }

    fn metadata(&mut self) -> Vec<(String, Literal)> {
        self.maybe(|dice| dice.entries(2)).unwrap_or_default()
    }

    /// A name that no sibling has.
    fn name(&mut self, index: usize) -> String {
        if self.wild && self.roll(3) == 2 {
            return self.any_text();
        }
        let stem =
            self.one(&["order", "Amount", "kunde_id", "größe", "客户", "no", "1st", "a-b", "#x", "\"q\"", "{x}", "🦀"]);
        format!("{stem}{index}")
    }

    fn id(&mut self) -> Option<String> {
        self.maybe(|dice| match dice.roll(3) {
            0 => "7".to_owned(),
            1 => "53581432-6c55-4ba2-a65f-72344a91553a".to_owned(),
            _ => dice.any_text(),
        })
    }

    fn contract(mut self) -> Contract {
        self.rarity = [2, 4, 8, 16][self.roll(4)];
        let name = self.right(&["orders", "payments.transactions", "a1_b"]);
        let kind = if self.roll(8) == 7 { ContractKind::Model } else { ContractKind::Contract };
        let short_form = self.is();
        let datasets = if short_form && !self.wild {
            vec![Dataset { name: name.clone(), fields: self.fields(2), ..Dataset::default() }]
        } else {
            (0..=self.roll(3)).map(|index| self.dataset(index)).collect()
        };
        let mut contract = Contract {
            source: SourceId(0),
            kind,
            id: self.id().filter(|id| *id != name),
            format_version: None,
            version: self.version(),
            written_version: if self.wild { self.text() } else { None },
            status: self.word(Status::ALL, Status::from_name),
            written_status: if self.wild { self.text() } else { None },
            title: self.text(),
            tenant: self.text(),
            description: self.text(),
            domain: self.maybe(|dice| dice.right(&["sales.web", "flight_ops"])),
            tags: self.texts(),
            metadata: self.metadata(),
            compatibility: self
                .maybe(|dice| Compatibility { mode: dice.word(Mode::ALL, Mode::from_name), transitive: dice.is() }),
            publisher: self.publisher(),
            datasets,
            short_form,
            quality: self.several(2, Self::quality),
            rules: self.rules(),
            service_levels: self.service_levels(),
            access: self.maybe(Self::access),
            subscribers: self.several(2, Self::subscriber),
            obligations: Obligations {
                notice_period: self.quantity(),
                migration_guide: self.text(),
                notify: {
                    let notify = self.several(2, |dice| (dice.any_text(), dice.texts()));
                    if self.wild { notify } else { first_of_each(notify) }
                },
                retention: self.quantity(),
            },
            terms: self.terms(),
            price: self.maybe(|dice| {
                Box::new(Price {
                    amount: dice.number().number().unwrap_or_default(),
                    currency: dice.right(&["EUR", "USD"]),
                    per: dice.text(),
                })
            }),
            sources: self.sources(),
            lineage: Lineage {
                depends_on: self.texts(),
                pulls_from: self.texts(),
                pushes_to: self.texts(),
                sources: self.texts(),
                derived_from: self.texts(),
            },
            lifecycle: Lifecycle {
                approvals: self.several(2, |dice| Approval {
                    by: dice.any_text(),
                    on: dice.right(&["2026-02-01"]),
                    role: dice.text(),
                }),
                effective_date: self.day(),
                available_from: self.day(),
                deprecated_on: self.day(),
                sunset_on: self.day(),
                expires_on: self.day(),
                support_until: self.day(),
                replaced_by: self.maybe(|dice| dice.right(&["orders_v2"])),
            },
            alerts: self.several(2, |dice| Alert {
                severity: dice.right(&["error", "critical"]),
                channel: dice.any_text(),
                to: dice.text(),
                consumer: dice.text(),
            }),
            scoring: Scoring {
                weights: self.weights(),
                personas: {
                    let personas = self.several(2, |dice| (dice.any_text(), dice.weights()));
                    if self.wild { personas } else { first_of_each(personas) }
                },
            },
            design: None,
            name,
        };
        if kind == ContractKind::Model {
            contract.design = self.maybe(|dice| {
                Box::new(Design {
                    publishes: Some(dice.right(&["orders", "sales.orders"])),
                    baselines: dice.metadata(),
                    tolerances: first_of_each(dice.several(2, |dice| (dice.any_text(), dice.number()))),
                })
            });
        }
        if kind == ContractKind::Model && !self.wild {
            as_model(&mut contract);
        }
        contract
    }

    fn version(&mut self) -> Version {
        let mut version = Version::new(self.roll(20) as u64, self.roll(3) as u64, self.roll(300) as u64);
        if self.is() {
            version.pre = Prerelease::new("rc.1").expect("a pre-release");
        }
        if self.is() {
            version.build = BuildMetadata::new("20260101").expect("a build");
        }
        version
    }

    fn weights(&mut self) -> Vec<(String, f64)> {
        let weights = self.several(3, |dice| (dice.any_text(), dice.number().number().unwrap_or_default()));
        if self.wild { weights } else { first_of_each(weights) }
    }

    fn publisher(&mut self) -> Publisher {
        Publisher {
            team: self.text(),
            owner: self.text(),
            repository_url: self.text(),
            contact_email: self.maybe(|dice| dice.right(&["data@example.com"])),
            members: self.texts(),
            channels: self.several(2, |dice| Channel {
                channel: dice.any_text(),
                to: dice.text().unwrap_or_default(),
                metadata: dice.metadata(),
            }),
        }
    }

    fn terms(&mut self) -> Option<Box<Terms>> {
        let terms = Terms {
            license: self.text(),
            usage: self.text(),
            limitations: self.texts(),
            liability: self.text(),
            warranty: self.text(),
            governing_law: self.text(),
        };
        (terms != Terms::default()).then(|| Box::new(terms))
    }

    fn sources(&mut self) -> Vec<Source> {
        let sources = self.several(3, |dice| {
            let mut settings = Vec::new();
            for key in ["url", "path", "host", "database", "schema", "account", "catalog", "service_name", "settings"] {
                if dice.is() && (key != "settings" || dice.wild) {
                    settings.push((key.to_owned(), Literal::Text(dice.any_text())));
                }
            }
            if dice.is() {
                settings.push(("port".to_owned(), if dice.wild { dice.literal(1) } else { Literal::Int(5432) }));
            }
            settings.extend(dice.maybe(|dice| ("Options".to_owned(), dice.literal(2))));
            let kind = dice.right(&["http", "postgres", "snowflake", "kafka", "custom", "csv"]);
            (dice.any_text(), Source { environment: String::new(), kind, settings })
        });
        let sources = if self.wild { sources } else { first_of_each(sources) };
        sources.into_iter().map(|(environment, source)| Source { environment, ..source }).collect()
    }

    fn access(&mut self) -> Access {
        Access {
            endpoint_url: self.text(),
            redirects: self.several(2, |dice| Redirect { from: dice.any_text(), until: dice.right(&["2026-12-31"]) }),
            methods: self.texts(),
            auth_type: self.maybe_word(AuthType::ALL, AuthType::from_name),
            required_scopes: self.texts(),
            credentials_rotation: self.quantity(),
            roles: self.several(2, |dice| Role {
                name: dice.any_text(),
                allows: dice.word(RoleAccess::ALL, RoleAccess::from_name),
                fields: dice.texts(),
                approvers: dice.texts(),
                description: dice.text(),
                metadata: dice.metadata(),
            }),
            allowed_networks: self.texts(),
            minimum_tls: self.maybe_word(TlsVersion::ALL, TlsVersion::from_name),
            protocol_versions: self.texts(),
            rate_limit: self.text(),
            page_size: self.maybe(|dice| dice.number_below(1_000)),
            pagination: self.word(Pagination::ALL, Pagination::from_name),
            modes: self.several(2, |dice| dice.right(&["api", "batch", "streaming"])),
            allowed_uses: self.texts(),
            prohibited_uses: self.texts(),
            sharing: self.word(Sharing::ALL, Sharing::from_name),
        }
    }

    fn subscriber(&mut self) -> Subscriber {
        Subscriber {
            team: self.any_text(),
            use_case: self.text(),
            fields_used: self.texts(),
            contact_email: self.maybe(|dice| dice.right(&["crm@example.com"])),
            contract_version: self.maybe(|dice| dice.right(&["^1.2", ">=1, <3"])),
            purpose: self.text(),
            until: self.day(),
            overrides: Overrides { quality: self.several(2, Self::quality), service_levels: self.service_levels() },
        }
    }

    fn quality(&mut self) -> Quality {
        Quality {
            metric: self.word(Metric::ALL, Metric::from_name),
            threshold: self.any_quantity(),
            measurement_method: self.text(),
            alert_on_breach: !self.is(),
            measuring: self.measuring(),
        }
    }

    fn measuring(&mut self) -> Option<Box<Measuring>> {
        let measuring =
            Measuring { rows: self.text(), timestamp_field: self.text(), every: self.quantity(), engine: self.text() };
        (measuring != Measuring::default()).then(|| Box::new(measuring))
    }

    fn rules(&mut self) -> Vec<Rule> {
        let mut rules = self.several(3, |dice| Rule {
            name: dice.words(),
            id: dice.id(),
            family: if dice.is() { RuleFamily::Business } else { RuleFamily::Technical },
            dataset: dice.text(),
            field: dice.text(),
            check: dice.text(),
            expression: dice.text(),
            assertion: dice.maybe(Self::assertion).map(Box::new),
            threshold: dice.quantity(),
            severity: dice.word(RuleSeverity::ALL, RuleSeverity::from_name),
            dimension: dice.text(),
            description: dice.text(),
            // The age of data is no matter of rules.
            measuring: dice
                .measuring()
                .map(|measuring| Measuring { timestamp_field: None, ..*measuring })
                .filter(|it| *it != Measuring::default())
                .map(Box::new),
            tags: dice.texts(),
            metadata: dice.metadata(),
        });
        rules.sort_by_key(|rule| rule.family == RuleFamily::Business);
        rules
    }

    fn service_levels(&mut self) -> ServiceLevels {
        ServiceLevels {
            ready_by: self.text(),
            cadence: self.quantity(),
            completeness_min: self.quantity(),
            volume: Volume {
                baseline: self.quantity(),
                floor: self.quantity(),
                ceiling: self.quantity(),
                deviation: self.quantity(),
            },
            latency_p50: self.quantity(),
            latency_p95: self.quantity(),
            availability: self.quantity(),
            rpo: self.quantity(),
            rto: self.quantity(),
            retention: self.quantity(),
            operation: self.operation(),
        }
    }

    fn operation(&mut self) -> Option<Box<OperationTerms>> {
        let operation = OperationTerms {
            delivery: DeliveryTerms {
                mode: self.maybe_word(DeliveryMode::ALL, DeliveryMode::from_name),
                direction: self.maybe_word(DeliveryDirection::ALL, DeliveryDirection::from_name),
                days: self.days(),
            },
            availability_hours: self.several(2, Self::hours),
            availability_period: self.quantity(),
            maintenance: self.maybe(|dice| Maintenance {
                hours: dice.several(2, Self::hours),
                at_most: dice.quantity(),
                period: dice.quantity(),
            }),
            throughput: self.quantity(),
            error_rate: self.quantity(),
            replay_window: self.quantity(),
            backup_every: self.quantity(),
            incidents: Incidents {
                detect_within: self.quantity(),
                notify_within: self.quantity(),
                repair_within: self.quantity(),
            },
            support: Support { hours: self.several(2, Self::hours), respond_within: self.quantity() },
            driver: self.maybe_word(Driver::ALL, Driver::from_name),
            penalty: self.quantity(),
        };
        (operation != OperationTerms::default()).then(|| Box::new(operation))
    }

    fn days(&mut self) -> Vec<Weekday> {
        self.several(3, |dice| dice.word(Weekday::ALL, Weekday::from_name))
    }

    fn hours(&mut self) -> Hours {
        Hours {
            days: self.days(),
            from: self.maybe(|dice| dice.right(&["08:00", "00:00"])),
            to: self.maybe(|dice| dice.right(&["18:30", "24:00"])),
            timezone: self.maybe(|dice| dice.right(&["Europe/Amsterdam", "UTC", "+01:00"])),
        }
    }

    fn dataset(&mut self, index: usize) -> Dataset {
        let mut fields = self.fields(2);
        let names: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
        let key_order = if names.is_empty() || !self.is() { Vec::new() } else { vec![self.one(&names)] };
        for field in &mut fields {
            field.is_primary_key |= key_order.contains(&field.name);
        }
        Dataset {
            name: self.name(index),
            title: self.text(),
            description: self.text(),
            id: self.id(),
            physical_name: self.text(),
            aliases: self.texts(),
            medium: self.maybe_word(Medium::ALL, Medium::from_name),
            files: self.maybe(Self::files).map(Box::new),
            topic: self.maybe(|dice| {
                Box::new(Topic {
                    message_key: dice.texts(),
                    partitions: dice.maybe(|dice| dice.number_below(64)),
                    envelope: dice.text(),
                    operations: dice.several(3, |dice| dice.word(Operation::ALL, Operation::from_name)),
                })
            }),
            grain: self
                .maybe(|dice| if dice.is() { Grain::Fields(dice.texts()) } else { Grain::Text(dice.any_text()) }),
            filter: self.text(),
            write_mode: self.maybe_word(WriteMode::ALL, WriteMode::from_name),
            history_from: self.day(),
            ordering: self.texts(),
            delivery: self.maybe_word(Delivery::ALL, Delivery::from_name),
            late_arrival: self.quantity(),
            partitioned_by: self.texts(),
            clustered_by: self.texts(),
            extra_fields: self.word(ExtraFields::ALL, ExtraFields::from_name),
            fields,
            key_order: if self.wild && self.is() { self.texts() } else { key_order },
            unique: self.several(2, |dice| dice.several(3, Self::any_text)),
            foreign_keys: self.several(2, |dice| ForeignKey {
                fields: dice.texts(),
                references: dice.any_text(),
                referenced_fields: dice.texts(),
                cardinality: dice.word(Cardinality::ALL, Cardinality::from_name),
                on_delete: dice.word(ReferenceAction::ALL, ReferenceAction::from_name),
                on_update: dice.word(ReferenceAction::ALL, ReferenceAction::from_name),
                version: dice.maybe(|dice| dice.right(&["^1.2"])),
                id: dice.id(),
                metadata: dice.metadata(),
            }),
            quality: self.several(2, Self::quality),
            rules: self.rules(),
            service_levels: self.service_levels(),
            tags: self.texts(),
            previously: self.texts(),
            reserved: self.texts(),
            deprecated: self.maybe(Self::deprecation).map(Box::new),
            metadata: self.metadata(),
        }
    }

    fn files(&mut self) -> Files {
        let letter = |dice: &mut Self| dice.one(&[';', '\t', '\'', '|', '\\', ' ', '\u{202e}', '§']);
        Files {
            format: self.maybe_word(FileFormat::ALL, FileFormat::from_name),
            compression: self.word(Compression::ALL, Compression::from_name),
            delimiter: self.maybe(letter),
            quote: self.maybe(|dice| dice.right(&["", "'", "\""])),
            escape: self.maybe(letter),
            header: self.maybe(Self::is),
            encoding: self.text(),
            line_ending: self.word(LineEnding::ALL, LineEnding::from_name),
            missing_values: self.several(3, Self::scalar),
        }
    }

    fn deprecation(&mut self) -> Deprecation {
        Deprecation { since: self.text(), sunset_on: self.day(), replaced_by: self.text() }
    }
}

/// The first of those with one name.
fn first_of_each<T>(entries: Vec<(String, T)>) -> Vec<(String, T)> {
    let mut seen = std::collections::HashSet::new();
    entries.into_iter().filter(|(name, _)| seen.insert(name.clone())).collect()
}

/// A model says less than a contract.
fn as_model(contract: &mut Contract) {
    contract.id = None;
    contract.tenant = None;
    contract.compatibility = None;
    contract.access = None;
    contract.subscribers = Vec::new();
    contract.obligations = Obligations::default();
    contract.terms = None;
    contract.price = None;
    contract.lifecycle = Lifecycle::default();
    contract.alerts = Vec::new();
    contract.scoring = Scoring::default();
}
