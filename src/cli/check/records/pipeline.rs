//! Pieces of a stream to as many threads as there are processors, and what comes of them back in order.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

use crate::check::records::{Judged, Plan};
use crate::io::lines::{Piece, Pieces};

/// What comes of a piece.
pub(super) enum Step<'c> {
    /// Lines with what was found.
    Lines(Vec<u8>, Box<Judged<'c>>),
    /// A line of so many bytes, which is too long.
    TooLong(u64),
    /// The stream can't be read any further.
    Unreadable(io::Error),
}

/// How many pieces may wait before and behind each thread.
const WAITING: usize = 2;

/// Reads a stream to its end, or until `take` has enough and gives `false`. Pieces come to `take` in their order.
pub(super) fn run<'c>(
    plan: &Plan<'c>,
    source: Box<dyn Read + Send>,
    most: usize,
    mut take: impl FnMut(&Step<'c>) -> bool,
) {
    let threads = thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let (free, old) = channel::<Vec<u8>>();
    let (inputs, waiting): (Vec<_>, Vec<_>) = (0..threads).map(|_| sync_channel(WAITING)).unzip();
    // Nobody waits for this thread: where enough was seen, it may wait for a stream that never ends.
    thread::spawn(move || read(Pieces::new(source, most), &inputs, &old));
    thread::scope(|scope| {
        let judged: Vec<Receiver<Step<'c>>> = waiting
            .into_iter()
            .map(|pieces: Receiver<io::Result<Piece>>| {
                let (done, judged) = sync_channel(WAITING);
                scope.spawn(move || {
                    for piece in pieces {
                        let step = match piece {
                            Ok(Piece::Lines(lines)) => {
                                let found = Box::new(plan.judge(&lines));
                                Step::Lines(lines, found)
                            }
                            Ok(Piece::TooLong(bytes)) => Step::TooLong(bytes),
                            Err(error) => Step::Unreadable(error),
                        };
                        if done.send(step).is_err() {
                            return;
                        }
                    }
                });
                judged
            })
            .collect();
        in_order(&judged, &free, &mut take);
    });
}

/// Hands pieces to the threads in turn.
fn read(mut pieces: Pieces<Box<dyn Read + Send>>, inputs: &[SyncSender<io::Result<Piece>>], old: &Receiver<Vec<u8>>) {
    for input in inputs.iter().cycle() {
        let next = pieces.next(old.try_recv().unwrap_or_default());
        let is_last = next.is_err();
        let Some(piece) = next.transpose() else { return };
        if input.send(piece).is_err() || is_last {
            return;
        }
    }
}

fn in_order<'c>(judged: &[Receiver<Step<'c>>], free: &Sender<Vec<u8>>, take: &mut impl FnMut(&Step<'c>) -> bool) {
    for judged in judged.iter().cycle() {
        let Ok(step) = judged.recv() else { return };
        if !take(&step) {
            return;
        }
        if let Step::Lines(lines, _) = step {
            // The reader may be gone already.
            let _ = free.send(lines);
        }
    }
}
