//! Lists of allowed values.

use crate::diff::catalog::catalog;

catalog! { ENUMS:
    ENUM_VALUE_ADDED "enum-value-added" 'G' Major Minor Possible ["subscribers"]
        "a list of values has more"
        "Exhaustive matches, checks and dimension tables fall over.";
    ENUM_VALUE_REMOVED "enum-value-removed" 'G' Minor Major Certain []
        "a list of values has fewer"
        "The value just stops coming. History may still hold it: readers of history keep the branch.";
    ENUM_VALUE_CASE_CHANGED "enum-value-case-changed" 'G' Major Major Certain []
        "the letter case of a value"
        "Comparing texts fails.";
    ENUM_ADDED "enum-added" 'G' Minor Major Certain []
        "values are listed now"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    ENUM_DROPPED "enum-dropped" 'G' Major Minor Certain []
        "values are listed no longer"
        "More is allowed than readers were promised.";
    ENUM_REORDERED "enum-reordered" 'G' Patch Patch Certain []
        "the order of a list of values"
        "The same values are allowed. Whoever stores their positions has to look.";
}
