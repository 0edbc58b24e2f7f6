//! Types: which can be read as which.

use crate::diff::catalog::catalog;

catalog! { TYPES:
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
    TYPE_STRUCT_WRAPPED "type-struct-wrapped" 'D' Major Major Certain []
        "fields went into an object"
        "Every path moves. It is one change, and not as many as there are fields.";
    TYPE_STRUCT_FLATTENED "type-struct-flattened" 'D' Major Major Certain []
        "the fields of an object came out of it"
        "Every path moves. It is one change, and not as many as there are fields.";
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
}
