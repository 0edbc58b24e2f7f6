//! The dictionary as tables on a terminal.

use std::fmt::Write as _;

use anstyle::{Effects, Style};
use comfy_table::presets::NOTHING;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width};

use super::cells::{described, guarded, keys, typed};
use super::{Dictionary, Section};
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
        let _ = writeln!(text, "{bold}{}{bold:#}{}", sanitize::line(&title(section)), facts(section.contract));
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
    let facts = [Some(contract.version.to_string()), Some(contract.status.name().to_owned()), model, team];
    facts.into_iter().flatten().fold(String::new(), |text, fact| text + "  " + &sanitize::line(&fact))
}

fn rows(section: &Section<'_>, width: usize) -> String {
    let mut table = Table::new();
    let width = u16::try_from(width).unwrap_or(u16::MAX);
    table.load_style(NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    table.set_header(["FIELD", "TYPE", "NULL", "KEY", "GUARDED", "USED BY", "DESCRIPTION"]);
    for entry in &section.entries {
        let cells = [
            entry.path.clone(),
            typed(entry),
            if entry.field.nullable { "" } else { "no" }.to_owned(),
            keys(entry),
            guarded(entry),
            entry.users.join(", "),
            described(entry),
        ];
        table.add_row(cells.map(|cell| sanitize::line(&cell)));
    }
    for (column, constraint) in [(0, ColumnConstraint::ContentWidth), (2, ColumnConstraint::ContentWidth)] {
        if let Some(column) = table.column_mut(column) {
            column.set_constraint(constraint);
        }
    }
    // Long names must not push everything else off the screen.
    let longest = section.entries.iter().map(|entry| entry.path.len()).max().unwrap_or_default();
    if let Some(column) = table.column_mut(0).filter(|_| longest > usize::from(width) / 3) {
        column.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(width / 3)));
    }
    table.lines().fold(String::new(), |text, line| text + line.trim_end() + "\n")
}
