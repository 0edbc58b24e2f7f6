//! The graph as a Mermaid entity relationship diagram (<https://mermaid.js.org/syntax/entityRelationshipDiagram.html>).
//! What is written reads in Mermaid 10.9.5 and later; `tests/mermaid` checks that with Mermaid itself.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::escape::{attribute_name, attribute_type, quoted, slug};
use super::{Attribute, Count, Entity, Graph, Relation};

/// How much of the fields is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// No field.
    None,
    /// Fields of primary and foreign keys, and unique ones.
    Keys,
    /// Every field.
    All,
}

impl Detail {
    /// The name on the command line and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Keys => "keys",
            Self::All => "all",
        }
    }

    /// Whether a field is drawn.
    pub(super) fn shows(self, attribute: &Attribute<'_>) -> bool {
        match self {
            Self::None => false,
            Self::Keys => !attribute.keys.is_empty(),
            Self::All => true,
        }
    }
}

/// How large a diagram may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many datasets.
    pub entities: usize,
    /// How many characters, counted as Mermaid does: in UTF-16 code units.
    pub characters: usize,
}

impl Default for Limits {
    /// Mermaid shows an error in place of diagrams over 50,000 characters (`maxTextSize`, which pages can't raise for
    /// themselves); and nobody can read a drawing of more than some forty datasets.
    fn default() -> Self {
        Self { entities: 40, characters: 45_000 }
    }
}

/// A diagram within its limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The text.
    pub text: String,
    /// What is drawn of the fields.
    pub detail: Detail,
}

/// Why there is no diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooLarge {
    /// So many datasets.
    Entities(usize),
    /// So many characters with the least detail that was allowed.
    Characters(usize, Detail),
}

/// The diagram of a graph. Without a `detail` every field is drawn if that fits, else the keys.
///
/// # Errors
///
/// It does not fit the limits. Nothing is ever left out beyond what `detail` says.
pub fn mermaid(graph: &Graph<'_>, detail: Option<Detail>, limits: Limits) -> Result<Drawn, TooLarge> {
    if graph.entities.len() > limits.entities {
        return Err(TooLarge::Entities(graph.entities.len()));
    }
    let first = detail.unwrap_or(Detail::All);
    let text = draw(graph, first);
    let size = characters(&text);
    if size <= limits.characters {
        return Ok(Drawn { text, detail: first });
    }
    if detail.is_some() {
        return Err(TooLarge::Characters(size, first));
    }
    let text = draw(graph, Detail::Keys);
    let size = characters(&text);
    if size <= limits.characters {
        Ok(Drawn { text, detail: Detail::Keys })
    } else {
        Err(TooLarge::Characters(size, Detail::Keys))
    }
}

fn characters(text: &str) -> usize {
    text.encode_utf16().count()
}

fn draw(graph: &Graph<'_>, detail: Detail) -> String {
    let ids = ids(graph);
    let mut text = String::from("erDiagram\n");
    for (entity, id) in graph.entities.iter().zip(&ids) {
        block(&mut text, entity, id, detail);
    }
    for relation in &graph.relations {
        if let (Some(from), Some(to)) = (ids.get(relation.from), ids.get(relation.to)) {
            let label = quoted(&relation.from_fields.join(", "));
            let _ = writeln!(text, "  {from} {} {to} : \"{label}\"", line(relation));
        }
    }
    text
}

/// An id for each dataset: never a name as it is, since some names are words of the language.
fn ids(graph: &Graph<'_>) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut free = |entity: &Entity<'_>| {
        let id = slug(&entity.name);
        let numbered = (2..).map(|number: u64| format!("{id}_{number}"));
        let mut candidates = std::iter::once(id.clone()).chain(numbered);
        let free = candidates.find(|id| !taken.contains(id)).unwrap_or_default();
        taken.insert(free.clone());
        free
    };
    graph.entities.iter().map(&mut free).collect()
}

fn block(text: &mut String, entity: &Entity<'_>, id: &str, detail: Detail) {
    let _ = write!(text, "  {id}[\"{}\"]", quoted(&entity.name));
    let mut shown = entity.attributes.iter().filter(|attribute| detail.shows(attribute)).peekable();
    if shown.peek().is_none() {
        text.push('\n');
        return;
    }
    text.push_str(" {\n");
    for attribute in shown {
        let name = attribute_name(&attribute.path);
        let _ = write!(text, "    {} {name}", attribute_type(&attribute.field.type_text()));
        let keys: Vec<&str> = attribute.keys.iter().map(|key| key.name()).collect();
        if !keys.is_empty() {
            let _ = write!(text, " {}", keys.join(", "));
        }
        if let Some(comment) = comment(attribute, &name) {
            let _ = write!(text, " \"{}\"", quoted(&comment));
        }
        text.push('\n');
    }
    text.push_str("  }\n");
}

/// The most characters of a comment.
const COMMENT: usize = 80;

/// The name, where it could not be written as it is, whether it is personal data, and the description.
fn comment(attribute: &Attribute<'_>, name: &str) -> Option<String> {
    let original = (attribute.path != name).then_some(attribute.path.as_str());
    let pii = attribute.field.is_pii.then_some("PII");
    let parts: Vec<&str> = [original, pii, attribute.field.description.as_deref()].into_iter().flatten().collect();
    if parts.is_empty() {
        return None;
    }
    let full = parts.join(" - ");
    let mut cut: String = full.chars().take(COMMENT).collect();
    if full.chars().nth(COMMENT).is_some() {
        cut.pop();
        cut.push('…');
    }
    Some(cut)
}

/// The line with its ends: solid where the reference identifies, dashed where it does not.
fn line(relation: &Relation) -> String {
    let left = match relation.from_count {
        Count::ExactlyOne => "||",
        Count::ZeroOrOne => "|o",
        Count::OneOrMore => "}|",
        Count::ZeroOrMore => "}o",
    };
    let right = match relation.to_count {
        Count::ExactlyOne => "||",
        Count::ZeroOrOne => "o|",
        Count::OneOrMore => "|{",
        Count::ZeroOrMore => "o{",
    };
    format!("{left}{}{right}", if relation.identifying { "--" } else { ".." })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::super::tests::{CARRIERS, CUSTOMERS, ORDERS, registry};
    use super::*;
    use crate::model::{Field, ForeignKey, Registry};

    fn drawn(registry: &Registry, detail: Detail) -> String {
        mermaid(&Graph::new(registry), Some(detail), Limits::default()).unwrap().text
    }

    #[test]
    fn the_diagram_of_a_small_shop() {
        let registry = registry(&[ORDERS, CUSTOMERS, CARRIERS]);
        let expected = "\
erDiagram
  e_carriers[\"carriers\"] {
    string code PK
  }
  e_customers[\"customers\"] {
    integer id PK
    string account FK
    string group FK
    string shop FK
  }
  e_orders_lines[\"orders.lines\"] {
    integer order PK, FK
    integer position PK
  }
  e_orders_orders[\"orders.orders\"] {
    integer id PK
    integer customer FK
    integer replaces FK, UK
  }
  e_orders_parcels[\"orders.parcels\"] {
    integer id PK
    integer order FK
    integer position FK
    string carriers___code FK \"carriers#91;#93;.code\"
    string city FK
  }
  e_orders_lines }o--|| e_orders_orders : \"order\"
  e_orders_orders }o..|| e_customers : \"customer\"
  e_orders_orders |o..o| e_orders_orders : \"replaces\"
  e_orders_parcels }o..o{ e_carriers : \"carriers#91;#93;.code\"
  e_orders_parcels }o..|{ e_customers : \"city\"
  e_orders_parcels }o..o| e_orders_lines : \"order, position\"
";
        assert_eq!(drawn(&registry, Detail::Keys), expected);
    }

    #[test]
    fn without_fields_there_are_no_blocks() {
        let text = drawn(&registry(&[CARRIERS]), Detail::None);
        assert_eq!(text, "erDiagram\n  e_carriers[\"carriers\"]\n");
    }

    #[test]
    fn names_that_give_the_same_id_stay_apart() {
        let named = |name: &str| format!("name: {name}\nversion: 1.0.0\nschema:\n- {{name: x, data_type: string}}\n");
        let texts = ["a.b", "a_b", "a_b_2"].map(named);
        let registry = registry(&texts.each_ref().map(String::as_str));
        let text = drawn(&registry, Detail::None);
        assert_eq!(text, "erDiagram\n  e_a_b[\"a.b\"]\n  e_a_b_2[\"a_b\"]\n  e_a_b_2_2[\"a_b_2\"]\n");
    }

    #[test]
    fn comments_are_cut_before_they_are_escaped() {
        let text = format!(
            "name: a\nversion: 1.0.0\nschema:\n- {{name: x.y, data_type: string, is_pii: true, description: '{}'}}\n",
            "\"".repeat(200)
        );
        let registry = registry(&[&text.replace("x.y", "pk")]);
        let text = drawn(&registry, Detail::All);
        let line = text.lines().nth(2).unwrap();
        assert!(line.starts_with("    string _pk \"pk - PII - #34;#34;"), "{line}");
        assert!(line.ends_with("#34;…\""), "{line}");
        assert_eq!(line.matches("#34;").count(), 79 - "pk - PII - ".len());
    }

    #[test]
    fn what_does_not_fit_is_an_error_and_never_a_part() {
        let registry = registry(&[ORDERS, CUSTOMERS, CARRIERS]);
        let graph = Graph::new(&registry);
        let within = |entities, characters| Limits { entities, characters };
        let keys = characters(&draw(&graph, Detail::Keys));
        let all = characters(&draw(&graph, Detail::All));
        assert!(keys < all);
        assert_eq!(mermaid(&graph, None, within(5, all)).unwrap().detail, Detail::All);
        assert_eq!(mermaid(&graph, None, within(5, all - 1)).unwrap().detail, Detail::Keys);
        assert_eq!(mermaid(&graph, None, within(5, keys - 1)), Err(TooLarge::Characters(keys, Detail::Keys)));
        assert_eq!(mermaid(&graph, None, within(4, all)), Err(TooLarge::Entities(5)));
        let forced = mermaid(&graph, Some(Detail::All), within(5, all - 1));
        assert_eq!(forced, Err(TooLarge::Characters(all, Detail::All)));
    }

    /// The lines that the grammar knows, as the rules for emitting them say.
    fn grammar() -> Regex {
        let text = r#""(?:[A-Za-z0-9 ,.()/'+=?!@_-]|[^\x00-\x7f]|#[0-9]+;)+""#;
        let word = r"[A-Za-z_][A-Za-z0-9_-]*";
        let kind = r"[A-Za-z][A-Za-z0-9_()\[\]-]*";
        let keys = "(?:PK|FK|UK)(?:, (?:PK|FK|UK))*";
        let entity = format!(r"  e_[A-Za-z0-9_]*\[{text}\](?: \{{)?");
        let attribute = format!("    {kind} {word}(?: {keys})?(?: {text})?");
        let ends = r"(?:\|\||\|o|\}o|\}\|)(?:--|\.\.)(?:\|\||o\||o\{|\|\{)";
        let relation = format!("  e_[A-Za-z0-9_]* {ends} e_[A-Za-z0-9_]* : {text}");
        Regex::new(&format!(r"^(?:erDiagram|{entity}|{attribute}|  \}}|{relation})$")).unwrap()
    }

    fn hostile() -> impl Strategy<Value = String> {
        let words = [
            "direction LR",
            "pk",
            "FK-",
            "\"",
            "{",
            "}",
            "\n",
            "#34;",
            "ﬂ°",
            "%%",
            "_",
            "~",
            "]",
            ":",
            "é",
            "\u{202e}",
        ];
        prop_oneof![
            any::<String>(),
            proptest::collection::vec(proptest::sample::select(words.to_vec()), 0..6).prop_map(|all| all.concat())
        ]
    }

    proptest! {
        #[test]
        fn every_line_is_one_of_the_grammar(
            contract in hostile(), dataset in hostile(), field in hostile(), description in hostile(), unit in any::<u32>(),
        ) {
            let mut registry = registry(&[ORDERS, CUSTOMERS]);
            let first = std::sync::Arc::make_mut(&mut registry.contracts[0]);
            first.name = contract;
            let set = &mut first.datasets[2];
            set.name = dataset;
            let mut hostile = Field::new(field.clone(), crate::model::DataType::Decimal);
            hostile.description = Some(description);
            hostile.precision = Some(unit);
            hostile.nullable = false;
            hostile.is_primary_key = unit % 2 == 0;
            hostile.is_pii = unit % 3 == 0;
            set.fields.push(hostile);
            set.foreign_keys.push(ForeignKey {
                fields: vec![field],
                references: "customers".to_owned(),
                referenced_fields: vec!["id".to_owned()],
                ..ForeignKey::default()
            });
            let graph = Graph::new(&registry);
            let grammar = grammar();
            for detail in [Detail::All, Detail::Keys, Detail::None] {
                let text = draw(&graph, detail);
                for line in text.lines() {
                    prop_assert!(grammar.is_match(line), "{line:?}");
                }
                let relations = text.lines().filter(|line| line.contains(" : \"")).count();
                prop_assert_eq!(relations, graph.relations.len());
                prop_assert_eq!(text.lines().filter(|line| line.starts_with("  e_") && line.contains("[\"")).count(), 4);
            }
        }
    }
}
