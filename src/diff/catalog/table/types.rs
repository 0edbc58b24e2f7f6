//! Types: which can be read as which.

use crate::diff::catalog::catalog;

catalog! { TYPES:
    TYPE_LOGICAL_PHYSICAL_PAIR "type-logical-physical-pair" 'D' Computed Computed Certain []
        "logical and physical type both became others"
        "The physical types decide the levels: one change, told once.";
    TYPE_INT_WIDENED "type-int-widened" 'D' Major Minor Possible []
        "a whole number got a wider type"
        "Readers with the old width overflow; queries read on.";
    TYPE_INT_NARROWED "type-int-narrowed" 'D' Minor Major Certain []
        "a whole number got a narrower type"
        "Every new value fits readers; old values may not fit the type.";
    TYPE_INT_TO_DECIMAL "type-int-to-decimal" 'D' Major Minor Certain []
        "a whole number became decimal"
        "Every whole number fits, in another kind of number.";
    TYPE_DECIMAL_TO_INT "type-decimal-to-int" 'D' Major Major Certain []
        "decimal of a precision became integer"
        "Fractions are lost, and large values may not fit.";
    TYPE_INT_TO_DOUBLE "type-int-to-double" 'D' Major Minor Certain []
        "a whole number of up to 53 bits became a 64-bit float"
        "Every value is kept exactly, in another kind of number.";
    TYPE_LONG_TO_DOUBLE "type-long-to-double" 'D' Major Major Certain []
        "a whole number of more than 53 bits, or of any, became float"
        "Loses whole numbers above 2^53: ids!";
    TYPE_INT_TO_FLOAT "type-int-to-float" 'D' Major Major Certain []
        "a whole number became a 32-bit float"
        "Loses whole numbers above 2^24.";
    TYPE_DOUBLE_TO_INT "type-double-to-int" 'D' Major Major Certain []
        "float became integer"
        "Fraction, NaN, infinities lost.";
    TYPE_FLOAT_WIDENED "type-float-widened" 'D' Major Minor Possible []
        "a float got a wider type"
        "Comparisons with constants such as 0.1 change, and narrower readers round.";
    TYPE_FLOAT_NARROWED "type-float-narrowed" 'D' Minor Major Certain []
        "a float got a narrower type"
        "Values get coarser, and large ones do not fit.";
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
    TYPE_INTEGER_TO_NUMBER "type-integer-to-number" 'D' Major Minor Certain []
        "integer became decimal without a precision: any number"
        "Fractions may come.";
    TYPE_NUMBER_TO_INTEGER "type-number-to-integer" 'D' Minor Major Certain []
        "decimal without a precision became integer"
        "Fractions are lost; every whole number is a number that readers expect.";
    TYPE_UNSIGNED_TO_WIDER_SIGNED "type-unsigned-to-wider-signed" 'D' Major Minor Possible []
        "an unsigned whole number got a wider signed type"
        "Every old value fits, in another encoding; greater and negative ones may come.";
    TYPE_SIGNEDNESS_CHANGED "type-signedness-changed" 'D' Major Major Certain []
        "signed became unsigned, or the other way round, without room for all"
        "The ranges overlap only in part.";
    TYPE_BOOL_TO_INT "type-bool-to-int" 'D' Major Major Certain []
        "boolean became integer, or the other way round"
        "Every literal and comparison changes.";
    TYPE_BOOL_TO_STRING "type-bool-to-string" 'D' Major Major Certain []
        "boolean became string"
        "Every literal and comparison changes.";
    TYPE_VARCHAR_LENGTHENED "type-varchar-lengthened" 'D' Major Minor Possible []
        "a greater greatest length in the physical type"
        "Longer values may come: fixed-width targets cut them off.";
    TYPE_VARCHAR_SHORTENED "type-varchar-shortened" 'D' Minor Major Certain []
        "a smaller greatest length in the physical type"
        "Old values may not fit.";
    TYPE_VARCHAR_TO_TEXT "type-varchar-to-text" 'D' Major Minor Possible []
        "the physical type lost its greatest length"
        "Longer values may come: fixed-width targets cut them off.";
    TYPE_TEXT_TO_VARCHAR "type-text-to-varchar" 'D' Minor Major Certain []
        "the physical type got a greatest length"
        "Longer values have no place any more; what is stored reads as before.";
    TYPE_CHAR_TO_VARCHAR "type-char-to-varchar" 'D' Major Minor Possible []
        "text of a fixed length became text of varying length"
        "Blanks at the end go: lengths and comparisons change.";
    TYPE_VARCHAR_TO_CHAR "type-varchar-to-char" 'D' Major Major Possible []
        "text of varying length became text of a fixed length"
        "Values are filled up with blanks: lengths and comparisons change.";
    TYPE_FIXED_LENGTH_CHANGED "type-fixed-length-changed" 'D' Major Major Certain []
        "another fixed length of text or bytes"
        "The length is the stored width.";
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
    TYPE_ENUM_TO_STRING "type-enum-to-string" 'D' Major Minor Certain []
        "a physical enumeration became text"
        "Values may come that readers do not know.";
    TYPE_STRING_TO_ENUM "type-string-to-enum" 'D' Minor Major Certain []
        "text became a physical enumeration"
        "Texts that are not in the list have no place any more.";
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
    TYPE_TIME_TO_TIMETZ "type-time-to-timetz" 'D' Major Major Certain []
        "a time of day got a zone, or lost it"
        "The same digits, another moment.";
    TYPE_DURATION_UNIT_CHANGED "type-duration-unit-changed" 'D' Major Major Certain []
        "the unit or the fields of an interval"
        "The same digits, another span.";
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
    TYPE_ARRAY_TO_SET "type-array-to-set" 'D' Major Major Certain []
        "an array became a set or multiset"
        "Items have no order any more, and equal ones may be one.";
    TYPE_ARRAY_TO_STRING "type-array-to-string" 'D' Major Major Certain []
        "array became string"
        "The value has another shape.";
    TYPE_MAP_KEY_CHANGED "type-map-key-changed" 'D' Major Major Certain []
        "the type of the keys of a map"
        "Every look-up by key changes.";
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
    TYPE_JSON_SCHEMA_ATTACHED "type-json-schema-attached" 'D' Minor Major Certain []
        "JSON of any shape got fields"
        "A stronger promise to readers, and less freedom for writers.";
    TYPE_STRING_TO_JSON "type-string-to-json" 'D' Major Major Possible []
        "string became json"
        "Operators and quoting change.";
    TYPE_UNION_WIDENED "type-union-widened" 'D' Major Minor Certain []
        "a value may be of more types"
        "Values may come of a type that readers do not know.";
    TYPE_UNION_NARROWED "type-union-narrowed" 'D' Minor Major Certain []
        "a value may be of fewer types"
        "Old values of a type that is gone have no place.";
    TYPE_ADDED "type-added" 'D' Minor Major Certain []
        "what had no type got one"
        "First statement of a type.";
    TYPE_REMOVED "type-removed" 'D' Major Minor Certain []
        "what had a type has none any more"
        "A promise is withdrawn.";
    TYPE_UNKNOWN_RESOLVED "type-unknown-resolved" 'D' Minor Minor Certain []
        "a type of nothing but null became a real one"
        "There were no values that anybody could rely on.";
    TYPE_GEOMETRY_SRID_CHANGED "type-geometry-srid-changed" 'D' Major Major Certain []
        "the reference system of a geometry"
        "The same numbers, another place.";
    TYPE_GEOMETRY_WIDENED "type-geometry-widened" 'D' Major Minor Certain []
        "a geometry of one shape may be of any"
        "Shapes may come that readers do not know.";
    TYPE_GEOMETRY_NARROWED "type-geometry-narrowed" 'D' Minor Major Certain []
        "a geometry of any shape is of one"
        "Other shapes have no place any more.";
    TYPE_GEOMETRY_TO_GEOGRAPHY "type-geometry-to-geography" 'D' Major Major Certain []
        "from the plane to the globe, or the other way round"
        "Distances and areas change.";
    TYPE_VECTOR_DIMENSIONS_CHANGED "type-vector-dimensions-changed" 'D' Major Major Certain []
        "the count of dimensions of a vector"
        "Vectors of different lengths do not compare: searches fail.";
    TYPE_VECTOR_ELEMENT_CHANGED "type-vector-element-changed" 'D' Major Major Certain []
        "the number type of a vector"
        "Values are rounded, and stored ones are read wrongly.";
    TYPE_VECTOR_MODEL_CHANGED "type-vector-model-changed" 'D' Major Major Certain []
        "the model that makes the vectors"
        "Vectors of two models do not compare, and no type shows it.";
    TYPE_MEDIA_TYPE_CHANGED "type-media-type-changed" 'D' Major Major Certain []
        "what the bytes are"
        "They need another decoder.";
    TYPE_CHANGED "type-changed" 'D' Major Major Certain []
        "one type became another, in a pair that has no code of its own"
        "Access, order and joins of values change with their type.";
}
