//! Rules and promised quality.

use crate::diff::catalog::catalog;

catalog! { QUALITY:
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
        "What was told before may stop a delivery now.";
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
        "the usual count of rows, the `baseline` of a rule"
        "What is usual has moved: what counts as odd moves with it.";
    ON_FAILURE_ACTION_WEAKENED "on-failure-action-weakened" 'K' Major Minor Certain []
        "a breach alerts nobody any more"
        "Bad data reaches readers without anybody being told.";
    ON_FAILURE_ACTION_STRENGTHENED "on-failure-action-strengthened" 'K' Minor Major Certain []
        "a breach alerts people now"
        "People are told of bad data.";
    QUALITY_SCOPE_NARROWED "quality-scope-narrowed" 'K' Major Minor Certain []
        "a promise or rule covers fewer rows"
        "Less is guaranteed.";
    QUALITY_SCOPE_WIDENED "quality-scope-widened" 'K' Minor Major Certain []
        "a promise or rule covers more rows"
        "More is guaranteed.";
    QUALITY_SCHEDULE_SPARSER "quality-schedule-sparser" 'K' Major Minor Certain []
        "the producer measures less often"
        "Errors live longer.";
    QUALITY_SCHEDULE_DENSER "quality-schedule-denser" 'K' Minor Major Certain []
        "the producer measures more often"
        "A stronger promise to readers, a heavier one for writers.";
    QUALITY_ENGINE_CHANGED "quality-engine-changed" 'K' Patch Patch Possible []
        "the tool that measures"
        "The same promise, if both tools mean the same by it.";
    VOLUME_MAXIMUM_RAISED "volume-maximum-raised" 'K' Major Minor Possible []
        "more rows may come"
        "Readers who planned for fewer overflow.";
    VOLUME_MAXIMUM_LOWERED "volume-maximum-lowered" 'K' Minor Major Certain []
        "fewer rows may come"
        "A stronger promise to readers, a heavier one for writers.";
}
