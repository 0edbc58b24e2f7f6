//! Which rules a run follows, as the command line says it.

use crate::cli::error::Error;
use crate::finding::policy::{Codes, Selection, Selector};
use crate::source::words::quoted;

/// Rules to follow in this run.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Rules")]
pub(super) struct Selecting {
    /// Follow these rules and no others: `all`, groups, codes, or how codes begin
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    select: Vec<String>,
    /// Follow these rules as well
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    extend_select: Vec<String>,
    /// Don't follow these rules
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    ignore: Vec<String>,
}

impl Selecting {
    /// The rules by their names.
    ///
    /// # Errors
    ///
    /// A name that means no rule.
    pub(super) fn selection(&self, codes: &Codes) -> Result<Selection, Error> {
        let read = |option: &str, words: &[String], meaning: fn(&Codes, &str) -> Result<Selector, String>| {
            let one = |word: &String| {
                let wrong = |help: String| Error::new(format!("`{option}` can't be {}", quoted(word))).hint(help);
                meaning(codes, word.trim()).map_err(wrong)
            };
            words.iter().map(one).collect::<Result<Vec<Selector>, Error>>()
        };
        let select = read("--select", &self.select, Codes::selector)?;
        Ok(Selection {
            select: Some(select).filter(|select| !select.is_empty()),
            extend_select: read("--extend-select", &self.extend_select, Codes::selector)?,
            ignore: read("--ignore", &self.ignore, Codes::to_silence)?,
            levels: Vec::new(),
        })
    }
}
