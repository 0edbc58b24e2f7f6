#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    pact_fuzz::laws::expression::hold(text);
});
