//! What values mean: units, texts, formats.

use crate::diff::catalog::catalog;

catalog! { SEMANTICS:
    UNIT_CHANGED "unit-changed" 'I' Major Major Certain ["semantics"]
        "another unit"
        "Silent wrong numbers; the most expensive break and the one no schema checker sees.";
    UNIT_ADDED "unit-added" 'I' Patch Patch Review ["semantics"]
        "a unit is stated"
        "It makes clear what was open. Who assumed another unit has to look.";
    UNIT_REMOVED "unit-removed" 'I' Major Minor Possible ["semantics"]
        "a unit is stated no longer"
        "A guarantee is withdrawn.";
    CODE_SYSTEM_CHANGED "code-system-changed" 'I' Major Major Certain ["semantics"]
        "codes are from another list, or from an older release of it"
        "Looking them up fails, or finds something else.";
    CODE_SYSTEM_VERSION_RAISED "code-system-version-raised" 'I' Major Minor Possible ["semantics"]
        "codes are from a newer release of their list"
        "New and retired codes: the allowed values change by reference.";
    TIMEZONE_CONVENTION_CHANGED "timezone-convention-changed" 'I' Major Major Certain ["semantics"]
        "times are told in another zone"
        "Every moment shifts, and with it the day that it falls on.";
    CALENDAR_CHANGED "calendar-changed" 'I' Major Major Certain ["semantics"]
        "another calendar: fiscal years, first days of weeks, working days"
        "Rows move to other years, weeks and days.";
    TIME_SEMANTICS_CHANGED "time-semantics-changed" 'I' Major Major Review ["semantics"]
        "a time is another moment: when it happened, when it was noted, where an interval begins or ends"
        "Rows move to other windows.";
    SIGN_CONVENTION_CHANGED "sign-convention-changed" 'I' Major Major Review ["semantics"]
        "what a positive value says, and what a negative one"
        "Sums flip.";
    ROUNDING_CHANGED "rounding-changed" 'I' Major Major Possible ["semantics"]
        "another way of rounding"
        "Sums that agreed differ by cents.";
    SEMANTIC_TYPE_CHANGED "semantic-type-changed" 'I' Minor Minor Review ["semantics"]
        "another role in analyses, or another term of the glossary"
        "Tools aggregate differently. Often it is only a correction.";
    AGGREGATION_RULE_CHANGED "aggregation-rule-changed" 'I' Major Minor Review ["semantics"]
        "another way to make one value of several"
        "Totals change without anybody touching them.";
    LANGUAGE_CHANGED "language-changed" 'I' Major Major Certain ["semantics"]
        "texts are in another language"
        "People, parsers and sort orders expect the old one.";
    COLLATION_CHANGED "collation-changed" 'I' Major Minor Possible []
        "other rules of comparing and sorting texts"
        "Joins find other rows, and sorted rows come in another order.";
    PRECISION_SEMANTICS_CHANGED "precision-semantics-changed" 'I' Major Minor Certain ["semantics"]
        "values are estimates or projections where they were exact, or of another kind"
        "Less truth than was promised.";
    AUTHORITATIVE_DEFINITION_CHANGED "authoritative-definition-changed" 'I' Minor Minor Review ["transitive"]
        "the text that defines a field with authority is at another address"
        "Whether it says the same, somebody has to look.";
    SEMANTICS_TEXT_CHANGED "semantics-text-changed" 'I' Patch Patch Review ["semantics"]
        "what something means, in words"
        "Text. Look twice where words such as a unit, gross or net, UTC or null moved.";
    DESCRIPTION_ADDED "description-added" 'I' Patch None Certain []
        "a first description"
        "Documentation: no promise moves.";
    DESCRIPTION_REMOVED "description-removed" 'I' Patch None Certain ["lint"]
        "a description is gone"
        "No promise moves, but readers are left to guess.";
}
