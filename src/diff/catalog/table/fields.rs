//! Presence, names and places of fields.

use crate::diff::catalog::catalog;

catalog! { FIELDS:
    FIELD_ADDED_OPTIONAL "field-added-optional" 'C' Minor Minor Certain []
        "a field that may be null is new"
        "Nothing changes for whoever reads by name. Readers by position and `SELECT *` into a fixed target may still trip.";
    FIELD_ADDED_REQUIRED "field-added-required" 'C' Minor Major Certain []
        "a field that is never null is new"
        "Readers gain; writers and rows from before lack it.";
    FIELD_ADDED_REQUIRED_WITH_DEFAULT "field-added-required-with-default" 'C' Minor Minor Certain []
        "a field that is never null and has a default is new"
        "Absent values have a defined reading.";
    FIELD_ADDED_POSITIONAL "field-added-positional" 'C' Major Major Certain []
        "a field is new before others in a format without names"
        "The places of the fields behind it shift.";
    FIELD_REMOVED_REQUIRED "field-removed-required" 'C' Major Minor Certain ["subscribers"]
        "a field that was never null is gone"
        "Readers were told that it is always there.";
    FIELD_REMOVED_OPTIONAL "field-removed-optional" 'C' Major Minor Possible ["subscribers"]
        "a field that could be null is gone"
        "Readers had to cope with null, but not with an unknown column.";
    FIELD_REMOVED_AFTER_SUNSET "field-removed-after-sunset" 'C' Major Minor Certain ["allowed"]
        "a deprecated field is gone after its last day"
        "It was announced. The level stays: whoever still reads it fails.";
    FIELD_REMOVED_BEFORE_SUNSET "field-removed-before-sunset" 'C' Major Minor Certain ["gate"]
        "a deprecated field is gone before its last day"
        "The date was a promise.";
    FIELD_RENAMED "field-renamed" 'C' Major Major Certain ["subscribers"]
        "the name of a field"
        "Whoever reads by name fails. It is one change, and no smaller one because it is only a name.";
    FIELD_RENAMED_WITH_ALIAS "field-renamed-with-alias" 'C' Minor Minor Certain []
        "the name of a field, the old one still answering"
        "Both names answer: whoever uses the old one has time to move.";
    FIELD_PHYSICAL_NAME_CHANGED "field-physical-name-changed" 'C' Major Major Certain ["subscribers"]
        "the name of a column, the field keeping its name"
        "SQL names the physical column.";
    FIELD_LOGICAL_NAME_CHANGED "field-logical-name-changed" 'C' Minor Patch Possible ["subscribers"]
        "the name in the contract, the physical one staying"
        "Data unaffected; contract paths move.";
    FIELD_NAME_CASE_CHANGED "field-name-case-changed" 'C' Major Major Possible []
        "the letter case of a name"
        "Nothing where names ignore case, a rename everywhere else.";
    FIELD_MOVED "field-moved" 'C' Major Major Certain ["subscribers"]
        "a field is under another parent"
        "The path is the address.";
    FIELD_REORDERED "field-reordered" 'C' Patch Patch Certain []
        "the order of fields"
        "Whoever reads by name does not care.";
    FIELD_REORDERED_POSITIONAL "field-reordered-positional" 'C' Major Major Certain []
        "the order of fields in a format without names"
        "Values land in the wrong column, without a word where types are the same.";
    FIELD_SPLIT "field-split" 'C' Major Major Possible ["subscribers"]
        "a field's content is in several now"
        "Readers have to put it together.";
    FIELDS_MERGED "fields-merged" 'C' Major Major Possible ["subscribers"]
        "several fields' content is in one now"
        "Readers have to take it apart.";
    FIELD_STABLE_ID_CHANGED "field-stable-id-changed" 'C' Major Major Certain []
        "the id of a field, its name staying"
        "Readers by id (Protobuf, Iceberg, Parquet) read another column.";
    FIELD_NAME_REUSED "field-name-reused" 'C' Major Major Possible ["transitive"]
        "a reserved name is given to a new field"
        "Old data under that name means something else.";
    FIELD_RESERVATION_REMOVED "field-reservation-removed" 'C' Minor Minor Certain []
        "the name of a former field is no longer reserved"
        "A new field may take it, and old data under that name would be misread.";
    FIELD_DEPRECATED "field-deprecated" 'C' Minor Patch Certain ["sunset"]
        "a field is deprecated"
        "A notice, not a break. It needs a last day and something to use instead.";
    FIELD_UNDEPRECATED "field-undeprecated" 'C' Minor Minor Certain []
        "a field is deprecated no longer"
        "Good news; tell those who have already moved.";
    FIELD_VISIBILITY_RESTRICTED "field-visibility-restricted" 'C' Major Minor Certain ["security", "subscribers"]
        "a field is no longer part of the contract"
        "Absent for those who lose it.";
    FIELD_VISIBILITY_WIDENED "field-visibility-widened" 'C' Minor None Certain ["privacy"]
        "an internal field becomes part of the contract"
        "Nobody loses anything; the owner of the data must agree.";
    FIELD_CRITICAL_RAISED "field-critical-raised" 'C' Minor Major Certain []
        "the business hangs on a field now"
        "It asks for more care.";
    FIELD_CRITICAL_LOWERED "field-critical-lowered" 'C' Major Minor Possible []
        "the business no longer hangs on a field"
        "Weaker care than promised; many take it for a label.";
}
