//! The dictionary as tables on a terminal.

use std::fmt::Write as _;

use anstyle::{Effects, Style};
use comfy_table::presets::NOTHING;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width};

use super::cells::{described, guarded, keys, typed};
use super::{Dictionary, Entry, Section};
use crate::model::{Contract, ContractKind};
use crate::report::sanitize;

/// A table for each dataset below a line about its contract. `width` is that of the terminal, in columns.
pub fn table(dictionary: &Dictionary<'_>, width: usize) -> String {
    let mut text = String::new();
    for section in &dictionary.sections {
        if !text.is_empty() {
            text.push('\n');
        }
        let bold = Style::new().effects(Effects::BOLD);
        let deprecated = if section.dataset.deprecated.is_some() { "  deprecated" } else { "" };
        let facts = facts(section.contract);
        let _ = writeln!(text, "{bold}{}{bold:#}{facts}{deprecated}", sanitize::line(&title(section)));
        text.push_str(&rows(section, width));
    }
    text
}

/// The name of the dataset as others refer to it.
fn title(section: &Section<'_>) -> String {
    if section.contract.short_form {
        section.contract.name.clone()
    } else {
        format!("{}.{}", section.contract.name, section.dataset.name)
    }
}

fn facts(contract: &Contract) -> String {
    let publisher = &contract.publisher;
    let model = (contract.kind == ContractKind::Model).then(|| "internal model".to_owned());
    let team = match (&publisher.team, &publisher.owner) {
        (Some(team), Some(owner)) => Some(format!("{team} ({owner})")),
        (team, owner) => team.as_ref().or(owner.as_ref()).cloned(),
    };
    let facts = [Some(contract.version_text()), Some(contract.status.name().to_owned()), model, team];
    facts.into_iter().flatten().fold(String::new(), |text, fact| text + "  " + &sanitize::line(&fact))
}

const HEADER: [&str; 7] = ["FIELD", "TYPE", "NULL", "KEY", "GUARDED", "USED BY", "DESCRIPTION"];

/// What the columns that break well are given at least, if there is as much in them: narrower lines are hard to read.
/// Names and types don't break.
fn breaks_at(column: &str) -> Option<usize> {
    match column {
        "USED BY" => Some(12),
        "DESCRIPTION" => Some(24),
        _ => None,
    }
}

fn rows(section: &Section<'_>, width: usize) -> String {
    let cells: Vec<[String; 7]> = section.entries.iter().map(cells).collect();
    // A column without anything in it only takes room from the others.
    let used: Vec<usize> = (0..HEADER.len()).filter(|at| cells.iter().any(|row| !row[*at].is_empty())).collect();
    let mut table = empty(width);
    table.set_header(used.iter().map(|at| HEADER[*at]));
    for row in &cells {
        table.add_row(used.iter().map(|at| row[*at].as_str()));
    }
    let widest = table.column_max_content_widths();
    let mut least = 0;
    for (index, (at, widest)) in used.iter().zip(widest).enumerate() {
        let widest = usize::from(widest);
        // No name may push everything else off the screen.
        let most = width / 3;
        let (needed, constraint) = match breaks_at(HEADER[*at]) {
            Some(least) => (widest.min(least), None),
            None if widest <= most => (widest, Some(ColumnConstraint::ContentWidth)),
            None => (most, Some(ColumnConstraint::UpperBoundary(fixed(most)))),
        };
        // A space stands on either side.
        least += needed + 2;
        if let Some((column, constraint)) = table.column_mut(index).zip(constraint) {
            column.set_constraint(constraint);
        }
    }
    if least <= width { lines(&table) } else { stacked(&cells, width) }
}

/// Two columns, for a terminal that is too narrow for all of them: the field, and what is said of it, a line for each.
fn stacked(cells: &[[String; 7]], width: usize) -> String {
    let mut table = empty(width);
    for [field, typed, null, keys, guarded, users, described] in cells {
        let null = if null.is_empty() { "" } else { "not null" };
        let facts = [typed.as_str(), null, keys, guarded].into_iter().filter(|fact| !fact.is_empty());
        let users = if users.is_empty() { String::new() } else { format!("used by {users}") };
        let said = [facts.collect::<Vec<_>>().join(", "), users, described.clone()];
        let said: Vec<String> = said.into_iter().filter(|line| !line.is_empty()).collect();
        table.add_row([field.as_str(), &said.join("\n")]);
    }
    if let Some(column) = table.column_mut(0) {
        column.set_constraint(ColumnConstraint::UpperBoundary(fixed(width / 3)));
    }
    lines(&table)
}

fn empty(width: usize) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    table
}

fn fixed(width: usize) -> Width {
    Width::Fixed(u16::try_from(width).unwrap_or(u16::MAX))
}

fn lines(table: &Table) -> String {
    table.lines().fold(String::new(), |text, line| text + line.trim_end() + "\n")
}

fn cells(entry: &Entry<'_>) -> [String; 7] {
    let cells = [
        entry.path.clone(),
        typed(entry),
        if entry.field.nullable { "" } else { "no" }.to_owned(),
        keys(entry),
        guarded(entry),
        entry.users.join(", "),
        described(entry),
    ];
    cells.map(|cell| sanitize::line(&cell))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::dictionary::Filter;
    use crate::view::erd::tests::registry;

    const WIDE: &str = "name: customers\nversion: 1.0.0\nschema:\n\
         - {name: registered_email, data_type: string, nullable: false, unique: true, is_pii: true,\n   \
         classification: confidential, description: Where letters go that nobody may lose.}\n\
         - {name: id, data_type: integer}\n\
         subscribers:\n- {team: marketing, fields_used: [registered_email]}\n";

    fn shown(width: usize) -> String {
        table(&Dictionary::new(&registry(&[WIDE]), &Filter::default()), width)
    }

    #[test]
    fn nothing_is_broken_where_there_is_room() {
        let text = shown(110);
        assert!(
            text.contains(" FIELD             TYPE     NULL  KEY  GUARDED            USED BY    DESCRIPTION\n"),
            "{text}"
        );
        assert!(text.contains(" PII, confidential  marketing  Where letters go that nobody"), "{text}");
    }

    #[test]
    fn what_guards_a_field_is_told() {
        let text = "name: a\nversion: 1.0.0\nschema:\n- {name: iban, data_type: string, is_pii: true, classification: secret,\n   \
             privacy: {category: [financial, work], masking: sha256}}\n- {name: b, data_type: string}\n";
        let registry = registry(&[text]);
        let shown = table(&Dictionary::new(&registry, &Filter::default()), 150);
        assert!(shown.contains("  PII (financial, work), secret, masked: sha256"), "{shown}");
    }

    #[test]
    fn a_narrow_terminal_has_two_columns() {
        let text = shown(60);
        let expected = "
 registered_email  string, not null, UK, PII, confidential
                   used by marketing
                   Where letters go that nobody may lose.
 id                integer
";
        assert!(text.ends_with(expected), "{text}");
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for width in 40..=120 {
            let text = shown(width);
            let widest = text.lines().skip(1).map(|line| line.chars().count()).max();
            assert!(widest <= Some(width), "{width}\n{text}");
        }
    }
}
