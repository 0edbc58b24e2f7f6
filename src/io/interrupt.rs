//! Ctrl-C, and being told to end, while somebody else works for us: a server goes on with a query whose asker is gone. Whoever asks for
//! something long watches for it, stops the work, and then lets pact end as it would have ended at once.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag::{register_conditional_default, register_usize};
use signal_hook::low_level::emulate_default_handler;

/// How long it takes to notice.
const PAUSE: Duration = Duration::from_millis(50);

/// What the handlers of signals know; all that one of them may do is setting a number.
struct Flags {
    /// Whether nobody works for us, so that a signal ends pact as it always does.
    is_idle: Arc<AtomicBool>,
    /// The signal that came meanwhile; 0 if none did.
    arrived: Arc<AtomicUsize>,
}

static FLAGS: LazyLock<Flags> = LazyLock::new(|| {
    let flags = Flags { is_idle: Arc::new(AtomicBool::new(true)), arrived: Arc::new(AtomicUsize::new(0)) };
    for signal in [SIGINT, SIGTERM] {
        // Where a handler can't be set, the signal ends pact as it did.
        let ends = register_conditional_default(signal, Arc::clone(&flags.is_idle));
        if let (Ok(_), Ok(number)) = (ends, usize::try_from(signal)) {
            let _ = register_usize(signal, Arc::clone(&flags.arrived), number);
        }
    }
    flags
});

/// The time in which somebody works for us. Where a signal came in it, pact ends with it at the latest.
pub(super) struct Watch(());

impl Watch {
    /// Begins to watch.
    pub(super) fn begin() -> Self {
        FLAGS.is_idle.store(false, Ordering::SeqCst);
        Self(())
    }

    /// Waits until a signal comes.
    pub(super) async fn interrupted() {
        while FLAGS.arrived.load(Ordering::SeqCst) == 0 {
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Ends pact as the signal would have, where one came.
    pub(super) fn obey() {
        if let Ok(signal @ 1..) = i32::try_from(FLAGS.arrived.load(Ordering::SeqCst)) {
            let _ = emulate_default_handler(signal);
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        FLAGS.is_idle.store(true, Ordering::SeqCst);
        Self::obey();
    }
}
