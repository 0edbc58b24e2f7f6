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
}
