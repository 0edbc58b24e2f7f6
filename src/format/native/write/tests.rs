//! What is written is read as the same contract.

use proptest::prelude::*;

use super::write;
use crate::format::{Content, Document, read};
use crate::model::samples::{contracts, wild_contracts};
use crate::model::{Contract, SourceId};
use crate::source::SourceFile;

fn document(text: &str) -> Document {
    read(SourceId(0), SourceFile::new("orders.yaml", text))
}

fn contract(text: &str) -> Contract {
    match document(text) {
        Document { content: Some(Content::Contract(contract)), problems, .. } if problems.is_empty() => {
            (*contract).clone()
        }
        other => panic!("no contract: {:#?}\n{text}", other.problems),
    }
}

/// The settings of sources have no order.
fn in_order(mut contract: Contract) -> Contract {
    for source in &mut contract.sources {
        source.settings.sort_by(|one, other| one.0.cmp(&other.0));
    }
    contract
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_is_written_is_read_as_the_same(it in contracts()) {
        let written = write(&it);
        prop_assert_eq!(&written.notes, &[], "{}", written.text);
        let back = in_order(contract(&written.text));
        prop_assert_eq!(back, in_order(it), "{}", written.text);
    }

    #[test]
    fn anything_is_written_in_a_form_that_is_read_without_a_problem(it in wild_contracts()) {
        let written = write(&it);
        let back = contract(&written.text);
        // What is there now needs no more rewording.
        let again = write(&back);
        prop_assert_eq!(&again.notes, &[], "{}", written.text);
        prop_assert_eq!(again.text, written.text);
    }
}
