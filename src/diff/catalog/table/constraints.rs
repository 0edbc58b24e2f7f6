//! Constraints on values.

use crate::diff::catalog::catalog;

catalog! { CONSTRAINTS:
    MINIMUM_ADDED "minimum-added" 'F' Minor Major Certain []
        "a least value"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    MINIMUM_REMOVED "minimum-removed" 'F' Major Minor Certain []
        "no least value any more"
        "Values may come that were promised never to come.";
    MINIMUM_RAISED "minimum-raised" 'F' Minor Major Certain []
        "a higher least value"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    MINIMUM_LOWERED "minimum-lowered" 'F' Major Minor Certain []
        "a lower least value"
        "Smaller values may come, negative ones for instance.";
    MAXIMUM_ADDED "maximum-added" 'F' Minor Major Certain []
        "a greatest value"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    MAXIMUM_REMOVED "maximum-removed" 'F' Major Minor Certain []
        "no greatest value any more"
        "More is allowed than readers were promised.";
    MAXIMUM_LOWERED "maximum-lowered" 'F' Minor Major Certain []
        "a lower greatest value"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    MAXIMUM_RAISED "maximum-raised" 'F' Major Minor Certain []
        "a higher greatest value"
        "Larger values may come: fixed-width targets overflow.";
    BOUND_EXCLUSIVITY_CHANGED "bound-exclusivity-changed" 'F' Computed Computed Certain []
        "whether a bound itself is allowed"
        "What counts is which values are allowed, not the keyword: for whole numbers above 0 and from 1 on are the same.";
    MIN_LENGTH_RAISED "min-length-raised" 'F' Minor Major Certain []
        "a greater least length, or the first one"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    MIN_LENGTH_LOWERED "min-length-lowered" 'F' Major Minor Certain []
        "a smaller least length, or none any more"
        "Shorter values may come; the empty text is the usual victim.";
    MAX_LENGTH_LOWERED "max-length-lowered" 'F' Minor Major Certain []
        "a smaller greatest length, or the first one"
        "Shorter values only: a stronger promise to readers, a heavier one for writers.";
    MAX_LENGTH_RAISED "max-length-raised" 'F' Major Minor Possible []
        "a greater greatest length, or none any more"
        "Longer values may come: fixed-width targets cut them off.";
    PATTERN_ADDED "pattern-added" 'F' Minor Major Certain []
        "a pattern is new"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    PATTERN_REMOVED "pattern-removed" 'F' Major Minor Certain []
        "a pattern is gone"
        "More is allowed than readers were promised.";
    PATTERN_NARROWED "pattern-narrowed" 'F' Minor Major Certain []
        "a pattern that matches fewer texts"
        "Every text that matches now matched before: a stronger promise to readers, a heavier one for writers.";
    PATTERN_WIDENED "pattern-widened" 'F' Major Minor Certain []
        "a pattern that matches more texts"
        "Texts may come that did not match before.";
    PATTERN_CHANGED "pattern-changed" 'F' Major Major Possible []
        "another pattern"
        "Neither pattern contains the other, or nobody can tell: both parties may be hit.";
    FORMAT_ADDED "format-added" 'F' Minor Major Certain []
        "a format is new"
        "Fewer texts are allowed.";
    FORMAT_REMOVED "format-removed" 'F' Major Minor Certain []
        "a format is gone"
        "More is allowed than readers were promised.";
    FORMAT_CHANGED "format-changed" 'F' Major Major Certain []
        "another format"
        "Texts that were of the promised form may be of another now.";
    MULTIPLE_OF_TIGHTENED "multiple-of-tightened" 'F' Minor Major Certain []
        "coarser steps, or the first ones"
        "Fewer values are allowed.";
    MULTIPLE_OF_LOOSENED "multiple-of-loosened" 'F' Major Minor Certain []
        "finer steps, or none any more"
        "Finer values appear.";
    MULTIPLE_OF_CHANGED "multiple-of-changed" 'F' Major Major Certain []
        "other steps"
        "Neither contains the other.";
    CONST_ADDED "const-added" 'F' Minor Major Certain []
        "one value is the only one allowed"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    CONST_REMOVED "const-removed" 'F' Major Minor Certain []
        "values other than the only one are allowed"
        "More is allowed than readers were promised.";
    CONST_CHANGED "const-changed" 'F' Major Major Certain []
        "another value is the only one allowed"
        "What was right is wrong now, and what was wrong is right.";
    MIN_ITEMS_RAISED "min-items-raised" 'F' Minor Major Certain []
        "more items at least"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    MIN_ITEMS_LOWERED "min-items-lowered" 'F' Major Minor Certain []
        "fewer items at least"
        "\"First element\" readers break on empty arrays.";
    MAX_ITEMS_LOWERED "max-items-lowered" 'F' Minor Major Certain []
        "fewer items at most"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    MAX_ITEMS_RAISED "max-items-raised" 'F' Major Minor Certain []
        "more items at most"
        "More is allowed than readers were promised.";
    UNIQUE_ITEMS_ADDED "unique-items-added" 'F' Minor Major Certain []
        "no item may be there twice"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    UNIQUE_ITEMS_REMOVED "unique-items-removed" 'F' Major Minor Certain []
        "an item may be there twice"
        "Readers that count items, or key by them, meet duplicates.";
    MIN_PROPERTIES_CHANGED "min-properties-changed" 'F' Computed Computed Certain []
        "how many keys a map has at least"
        "More keys at least is a stronger promise, fewer a weaker one.";
    MAX_PROPERTIES_CHANGED "max-properties-changed" 'F' Computed Computed Certain []
        "how many keys a map has at most"
        "Fewer keys at most is a stronger promise, more a weaker one.";
    EXPRESSION_ADDED "expression-added" 'F' Minor Major Certain []
        "an expression on rows is new"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    EXPRESSION_REMOVED "expression-removed" 'F' Major Minor Certain []
        "an expression on rows is gone"
        "More is allowed than readers were promised.";
    EXPRESSION_CHANGED "expression-changed" 'F' Major Major Review []
        "another expression on rows"
        "Whether one expression contains the other can not be decided: somebody has to look.";
    CONDITION_SCOPE_WIDENED "condition-scope-widened" 'F' Minor Major Review []
        "a constraint holds for more rows"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    CONDITION_SCOPE_NARROWED "condition-scope-narrowed" 'F' Major Minor Review []
        "a constraint holds for fewer rows"
        "Rows that had to keep it need not any more.";
    CONSTRAINT_ENFORCEMENT_WEAKENED "constraint-enforcement-weakened" 'F' Major Minor Certain []
        "a constraint is declared only, and no longer enforced"
        "The same words, no longer backed: rows that break it can be there.";
    CONSTRAINT_ENFORCEMENT_STRENGTHENED "constraint-enforcement-strengthened" 'F' Minor Major Certain []
        "a constraint is enforced, and not declared only"
        "Backed now: rows that break it are refused.";
}
