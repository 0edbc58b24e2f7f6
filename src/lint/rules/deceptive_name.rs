use crate::finding::{Edit, Finding, Fix, Group, Label, Place, RuleMeta, Severity};
use crate::lint::{Check, Context, FieldAt, Rule};
use crate::model::{Contract, Literal, Path};
use crate::source::words::quoted;

pub(super) const RULE: Rule = Rule {
    meta: RuleMeta {
        code: "deceptive-name",
        group: Group::Structure,
        severity: Severity::Warning,
        by_default: true,
        summary: "A name has characters that nobody sees, or that look like others.",
        page: include_str!("deceptive_name.md"),
    },
    checks: &[Check::Contract(dataset), Check::Field(field)],
};

fn dataset(contract: &Contract, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for dataset in &contract.datasets {
        look(&dataset.name, || Label::at(contract.source, Path::dataset(&dataset.name).key("name")), findings);
    }
}

fn field(at: &FieldAt<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    look(&at.field.name, || at.label_of("name"), findings);
}

fn look(name: &str, label: impl FnOnce() -> Label, findings: &mut Vec<Finding>) {
    if name.is_ascii() && name.trim() == name && !name.bytes().any(|byte| byte.is_ascii_control()) {
        return;
    }
    let plain: String = name.chars().filter(|letter| !is_hidden(*letter)).collect();
    let plain = plain.trim();
    let label = label();
    if plain != name {
        let odd = name.chars().find(|letter| is_hidden(*letter)).map_or_else(
            || "a blank at its beginning or end".to_owned(),
            |letter| format!("a character that nobody sees, U+{:04X}", u32::from(letter)),
        );
        let message = format!("the name {} has {odd}", quoted(plain));
        let help = "write it without: queries that are typed by hand don't find it";
        let finding = Finding::new(&RULE.meta, label.clone(), message).help(help);
        let Place::Element(path) = label.place else { return };
        let new = Edit::Value(Place::Element(path), Literal::Text(plain.to_owned()));
        findings.push(if plain.is_empty() {
            finding
        } else {
            finding.fix(Fix::guess(format!("rename it to {}", quoted(plain)), vec![new]))
        });
        return;
    }
    let has_latin = name.bytes().any(|byte| byte.is_ascii_alphabetic());
    if let Some(letter) = name.chars().find(|letter| has_latin && is_lookalike(*letter)) {
        let message = format!(
            "the name {} mixes scripts: its `{letter}` is U+{:04X}, and looks like a Latin letter",
            quoted(name),
            u32::from(letter)
        );
        let help = "write all of it in one script: queries that are typed by hand don't find it";
        findings.push(Finding::new(&RULE.meta, label, message).help(help));
    }
}

/// Whether nothing is to be seen of a character, or it turns others around.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || (letter.is_whitespace() && letter != ' ')
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a letter of Greek or Cyrillic looks like a Latin one.
fn is_lookalike(letter: char) -> bool {
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυАВЕЅІЈКМНОРСТУХаеорсухіјѕԁԛԝһ".contains(letter)
}
