//! What the server in this process said of itself: errors that it logged, and panics.

use std::fmt::Write as _;
use std::{
    fmt,
    sync::{Mutex, Once, PoisonError},
    thread,
};

use tracing::{Event, Level, Subscriber, field::Field};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt},
    util::SubscriberInitExt,
};

/// What the server's threads are called.
pub const SERVER: &str = "quire-server";
/// What those are called that make pages.
const RENDERING: &str = "quire-render";

static BAD: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Begins to listen; once is enough for all tests of a file.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing_subscriber::registry().with(Errors).init();
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if matches!(thread::current().name(), Some(SERVER | RENDERING)) {
                note(format!("panic: {panic}"));
            }
            before(panic);
        }));
    });
}

/// Fails if anything bad was heard.
pub fn nothing_bad() {
    let bad = std::mem::take(&mut *BAD.lock().unwrap_or_else(PoisonError::into_inner));
    assert!(bad.is_empty(), "the server said: {bad:#?}");
}

/// Takes away what was heard with these words in it, and says whether anything was.
pub fn expected(words: &str) -> bool {
    let mut bad = BAD.lock().unwrap_or_else(PoisonError::into_inner);
    let before = bad.len();
    bad.retain(|said| !said.contains(words));
    bad.len() < before
}

fn note(what: String) {
    BAD.lock().unwrap_or_else(PoisonError::into_inner).push(what);
}

struct Errors;

impl<S: Subscriber> Layer<S> for Errors {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        // What a library tells its own debuggers is none of our users' business.
        if *event.metadata().level() == Level::ERROR {
            let mut text = event.metadata().target().to_owned();
            event.record(&mut |field: &Field, value: &dyn fmt::Debug| {
                // Writing to a String cannot fail.
                let _ = write!(text, " {field}={value:?}");
            });
            note(text);
        }
    }
}
