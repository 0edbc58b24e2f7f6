//! Datasets as a whole.

use crate::diff::catalog::catalog;

catalog! { DATASETS:
    DATASET_ADDED "dataset-added" 'B' Minor Major Certain []
        "a dataset is new"
        "Readers gain; the producer must deliver it.";
    DATASET_REMOVED "dataset-removed" 'B' Major Minor Certain ["subscribers"]
        "a dataset is gone"
        "Its readers have nothing left.";
    DATASET_PHYSICAL_NAME_CHANGED "dataset-physical-name-changed" 'B' Major Major Certain ["subscribers"]
        "the name by which queries know a dataset"
        "Queries and subscriptions name the physical dataset.";
    DATASET_PHYSICAL_NAME_ALIASED "dataset-physical-name-aliased" 'B' Minor Minor Certain []
        "the name by which queries know a dataset, the old one still answering"
        "Both names answer: whoever uses the old one has time to move.";
    DATASET_LOGICAL_NAME_CHANGED "dataset-logical-name-changed" 'B' Minor Patch Possible ["subscribers"]
        "the name in the contract, the physical one staying"
        "Data access is untouched; contract-internal paths (subscriptions, quality, SLA elements) must follow.";
    DATASET_SPLIT "dataset-split" 'B' Major Major Possible ["subscribers"]
        "what was one dataset is several now"
        "Readers must join.";
    DATASET_MERGED "dataset-merged" 'B' Major Major Possible ["subscribers"]
        "what were several datasets is one now"
        "Names and what a row stands for move.";
    DATASET_KIND_CHANGED "dataset-kind-changed" 'B' Minor Minor Possible []
        "table or view"
        "The same columns; speed, keys and permissions may differ.";
    DATASET_MEDIUM_CHANGED "dataset-medium-changed" 'B' Major Major Certain ["subscribers"]
        "table, topic, files or resource"
        "A different way to read.";
    DATASET_GRAIN_CHANGED "dataset-grain-changed" 'B' Major Major Review ["semantics"]
        "what one row stands for"
        "Joins and sums change without a word.";
    DATASET_POPULATION_NARROWED "dataset-population-narrowed" 'B' Major Major Review ["semantics"]
        "fewer rows get through the filter, or others"
        "Rows vanish for readers; the producer must filter.";
    DATASET_POPULATION_WIDENED "dataset-population-widened" 'B' Major Minor Review ["semantics"]
        "more rows get through the filter"
        "New kinds of rows, which readers may count twice: only those who filter themselves do not notice.";
    DATASET_WRITE_MODE_CHANGED "dataset-write-mode-changed" 'B' Major Major Certain []
        "what a new delivery does to the rows that are there"
        "Readers who read only what is new rely on it.";
    DATASET_HISTORY_SHORTENED "dataset-history-shortened" 'B' Major Minor Certain []
        "the first day of which there are rows is later"
        "Less history than promised.";
    DATASET_HISTORY_EXTENDED "dataset-history-extended" 'B' Minor Major Certain []
        "the first day of which there are rows is earlier"
        "Readers gain; the producer must fill in the days before.";
    DATASET_ORDERING_WEAKENED "dataset-ordering-weakened" 'B' Major Minor Certain []
        "rows come in a coarser order, or in none"
        "Readers for whom the last row wins break.";
    DATASET_ORDERING_STRENGTHENED "dataset-ordering-strengthened" 'B' Minor Major Certain []
        "rows come in a finer order"
        "A new promise.";
    DATASET_DELIVERY_SEMANTICS_WEAKENED "dataset-delivery-semantics-weakened" 'B' Major Minor Certain []
        "rows may get lost or come twice now"
        "Readers who count what comes count wrong.";
    DATASET_DELIVERY_SEMANTICS_STRENGTHENED "dataset-delivery-semantics-strengthened" 'B' Minor Major Certain []
        "rows no longer get lost or come twice"
        "A new promise.";
    DATASET_LATE_ARRIVAL_EXTENDED "dataset-late-arrival-extended" 'B' Major Minor Certain []
        "rows may come later than before"
        "Days that readers have closed may change.";
    DATASET_LATE_ARRIVAL_SHORTENED "dataset-late-arrival-shortened" 'B' Minor Major Certain []
        "rows may come less late than before"
        "Readers can close a day earlier; the producer has less time.";
    DATASET_PARTITIONING_CHANGED "dataset-partitioning-changed" 'B' Minor Major Possible []
        "by what rows are stored apart"
        "Queries lose speed only; whoever reads files by their path finds other paths.";
    DATASET_CLUSTERING_CHANGED "dataset-clustering-changed" 'B' Patch Patch Certain []
        "by what rows are stored near each other"
        "Speed only.";
    DATASET_FILE_FORMAT_CHANGED "dataset-file-format-changed" 'B' Major Major Certain []
        "the format of files"
        "Another format needs another parser.";
    DATASET_SERIALIZATION_CHANGED "dataset-serialization-changed" 'B' Major Major Certain []
        "delimiter, quotes, header, encoding or line ends of text files"
        "Parsers misread without a word.";
    DATASET_COMPRESSION_CHANGED "dataset-compression-changed" 'B' Major Major Possible []
        "how files are compressed"
        "Many readers see it for themselves; many do not.";
    DATASET_ENVELOPE_CHANGED "dataset-envelope-changed" 'B' Major Major Certain []
        "what is around the row in a message"
        "The path of every field moves.";
    DATASET_MESSAGE_KEY_CHANGED "dataset-message-key-changed" 'B' Major Major Certain []
        "the key of messages"
        "Partitions, compaction and joins hang on it.";
    DATASET_PARTITION_COUNT_CHANGED "dataset-partition-count-changed" 'B' Major Minor Possible []
        "how many partitions a topic has"
        "Keys move to other partitions: joins that rely on equal numbers break.";
    DATASET_OPERATIONS_EXTENDED "dataset-operations-extended" 'B' Major Minor Possible []
        "messages may do more to rows"
        "Readers who only add rows miss what was deleted. It is like one more value of an enumeration.";
    DATASET_CLOSED "dataset-closed" 'B' Minor Major Certain []
        "fields that the contract does not know must not come any more"
        "A stronger promise to readers; writers are bound by it.";
    DATASET_OPENED "dataset-opened" 'B' Major Minor Possible []
        "fields that the contract does not know may come now"
        "Readers by position, or of every field there is, may trip; the others do not notice.";
    DATASET_DEPRECATED "dataset-deprecated" 'B' Minor Patch Certain ["sunset"]
        "a dataset is deprecated"
        "A notice, not a break. It needs a last day and something to use instead.";
    DATASET_UNDEPRECATED "dataset-undeprecated" 'B' Minor Minor Certain []
        "a dataset is deprecated no longer"
        "Good news; tell those who have already moved.";
    DATASET_DESCRIPTION_CHANGED "dataset-description-changed" 'B' Patch Patch Review []
        "what a dataset is, in words"
        "Words: no promise moves, unless their meaning did.";
}
