//! Lists of allowed values.

use crate::diff::catalog::catalog;

catalog! { ENUMS:
    ENUM_VALUE_ADDED "enum-value-added" 'G' Major Minor Possible ["subscribers"]
        "a list of values has more"
        "Exhaustive matches, checks and dimension tables fall over.";
    ENUM_VALUE_ADDED_OPEN "enum-value-added-open" 'G' Minor Minor Certain []
        "an open list of values, or one with a fallback, has more"
        "Readers were told to expect values that they do not know.";
    ENUM_VALUE_REMOVED "enum-value-removed" 'G' Minor Major Certain []
        "a list of values has fewer"
        "The value just stops coming. History may still hold it: readers of history keep the branch.";
    ENUM_VALUE_RENAMED "enum-value-renamed" 'G' Major Major Certain ["subscribers"]
        "a value is written in another way"
        "It has the same id or label as the old one. Filters on what was written return nothing.";
    ENUM_VALUE_REMAPPED "enum-value-remapped" 'G' Major Major Review ["semantics"]
        "a value stands for another thing"
        "It has another id, or the label of another value. The worst case: nothing fails.";
    ENUM_VALUE_DEPRECATED "enum-value-deprecated" 'G' Minor Patch Certain []
        "a value should be used no longer"
        "A notice: the value stops coming one day.";
    ENUM_VALUE_CASE_CHANGED "enum-value-case-changed" 'G' Major Major Certain []
        "the letter case of a value"
        "Comparing texts fails.";
    ENUM_ADDED "enum-added" 'G' Minor Major Certain []
        "values are listed now"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    ENUM_DROPPED "enum-dropped" 'G' Major Minor Certain []
        "values are listed no longer"
        "More is allowed than readers were promised.";
    ENUM_OPENED "enum-opened" 'G' Major Minor Certain []
        "other values than the listed ones may come"
        "Readers that know the listed values only meet unknown ones.";
    ENUM_CLOSED "enum-closed" 'G' Minor Major Certain []
        "no other values than the listed ones may come"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    ENUM_REORDERED "enum-reordered" 'G' Patch Patch Certain []
        "the order of a list of values"
        "The same values are allowed. Whoever stores their positions has to look.";
    ENUM_LABEL_CHANGED "enum-label-changed" 'G' Patch Patch Review []
        "what is said of a value, in words"
        "Text. Look twice whether the value still means the same.";
    ENUM_FALLBACK_REMOVED "enum-fallback-removed" 'G' Major Minor Certain []
        "the value for which readers take unknown ones is gone, or is another one"
        "Readers lose their safety net for values that they do not know.";
}
