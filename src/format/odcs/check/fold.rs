//! The same mistake many times in one file is one finding: at its first place, with the number of the others and the next
//! few of them.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::source::Problem;
use crate::source::fix::Fix;

/// So many further places are shown.
const SHOWN: usize = 4;

/// Folds problems that say the same, which come in the order of the file.
pub(super) fn fold(mut problems: Vec<Problem>) -> Vec<Problem> {
    for problem in &mut problems {
        problem.also.truncate(SHOWN);
    }
    if problems.len() < 2 {
        return problems;
    }
    let mut first: HashMap<(&'static str, String, Option<String>), usize> = HashMap::with_capacity(problems.len());
    let mut folded: Vec<(Problem, usize)> = Vec::new();
    for problem in problems {
        let said = (problem.code, problem.message.clone(), problem.help.clone());
        if let Some((known, more)) = first.get(&said).and_then(|index| folded.get_mut(*index)) {
            *more += 1 + problem.also.len();
            if known.also.len() < SHOWN {
                known.also.push(problem.span);
            }
            known.fix = both(known.fix.take(), problem.fix);
        } else {
            first.insert(said, folded.len());
            folded.push((problem, 0));
        }
    }
    let told = folded.into_iter().map(|(mut problem, more)| {
        match more {
            0 => {}
            1 => problem.message.push_str(", here and at one more place"),
            _ => {
                let _ = write!(problem.message, ", here and at {more} more places");
            }
        }
        problem
    });
    told.collect()
}

/// One fix for two places. What can be mended in one of them only is not mended at all: the finding would stay.
fn both(one: Option<Box<Fix>>, other: Option<Box<Fix>>) -> Option<Box<Fix>> {
    let (mut fix, other) = (one?, other?);
    fix.edits.extend(other.edits);
    fix.is_safe &= other.is_safe;
    Some(fix)
}
