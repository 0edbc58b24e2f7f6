//! The table itself. A row: name, code, section, level for readers, level for writers, sureness, gates; what changes; why.

use super::catalog;

catalog! {
    CONTRACT_ADDED "contract-added" 'A' None None Certain []
        "a contract is new"
        "Nobody could rely on it before; it starts its own line of versions.";
    CONTRACT_REMOVED "contract-removed" 'A' Major None Certain ["subscribers"]
        "a contract is gone"
        "Every guarantee disappears. Retire a contract first, and remove it when nobody is left.";
    CONTRACT_ID_CHANGED "contract-id-changed" 'A' Major Major Certain []
        "the name of a contract, the rest being the same"
        "Pins, subscriptions and references hang on the name.";
    CONTRACT_MOVED "contract-moved" 'A' None None Certain []
        "the file of a contract, the contract being the same"
        "A contract is followed by its name, never by its path. Rules about paths, such as code owners, may no longer match.";
    CONTRACT_KIND_CHANGED "contract-kind-changed" 'A' Major Major Certain []
        "what a document describes"
        "A different type of agreement.";
    VERSION_NOT_BUMPED "version-not-bumped" 'A' Verdict Verdict Certain ["gate"]
        "something changed and the version did not"
        "Two contents under one version: a pin no longer names one promise.";
    VERSION_BUMP_INSUFFICIENT "version-bump-insufficient" 'A' Verdict Verdict Certain ["gate"]
        "the version went up by less than the changes ask for"
        "Readers trust the number: a break in a patch is found in production.";
    VERSION_BUMP_EXCESSIVE "version-bump-excessive" 'A' Verdict Verdict Certain ["info"]
        "the version went up by more than the changes ask for"
        "Allowed, but a major version without a break teaches readers to ignore major versions.";
    VERSION_DECREASED "version-decreased" 'A' Verdict Verdict Certain ["gate"]
        "the version went down"
        "Pins and \"the latest\" rely on the order of versions.";
    VERSION_SKIPPED "version-skipped" 'A' Verdict Verdict Certain ["info"]
        "the version left numbers out"
        "Allowed, but somebody will look for the version in between.";
    VERSION_PRERELEASE_GRADUATED "version-prerelease-graduated" 'A' Verdict Verdict Certain ["info"]
        "a pre-release became a release"
        "A pre-release promises nothing yet; what counts is the last release before it.";
    VERSION_ZERO_MAJOR "version-zero-major" 'A' Verdict Verdict Certain ["info"]
        "the version is below 1.0.0"
        "Below 1.0.0 the minor takes the place of the major, and the patch that of the minor.";
    STATUS_ACTIVATED "status-activated" 'A' Minor Major Certain []
        "the contract is in force now"
        "The promise starts to bind: readers gain it, the producer must now keep it.";
    STATUS_WITHDRAWN "status-withdrawn" 'A' Major Minor Certain ["subscribers"]
        "the contract is no longer in force"
        "The promise stops binding without notice.";
    STATUS_DEPRECATED "status-deprecated" 'A' Minor Patch Certain ["sunset"]
        "the contract is deprecated"
        "A notice, not a break. It needs a last day and a successor.";
    STATUS_UNDEPRECATED "status-undeprecated" 'A' Minor Minor Certain []
        "the contract is deprecated no longer"
        "Good news; tell those who have already moved.";
    STATUS_RETIRED_WITHOUT_DEPRECATION "status-retired-without-deprecation" 'A' Major None Certain ["gate"]
        "an active contract is retired"
        "No notice was given.";
    STATUS_RETIRED_BEFORE_SUNSET "status-retired-before-sunset" 'A' Major None Certain ["gate"]
        "a deprecated contract is retired before its last day"
        "The announced day was a promise.";
    STATUS_RETIRED_AFTER_SUNSET "status-retired-after-sunset" 'A' Major None Certain ["allowed"]
        "a deprecated contract is retired after its last day"
        "It was announced, and is still the end for whoever reads it.";
    STATUS_REVIVED "status-revived" 'A' Minor Major Certain []
        "a retired contract is in force again"
        "Readers may come back; the producer is bound again.";
    SUNSET_ADDED "sunset-added" 'A' Minor None Certain []
        "a last day appears"
        "It starts a clock for readers.";
    SUNSET_BROUGHT_FORWARD "sunset-brought-forward" 'A' Major None Certain ["gate"]
        "the last day comes earlier"
        "Less time than was promised.";
    SUNSET_POSTPONED "sunset-postponed" 'A' Minor Major Certain []
        "the last day comes later"
        "Readers gain time; the producer must keep serving.";
    SUNSET_REMOVED "sunset-removed" 'A' Major None Possible ["gate"]
        "the last day is gone, the deprecation stays"
        "The end is now unknown.";
    NOTICE_PERIOD_SHORTENED "notice-period-shortened" 'A' Major Minor Certain []
        "changes are announced later"
        "Every future break arrives sooner.";
    NOTICE_PERIOD_LENGTHENED "notice-period-lengthened" 'A' Minor Major Certain []
        "changes are announced earlier"
        "Stronger promise, heavier duty.";
    SUCCESSOR_ADDED "successor-added" 'A' Minor None Certain []
        "a successor is named"
        "Enables migration.";
    SUCCESSOR_CHANGED "successor-changed" 'A' Minor None Certain ["subscribers"]
        "another successor is named"
        "Readers mid-migration must be told.";
    SUCCESSOR_REMOVED "successor-removed" 'A' Minor None Possible ["lint"]
        "no successor is named any more"
        "Readers lose the way out.";
    EFFECTIVE_DATE_POSTPONED "effective-date-postponed" 'A' Major Minor Certain []
        "the promise binds later"
        "The promise is absent for the gap.";
    EFFECTIVE_DATE_BROUGHT_FORWARD "effective-date-brought-forward" 'A' Minor Major Certain []
        "the promise binds earlier"
        "The producer must be ready sooner.";
    DOMAIN_CHANGED "domain-changed" 'A' Patch Patch Possible []
        "the business domain"
        "A label; routing and ownership rules may hang on it.";
    TERMS_TIGHTENED "terms-tightened" 'A' Major None Review ["legal"]
        "a limitation or duty is new"
        "A use that was allowed may not be.";
    TERMS_LOOSENED "terms-loosened" 'A' Minor None Review ["legal"]
        "a limitation or duty is gone"
        "More is allowed.";
    DATASET_ADDED "dataset-added" 'B' Minor Major Certain []
        "a dataset is new"
        "Readers gain; the producer must deliver it.";
    DATASET_REMOVED "dataset-removed" 'B' Major Minor Certain ["subscribers"]
        "a dataset is gone"
        "Its readers have nothing left.";
    DATASET_PHYSICAL_NAME_CHANGED "dataset-physical-name-changed" 'B' Major Major Certain ["subscribers"]
        "the name by which queries know a dataset"
        "Queries and subscriptions name the physical dataset.";
    DATASET_LOGICAL_NAME_CHANGED "dataset-logical-name-changed" 'B' Minor Patch Possible ["subscribers"]
        "the name in the contract, the physical one staying"
        "Data access is untouched; contract-internal paths (subscriptions, quality, SLA elements) must follow.";
    DATASET_KIND_CHANGED "dataset-kind-changed" 'B' Minor Minor Possible []
        "table or view"
        "The same columns; speed, keys and permissions may differ.";
    DATASET_MEDIUM_CHANGED "dataset-medium-changed" 'B' Major Major Certain ["subscribers"]
        "table, topic, files or resource"
        "A different way to read.";
    DATASET_DESCRIPTION_CHANGED "dataset-description-changed" 'B' Patch Patch Review []
        "what a dataset is, in words"
        "Words: no promise moves, unless their meaning did.";
    FIELD_ADDED_OPTIONAL "field-added-optional" 'C' Minor Minor Certain []
        "a field that may be null is new"
        "Additive for whoever reads by name. Readers by position and `SELECT *` into a fixed target may still trip.";
    FIELD_ADDED_REQUIRED "field-added-required" 'C' Minor Major Certain []
        "a field that is never null is new"
        "Readers gain; writers and rows from before lack it.";
    FIELD_ADDED_REQUIRED_WITH_DEFAULT "field-added-required-with-default" 'C' Minor Minor Certain []
        "a field that is never null and has a default is new"
        "Absent values have a defined reading.";
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
    FIELD_PHYSICAL_NAME_CHANGED "field-physical-name-changed" 'C' Major Major Certain ["subscribers"]
        "the name of a column, the field keeping its name"
        "SQL names the physical column.";
    FIELD_LOGICAL_NAME_CHANGED "field-logical-name-changed" 'C' Minor Patch Possible ["subscribers"]
        "the name in the contract, the physical one staying"
        "Data unaffected; contract paths move.";
    FIELD_NAME_CASE_CHANGED "field-name-case-changed" 'C' Major Major Possible []
        "the letter case of a name"
        "Nothing where names ignore case, a rename everywhere else.";
    FIELD_REORDERED "field-reordered" 'C' Patch Patch Certain []
        "the order of fields"
        "Whoever reads by name does not care.";
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
        "Additive; needs the data owner's yes.";
    TYPE_INT_TO_DECIMAL "type-int-to-decimal" 'D' Major Minor Certain []
        "integer became decimal"
        "Every whole number fits, in another kind of number.";
    TYPE_DECIMAL_TO_INT "type-decimal-to-int" 'D' Major Major Certain []
        "decimal became integer"
        "Fractions are lost, and large values may not fit.";
    TYPE_LONG_TO_DOUBLE "type-long-to-double" 'D' Major Major Certain []
        "integer became float"
        "Loses whole numbers above 2^53: ids!";
    TYPE_DOUBLE_TO_INT "type-double-to-int" 'D' Major Major Certain []
        "float became integer"
        "Fraction, NaN, infinities lost.";
    TYPE_DECIMAL_PRECISION_RAISED "type-decimal-precision-raised" 'D' Major Minor Possible []
        "more digits before the point"
        "Values may come that no longer fit where readers store them.";
    TYPE_DECIMAL_PRECISION_LOWERED "type-decimal-precision-lowered" 'D' Minor Major Certain []
        "fewer digits before the point"
        "Old values may not fit.";
    TYPE_DECIMAL_SCALE_RAISED "type-decimal-scale-raised" 'D' Major Minor Certain []
        "more digits behind the point, no fewer before it"
        "Values may come with digits that readers cut off, and where the unscaled number is stored it is read wrongly.";
    TYPE_DECIMAL_SCALE_RAISED_DIGITS_LOST "type-decimal-scale-raised-digits-lost" 'D' Major Major Certain []
        "more digits behind the point, fewer before it"
        "Large values may not fit any more, and more digits come behind the point.";
    TYPE_DECIMAL_SCALE_LOWERED "type-decimal-scale-lowered" 'D' Major Major Certain []
        "fewer digits behind the point"
        "Values are rounded.";
    TYPE_DECIMAL_TO_DOUBLE "type-decimal-to-double" 'D' Major Major Certain []
        "decimal became float"
        "Binary fractions; money stops reconciling.";
    TYPE_DOUBLE_TO_DECIMAL "type-double-to-decimal" 'D' Major Major Certain []
        "float became decimal"
        "Infinities and NaN have no place, and large values may not fit.";
    TYPE_NUMBER_BOUNDED "type-number-bounded" 'D' Minor Major Certain []
        "a decimal got a precision"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    TYPE_NUMBER_UNBOUNDED "type-number-unbounded" 'D' Major Minor Possible []
        "a decimal lost its precision"
        "More is allowed than readers were promised.";
    TYPE_BOOL_TO_INT "type-bool-to-int" 'D' Major Major Certain []
        "boolean became integer, or the other way round"
        "Every literal and comparison changes.";
    TYPE_BOOL_TO_STRING "type-bool-to-string" 'D' Major Major Certain []
        "boolean became string"
        "Every literal and comparison changes.";
    TYPE_STRING_TO_BYTES "type-string-to-bytes" 'D' Major Major Certain []
        "string became binary"
        "Other operators, other literals.";
    TYPE_BYTES_TO_STRING "type-bytes-to-string" 'D' Major Major Certain []
        "binary became string"
        "Not all bytes are text.";
    TYPE_SCALAR_TO_STRING "type-scalar-to-string" 'D' Major Minor Certain []
        "a number or the like became string"
        "Any value prints, but type, order and joins change.";
    TYPE_STRING_TO_SCALAR "type-string-to-scalar" 'D' Major Major Certain []
        "string became a number or the like"
        "Texts that are no value of the new type have no place any more, and every literal changes.";
    TYPE_UUID_TO_STRING "type-uuid-to-string" 'D' Major Minor Possible []
        "uuid became string"
        "Any text may come now; SQL needs a cast to join.";
    TYPE_STRING_TO_UUID "type-string-to-uuid" 'D' Minor Major Certain []
        "string became uuid"
        "Fewer texts are allowed; a physical uuid column needs casts in SQL.";
    TYPE_UUID_ENCODING_CHANGED "type-uuid-encoding-changed" 'D' Major Major Certain []
        "uuid became binary, or the other way round"
        "The same id in other bytes.";
    TYPE_DATE_TO_TIMESTAMP "type-date-to-timestamp" 'D' Major Minor Certain []
        "date became datetime"
        "Comparing and grouping by day break.";
    TYPE_DATE_TO_TIMESTAMPTZ "type-date-to-timestamptz" 'D' Major Major Certain []
        "date became timestamp"
        "An instant needs a zone that a date does not have.";
    TYPE_TIMESTAMP_TO_DATE "type-timestamp-to-date" 'D' Major Major Certain []
        "datetime or timestamp became date"
        "Time of day lost.";
    TYPE_TIMESTAMP_PRECISION_RAISED "type-timestamp-precision-raised" 'D' Major Minor Certain []
        "more digits of a second"
        "SQL reads on; where the number is stored its unit changes.";
    TYPE_TIMESTAMP_PRECISION_LOWERED "type-timestamp-precision-lowered" 'D' Major Major Certain []
        "fewer digits of a second"
        "Values are cut off; ties appear in their order.";
    TYPE_TIMESTAMP_TO_TIMESTAMPTZ "type-timestamp-to-timestamptz" 'D' Major Major Certain []
        "datetime became timestamp"
        "The same digits, another moment.";
    TYPE_TIMESTAMPTZ_TO_TIMESTAMP "type-timestamptz-to-timestamp" 'D' Major Major Certain []
        "timestamp became datetime"
        "The same digits, another moment.";
    TYPE_TIMESTAMP_TO_EPOCH "type-timestamp-to-epoch" 'D' Major Major Certain []
        "an instant became a number, or the other way round"
        "Every literal and comparison changes.";
    TYPE_TIME_PRECISION_CHANGED "type-time-precision-changed" 'D' Major Minor Certain []
        "another count of digits of a second"
        "Values get more or fewer digits than readers store.";
    TYPE_TEMPORAL_TO_STRING "type-temporal-to-string" 'D' Major Major Certain []
        "a date or time became string, or the other way round"
        "Order, zone and form of values change.";
    TYPE_SCALAR_TO_STRUCT "type-scalar-to-struct" 'D' Major Major Certain []
        "a single value became an object, or the other way round"
        "Other access, other storage.";
    TYPE_SCALAR_TO_ARRAY "type-scalar-to-array" 'D' Major Major Certain []
        "a single value became an array"
        "Other access, other storage.";
    TYPE_ARRAY_TO_SCALAR "type-array-to-scalar" 'D' Major Major Certain []
        "an array became a single value"
        "Other access, other storage.";
    TYPE_ARRAY_TO_STRING "type-array-to-string" 'D' Major Major Certain []
        "array became string"
        "The value has another shape.";
    TYPE_MAP_TO_STRUCT "type-map-to-struct" 'D' Major Major Certain []
        "map became object"
        "Access changes, and only the named keys come.";
    TYPE_STRUCT_TO_MAP "type-struct-to-map" 'D' Major Major Certain []
        "object became map"
        "Access changes, and any key may come.";
    TYPE_STRUCT_TO_JSON "type-struct-to-json" 'D' Major Major Certain []
        "object became json"
        "Typed access lost.";
    TYPE_JSON_TO_STRUCT "type-json-to-struct" 'D' Major Major Certain []
        "json became object"
        "Access syntax changes though the promise is stronger.";
    TYPE_STRING_TO_JSON "type-string-to-json" 'D' Major Major Possible []
        "string became json"
        "Operators and quoting change.";
    TYPE_ADDED "type-added" 'D' Minor Major Certain []
        "what had no type got one"
        "First statement of a type.";
    TYPE_REMOVED "type-removed" 'D' Major Minor Certain []
        "what had a type has none any more"
        "A promise is withdrawn.";
    TYPE_CHANGED "type-changed" 'D' Major Major Certain []
        "one type became another, in a pair that has no code of its own"
        "Access, order and joins of values change with their type.";
    FIELD_BECAME_REQUIRED "field-became-required" 'E' Minor Major Certain []
        "values may no longer be null"
        "A new guarantee for readers; old rows and writers may hold null.";
    FIELD_BECAME_OPTIONAL "field-became-optional" 'E' Major Minor Certain ["subscribers"]
        "values may be null now"
        "Readers without a branch for null fail.";
    ELEMENT_BECAME_NULLABLE "element-became-nullable" 'E' Major Minor Certain []
        "items or values may be null now"
        "Readers without a branch for null fail.";
    ELEMENT_BECAME_NON_NULL "element-became-non-null" 'E' Minor Major Certain []
        "items or values may no longer be null"
        "A new guarantee for readers; writers may hold null.";
    PRIMARY_KEY_ADDED "primary-key-added" 'E' Minor Major Certain []
        "there is a primary key now"
        "Rows are unique and findable now; writers must keep it so.";
    PRIMARY_KEY_REMOVED "primary-key-removed" 'E' Major Minor Certain ["subscribers"]
        "there is no primary key any more"
        "Joins may fan out.";
    PRIMARY_KEY_COLUMN_ADDED "primary-key-column-added" 'E' Major Major Certain ["subscribers"]
        "the primary key has more fields"
        "The key that was there no longer identifies a row alone.";
    PRIMARY_KEY_COLUMN_REMOVED "primary-key-column-removed" 'E' Minor Major Certain []
        "the primary key has fewer fields"
        "Fewer fields identify a row already.";
    PRIMARY_KEY_REPLACED "primary-key-replaced" 'E' Major Major Certain ["subscribers"]
        "the primary key is another one"
        "Upsert and join keys change.";
    UNIQUE_ADDED "unique-added" 'E' Minor Major Certain []
        "values are unique now"
        "A stronger promise.";
    UNIQUE_REMOVED "unique-removed" 'E' Major Minor Certain ["subscribers"]
        "values are no longer unique"
        "Joins may return more rows than before.";
    UNIQUE_COLUMNS_EXTENDED "unique-columns-extended" 'E' Major Minor Certain []
        "only more fields together are unique"
        "A weaker promise to readers.";
    UNIQUE_COLUMNS_REDUCED "unique-columns-reduced" 'E' Minor Major Certain []
        "fewer fields together are unique already"
        "A stronger promise to readers.";
    FOREIGN_KEY_ADDED "foreign-key-added" 'E' Minor Major Certain []
        "a reference is new"
        "New referential promise.";
    FOREIGN_KEY_REMOVED "foreign-key-removed" 'E' Major Minor Possible []
        "a reference is gone"
        "Joins may lose rows.";
    FOREIGN_KEY_TARGET_CHANGED "foreign-key-target-changed" 'E' Major Major Certain ["subscribers"]
        "a reference leads elsewhere"
        "Joins go to the wrong table.";
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
    PATTERN_CHANGED "pattern-changed" 'F' Major Major Possible []
        "another pattern"
        "Whether one pattern contains the other is not decided: both parties may be hit.";
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
    EXPRESSION_ADDED "expression-added" 'F' Minor Major Certain []
        "an expression on rows is new"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    EXPRESSION_REMOVED "expression-removed" 'F' Major Minor Certain []
        "an expression on rows is gone"
        "More is allowed than readers were promised.";
    EXPRESSION_CHANGED "expression-changed" 'F' Major Major Review []
        "another expression on rows"
        "Whether one expression contains the other can not be decided: somebody has to look.";
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
    DEFAULT_ADDED "default-added" 'H' Minor Minor Certain []
        "a default is new"
        "Absent now has a reading.";
    DEFAULT_REMOVED "default-removed" 'H' Major Minor Possible []
        "a default is gone, the field may be null"
        "Absent is undefined again.";
    DEFAULT_REMOVED_REQUIRED "default-removed-required" 'H' Minor Major Certain []
        "a default is gone, the field may not be null"
        "Writers that relied on it now break the promise.";
    DEFAULT_CHANGED "default-changed" 'H' Major Minor Possible ["semantics"]
        "another default"
        "The same input gives another value.";
    EXAMPLE_CHANGED "example-changed" 'H' Patch Patch Certain []
        "the example value"
        "Documentation; lint that examples satisfy HEAD's constraints.";
    UNIT_CHANGED "unit-changed" 'I' Major Major Certain ["semantics"]
        "another unit"
        "Silent wrong numbers; the most expensive break and the one no schema checker sees.";
    UNIT_ADDED "unit-added" 'I' Patch Patch Review ["semantics"]
        "a unit is stated"
        "Clarifies; major if readers assumed another.";
    UNIT_REMOVED "unit-removed" 'I' Major Minor Possible ["semantics"]
        "a unit is stated no longer"
        "A guarantee is withdrawn.";
    SEMANTICS_TEXT_CHANGED "semantics-text-changed" 'I' Patch Patch Review ["semantics"]
        "what something means, in words"
        "Text. Look twice where words such as a unit, gross or net, UTC or null moved.";
    DESCRIPTION_ADDED "description-added" 'I' Patch None Certain []
        "a first description"
        "Documentation: no promise moves.";
    DESCRIPTION_REMOVED "description-removed" 'I' Patch None Certain ["lint"]
        "a description is gone"
        "No promise moves, but readers are left to guess.";
    CLASSIFICATION_RAISED "classification-raised" 'J' Major Major Certain ["privacy", "security"]
        "values must be guarded better"
        "Holders of copies get new duties; some readers lose their right.";
    CLASSIFICATION_LOWERED "classification-lowered" 'J' Minor Minor Certain ["privacy", "security"]
        "values may be guarded less"
        "No reader breaks, and yet it is the riskiest change of all: the owner of the data has to agree.";
    CLASSIFICATION_ADDED "classification-added" 'J' Minor Minor Certain ["privacy"]
        "a first classification"
        "A first statement. Whoever took it for public has to look.";
    CLASSIFICATION_REMOVED "classification-removed" 'J' Major Minor Certain ["privacy"]
        "a classification is gone"
        "The promise of how values are handled is gone.";
    PII_FLAG_RAISED "pii-flag-raised" 'J' Major Major Certain ["privacy"]
        "values count as personal data now"
        "Erasure, masking and purpose rules now hold for every copy.";
    PII_FLAG_LOWERED "pii-flag-lowered" 'J' Minor Minor Certain ["privacy"]
        "values count as personal data no longer"
        "Approval gate.";
    RETENTION_DUTY_FOR_READERS_SHORTENED "retention-duty-for-readers-shortened" 'J' Major None Certain ["privacy"]
        "readers must drop their copies sooner"
        "A harder duty for everybody who holds a copy.";
    QUALITY_CHECK_ADDED "quality-check-added" 'K' Minor Major Certain []
        "a quality promise or rule is new"
        "A new guarantee; the producer must keep it.";
    QUALITY_CHECK_REMOVED "quality-check-removed" 'K' Major Minor Certain ["subscribers"]
        "a quality promise or rule is gone"
        "A guarantee is withdrawn.";
    QUALITY_THRESHOLD_TIGHTENED "quality-threshold-tightened" 'K' Minor Major Certain []
        "a threshold that allows less"
        "Fewer rows may break it.";
    QUALITY_THRESHOLD_LOOSENED "quality-threshold-loosened" 'K' Major Minor Certain []
        "a threshold that allows more"
        "Worse data is a kept promise.";
    QUALITY_THRESHOLD_CHANGED "quality-threshold-changed" 'K' Major Major Certain []
        "a threshold that can not be compared"
        "Neither contains the other.";
    QUALITY_METRIC_CHANGED "quality-metric-changed" 'K' Major Major Review []
        "what a rule measures"
        "Another measure is another promise.";
    QUALITY_QUERY_CHANGED "quality-query-changed" 'K' Major Major Review []
        "the expression of a rule"
        "Whether one contains the other can not be decided: somebody has to look.";
    QUALITY_SEVERITY_LOWERED "quality-severity-lowered" 'K' Major Minor Certain []
        "a breach counts less"
        "No longer blocks delivery.";
    QUALITY_SEVERITY_RAISED "quality-severity-raised" 'K' Minor Major Certain []
        "a breach counts more"
        "Blocks now.";
    QUALITY_DIMENSION_CHANGED "quality-dimension-changed" 'K' Patch Patch Certain []
        "the label of a rule"
        "A label: no promise moves.";
    COMPLETENESS_LOWERED "completeness-lowered" 'K' Major Minor Certain []
        "more values may be missing"
        "More is allowed than readers were promised.";
    COMPLETENESS_RAISED "completeness-raised" 'K' Minor Major Certain []
        "fewer values may be missing"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    ACCURACY_LOWERED "accuracy-lowered" 'K' Major Minor Certain []
        "more values may be wrong"
        "More is allowed than readers were promised.";
    ACCURACY_RAISED "accuracy-raised" 'K' Minor Major Certain []
        "fewer values may be wrong"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    UNIQUENESS_LOWERED "uniqueness-lowered" 'K' Major Minor Certain []
        "more rows may be duplicates"
        "More is allowed than readers were promised.";
    UNIQUENESS_RAISED "uniqueness-raised" 'K' Minor Major Certain []
        "fewer rows may be duplicates"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    VOLUME_MINIMUM_LOWERED "volume-minimum-lowered" 'K' Major Minor Certain []
        "fewer rows are enough"
        "Fewer rows are a kept promise.";
    VOLUME_MINIMUM_RAISED "volume-minimum-raised" 'K' Minor Major Certain []
        "more rows are promised"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    DISTRIBUTION_RULE_CHANGED "distribution-rule-changed" 'K' Major Major Review []
        "the usual count of rows"
        "What is usual has moved: what counts as odd moves with it.";
    ON_FAILURE_ACTION_WEAKENED "on-failure-action-weakened" 'K' Major Minor Certain []
        "a breach alerts nobody any more"
        "Bad data reaches readers without anybody being told.";
    ON_FAILURE_ACTION_STRENGTHENED "on-failure-action-strengthened" 'K' Minor Major Certain []
        "a breach alerts people now"
        "People are told of bad data.";
    FRESHNESS_LOOSENED "freshness-loosened" 'L' Major Minor Certain ["subscribers"]
        "data may be older"
        "Older data is a kept promise.";
    FRESHNESS_TIGHTENED "freshness-tightened" 'L' Minor Major Certain []
        "data is newer"
        "A stronger promise to readers, a heavier one for writers.";
    LATENCY_LOOSENED "latency-loosened" 'L' Major Minor Certain []
        "answers may be slower"
        "Slower answers are a kept promise.";
    LATENCY_TIGHTENED "latency-tightened" 'L' Minor Major Certain []
        "answers are faster"
        "A stronger promise to readers, a heavier one for writers.";
    FREQUENCY_LOWERED "frequency-lowered" 'L' Major Minor Certain ["subscribers"]
        "new data comes less often"
        "Schedules downstream starve.";
    FREQUENCY_RAISED "frequency-raised" 'L' Minor Major Certain []
        "new data comes more often"
        "A stronger promise; whoever is pushed to gets more.";
    READY_BY_LATER "ready-by-later" 'L' Major Minor Certain ["subscribers"]
        "data is ready later in the day"
        "Downstream jobs start on old data.";
    READY_BY_EARLIER "ready-by-earlier" 'L' Minor Major Certain []
        "data is ready earlier in the day"
        "A stronger promise to readers, a heavier one for writers.";
    READY_BY_TIMEZONE_CHANGED "ready-by-timezone-changed" 'L' Computed Computed Certain []
        "the zone of the time by which data is ready"
        "Another zone is another moment, and not the same one all year.";
    AVAILABILITY_LOWERED "availability-lowered" 'L' Major Minor Certain ["subscribers"]
        "the service may be down longer"
        "The service may be down longer.";
    AVAILABILITY_RAISED "availability-raised" 'L' Minor Major Certain []
        "the service is up longer"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    RETENTION_SHORTENED "retention-shortened" 'L' Major Minor Certain ["subscribers", "privacy"]
        "data is kept for less time"
        "Readers of history lose data.";
    RETENTION_LENGTHENED "retention-lengthened" 'L' Minor Major Certain ["privacy"]
        "data is kept for more time"
        "More history; privacy review, storage limitation may forbid it.";
    RPO_RAISED "rpo-raised" 'L' Major Minor Certain []
        "more data may be lost in a disaster"
        "More is allowed than readers were promised.";
    RPO_LOWERED "rpo-lowered" 'L' Minor Major Certain []
        "less data may be lost in a disaster"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    RTO_RAISED "rto-raised" 'L' Major Minor Certain []
        "recovery may take longer"
        "More is allowed than readers were promised.";
    RTO_LOWERED "rto-lowered" 'L' Minor Major Certain []
        "recovery is faster"
        "Less is allowed than before: a stronger promise to readers, a heavier one for writers.";
    SLA_ADDED "sla-added" 'L' Minor Major Certain []
        "a service level is new"
        "A new promise to readers, a new duty for writers.";
    SLA_REMOVED "sla-removed" 'L' Major Minor Certain ["subscribers"]
        "a service level is gone"
        "A promise is withdrawn.";
    SLA_PROPERTY_UNKNOWN "sla-property-unknown" 'L' Major Major Review []
        "a service level that can not be compared"
        "Which of the two promises more can not be told: somebody has to look.";
    SERVER_ADDED "server-added" 'M' Minor Major Certain []
        "an endpoint or environment is new"
        "Another way in.";
    SERVER_REMOVED "server-removed" 'M' Major Minor Certain ["subscribers"]
        "an endpoint or environment is gone"
        "Its readers are cut off.";
    ENDPOINT_ADDRESS_CHANGED "endpoint-address-changed" 'M' Major Major Certain ["subscribers"]
        "the address of the data"
        "Connections fail.";
    SERVER_TYPE_CHANGED "server-type-changed" 'M' Major Major Certain ["subscribers"]
        "the kind of system"
        "Driver, dialect and types change.";
    ACCESS_MODE_ADDED "access-mode-added" 'M' Minor Major Certain []
        "one more way to get at the data"
        "More ways to read.";
    ACCESS_MODE_REMOVED "access-mode-removed" 'M' Major Minor Certain ["subscribers"]
        "one way less to get at the data"
        "Its readers are cut off.";
    METHOD_ADDED "method-added" 'M' Minor Major Certain []
        "one more HTTP method"
        "Something more to use, and to keep going.";
    METHOD_REMOVED "method-removed" 'M' Major Minor Certain ["subscribers"]
        "one HTTP method less"
        "Calls fail.";
    AUTH_TYPE_CHANGED "auth-type-changed" 'M' Major Major Certain ["security", "subscribers"]
        "how callers identify themselves"
        "Every client must change.";
    AUTH_TYPE_ADDED "auth-type-added" 'M' Minor Minor Certain ["security"]
        "how callers identify themselves is stated"
        "Callers know how to identify themselves.";
    AUTH_TYPE_REMOVED "auth-type-removed" 'M' Major Minor Certain ["security", "subscribers"]
        "how callers identify themselves is stated no longer"
        "Callers no longer know how to identify themselves.";
    SCOPE_REQUIRED_ADDED "scope-required-added" 'M' Major Minor Certain ["security", "subscribers"]
        "callers need more scopes"
        "Existing grants no longer suffice.";
    SCOPE_REQUIRED_REMOVED "scope-required-removed" 'M' Minor None Certain ["security"]
        "callers need fewer scopes"
        "Additive for readers; approval gate.";
    RATE_LIMIT_LOWERED "rate-limit-lowered" 'M' Major Minor Certain ["subscribers"]
        "callers may ask less"
        "Existing load gets throttled.";
    RATE_LIMIT_RAISED "rate-limit-raised" 'M' Minor Major Certain []
        "callers may ask more"
        "A stronger promise to readers, a heavier one for writers.";
    ALLOWED_USE_REMOVED "allowed-use-removed" 'M' Major None Certain ["legal", "subscribers"]
        "a use is no longer allowed"
        "A consumer's declared purpose may be forbidden now.";
    ALLOWED_USE_ADDED "allowed-use-added" 'M' Minor None Certain ["legal", "privacy"]
        "a use is allowed now"
        "Additive; privacy yes needed.";
    SUBSCRIBER_ADDED "subscriber-added" 'N' Patch Patch Certain []
        "a subscriber is new"
        "More people rely on the contract.";
    SUBSCRIBER_REMOVED "subscriber-removed" 'N' Major None Certain ["subscriber"]
        "a subscriber is gone"
        "The level is that of this subscriber alone: it asks nothing of the version.";
    SUBSCRIBER_PURPOSE_CHANGED "subscriber-purpose-changed" 'N' Patch Patch Certain ["legal"]
        "what a subscriber does with the data"
        "Check against allowed uses.";
    SUBSCRIBER_FIELDS_EXTENDED "subscriber-fields-extended" 'N' None None Certain []
        "a subscriber reads more fields"
        "More changes will hit it.";
    SUBSCRIBER_FIELDS_REDUCED "subscriber-fields-reduced" 'N' None None Certain []
        "a subscriber reads fewer fields"
        "Fewer changes will hit it.";
    SUBSCRIBER_PIN_MOVED "subscriber-pin-moved" 'N' None None Certain []
        "the versions that a subscriber works with"
        "Migration done: shrinks the transitive set.";
    OVERRIDE_ADDED "override-added" 'N' Minor Major Certain []
        "a subscriber is promised more than others"
        "One more promise to keep.";
    OVERRIDE_REMOVED "override-removed" 'N' Major Minor Certain ["subscriber"]
        "a subscriber is no longer promised more than others"
        "Breaks that consumer only.";
    OVERRIDE_LOOSENED "override-loosened" 'N' Major Minor Certain ["subscriber"]
        "a subscriber is promised less than before"
        "Less than was agreed with this subscriber.";
    OVERRIDE_TIGHTENED "override-tightened" 'N' Minor Major Certain []
        "a subscriber is promised more than before"
        "A new promise to readers, a new duty for writers.";
    OWNER_CHANGED "owner-changed" 'O' Patch Patch Certain ["subscribers"]
        "the owning team or person"
        "Nothing breaks; tell those who use it.";
    OWNER_REMOVED "owner-removed" 'O' Minor Patch Certain ["lint"]
        "no owner any more"
        "A promise with nobody behind it: lint error.";
    CONTACT_CHANGED "contact-changed" 'O' Patch Patch Certain ["subscribers"]
        "whom to ask or tell"
        "Nothing breaks; tell those who use it.";
    SUPPORT_CHANNEL_ADDED "support-channel-added" 'O' Minor Patch Certain []
        "somebody to ask"
        "Something more to use, and to keep going.";
    SUPPORT_CHANNEL_LAST_REMOVED "support-channel-last-removed" 'O' Major Minor Certain []
        "nobody to ask any more"
        "Readers have nowhere to go.";
    TAGS_CHANGED "tags-changed" 'O' Patch Patch Certain []
        "free labels"
        "Labels: no promise moves.";
    CUSTOM_PROPERTY_CHANGED "custom-property-changed" 'O' Patch Patch Possible []
        "something that only other tools know the meaning of"
        "Only the tools that know it can tell what it means.";
    LINK_CHANGED "link-changed" 'O' Patch None Certain []
        "the address of a document"
        "Documentation: no promise moves.";
}
